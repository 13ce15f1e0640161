import { fingerprint } from './fingerprint.ts'
import type { Carried } from './merging-events.ts'
import type { IncidentState } from './state.ts'

/** What another incident takes over of this one; its clocks go apart. */
export function carriedFrom(state: IncidentState): Carried {
  const { title, severity, signalReceivedAt, occurredAt, awarenessAt, accounts, principals, refusedChannels } = state
  const { facts, lastJoinAt, linked } = state
  const seats = state.seats.map(({ role, holder, acting, silent }) => ({ role, holder, acting, silent }))
  const absorbed = state.absorbed.map(({ id, upTo }) => ({ id, upTo }))
  const moments = { signalReceivedAt, occurredAt, awarenessAt, lastJoinAt }
  return { title, severity, ...moments, accounts, principals, refusedChannels, facts, seats, absorbed, linked }
}

/**
 * By which it is known whether anything has happened to an incident that whoever absorbed it must know of too. Calls
 * and warnings given do not count: they end with the merging.
 */
export function carriedPrint(state: IncidentState): string {
  const clocks = state.clocks.map(({ stages, ...clock }) => ({
    ...clock,
    stages: stages.map(({ warned: _warned, ...stage }) => stage),
  }))
  return fingerprint([carriedFrom(state), state.findingCount, clocks])
}

import { earliest, latest } from '../time/instant.ts'
import type { CommitMeta } from './draft.ts'
import type { EventOf, IncidentEvent } from './events.ts'
import { MOST_PRINCIPALS, with1 } from './evolve-incident.ts'
import type { Absorbed, IncidentState, RecordedFacts } from './state.ts'

/** So many others are remembered with an incident; more are refused, not forgotten. */
export const MOST_ABSORBED = 50
const MOST_LINKED = 50
const MOST_RESIDENTS = 50

/** What people have merged, split or linked. */
export function evolveMerging(state: IncidentState, event: IncidentEvent, meta: CommitMeta): IncidentState {
  switch (event.type) {
    case 'IncidentAbsorbed':
      return absorb(state, event)
    case 'IncidentMerged':
      return merge(state, event, meta)
    case 'FindingsSplitOff':
      return splitOff(state, event)
    case 'IncidentsLinked':
      return { ...state, linked: with1(state.linked, event.data.incidentId, MOST_LINKED) }
    default:
      return state
  }
}

/** Moments only become earlier, and what is known only more. */
function absorb(state: IncidentState, { data }: EventOf<'IncidentAbsorbed'>): IncidentState {
  const linked = [...data.linked, ...state.linked].filter((id) => id !== state.id && id !== data.incidentId)
  return {
    ...state,
    signalReceivedAt: earliest(state.signalReceivedAt, data.signalReceivedAt) ?? state.signalReceivedAt,
    occurredAt: earliest(state.occurredAt, data.occurredAt),
    awarenessAt: earliest(state.awarenessAt, data.awarenessAt),
    accounts: union(state.accounts, data.accounts, MOST_PRINCIPALS),
    principals: union(state.principals, data.principals, MOST_PRINCIPALS),
    refusedChannels: union(state.refusedChannels, data.refusedChannels, Number.POSITIVE_INFINITY),
    facts: widen(state.facts, data.facts),
    findingCount: state.findingCount + data.findings.added,
    lastJoinAt: latest(state.lastJoinAt, data.lastJoinAt) ?? state.lastJoinAt,
    absorbed: withAbsorbed(state.absorbed, data),
    linked: union([], linked, MOST_LINKED),
  }
}

function widen(own: RecordedFacts, theirs: RecordedFacts): RecordedFacts {
  return {
    dataCategories: [...new Set([...own.dataCategories, ...theirs.dataCategories])],
    residents: union(own.residents, theirs.residents, MOST_RESIDENTS),
    other: { ...theirs.other, ...own.other },
  }
}

function withAbsorbed(
  known: readonly Absorbed[],
  { incidentId, upTo, print, absorbed }: EventOf<'IncidentAbsorbed'>['data'],
): readonly Absorbed[] {
  const direct: Absorbed = { id: incidentId, upTo, print, via: null }
  const further = absorbed.map((one): Absorbed => ({ ...one, print: null, via: incidentId }))
  const news = [direct, ...further]
  return [...known.filter(({ id }) => news.every((one) => one.id !== id)), ...news]
}

/** Closed without what closing asks for: its clocks, seats and findings live on. */
function merge(state: IncidentState, { data }: EventOf<'IncidentMerged'>, meta: CommitMeta): IncidentState {
  const closed =
    state.status === 'closed'
      ? { closedAt: state.closedAt, closedBy: state.closedBy }
      : { closedAt: meta.at, closedBy: data.responderId }
  return { ...state, status: 'closed', ...closed, mergedInto: data.into, clockDeferredUntil: null, clockMessages: [] }
}

function splitOff(state: IncidentState, { data }: EventOf<'FindingsSplitOff'>): IncidentState {
  return {
    ...state,
    findingCount: state.findingCount - data.findings.length,
    accounts: data.accounts,
    linked: with1(state.linked, data.incidentId, MOST_LINKED),
  }
}

function union<Entry extends string>(own: readonly Entry[], theirs: readonly Entry[], most: number): readonly Entry[] {
  return [...new Set([...own, ...theirs])].slice(0, Math.max(most, own.length))
}

import { type Directory, findResponder, hasLeft, type ResponderId } from '../directory/directory.ts'
import { carriedFrom, carriedPrint } from '../incident/carried.ts'
import type { DecisionContext, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { MOST_ABSORBED } from '../incident/evolve-merging.ts'
import type { AbsorbIncident } from '../incident/merging-commands.ts'
import { type IncidentState, type Seat, seatOf } from '../incident/state.ts'
import { isWorse } from '../severity/severity.ts'
import { takeSeat } from './acknowledge-seat.ts'
import { mayClose } from './change-severity.ts'
import { barredBy } from './eligibility.ts'
import { raiseTo } from './record-findings.ts'
import { tell } from './tell-holders.ts'

/**
 * Takes over another incident as it stands: its severity if that is worse, with the seats that it calls for, its
 * accounts, findings and facts, and whoever holds its seats, who are told where it goes on. Again, when nothing has
 * happened to it since, changes nothing. Its clocks are carried apart.
 */
export function absorbIncident(draft: Draft, command: AbsorbIncident, context: DecisionContext): Refusal | null {
  const { from, responderId, note, newFindings } = command
  const print = carriedPrint(from)
  const known = draft.state.absorbed.find(({ id }) => id === from.id)
  if (known?.print === print) return null
  const refusal = mayAbsorb(draft.state, command, context, known !== undefined)
  if (refusal !== null) return refusal
  const findings = { distinct: from.findingCount, added: newFindings }
  const about = { incidentId: from.id, upTo: from.sequence, print, responderId, note, findings }
  draft.emit({ type: 'IncidentAbsorbed', v: 1, data: { ...carriedFrom(from), ...about } })
  raiseTo(draft, context, from.severity, { by: responderId })
  openSeatsOf(draft, from)
  for (const seat of from.seats) carryHolder(draft, context, seat, responderId)
  if (known === undefined) tell(draft, context, from.seats, 'merged', responderId)
  return null
}

function mayAbsorb(
  state: IncidentState,
  { from, responderId }: AbsorbIncident,
  context: DecisionContext,
  isUnderWay: boolean,
): Refusal | null {
  const conflict = (why: string): Refusal => ({ ok: false, reason: 'Conflict', why })
  if (from.id <= state.id) return conflict(wrongWay(from.id, state.id))
  if (from.mergedInto !== null) return { ok: false, reason: 'Merged', into: from.mergedInto }
  if (state.status === 'closed') return conflict(`${state.id} is closed: only what is open is merged`)
  if (isUnderWay) return null
  if (from.status === 'closed') return conflict(`${from.id} is closed: only what is open is merged`)
  if (state.absorbed.length + from.absorbed.length >= MOST_ABSORBED) {
    return conflict(`at most ${MOST_ABSORBED} incidents are merged into one`)
  }
  return mayMerge(state, from, responderId, context)
}

function wrongWay(id: string, into: string): string {
  if (id === into) return 'an incident is not merged into itself'
  return `an incident is merged into the one with the lower id: merge ${into} into ${id}`
}

/** Whoever may close the one that ends, or the one that goes on as it will be. */
function mayMerge(
  into: IncidentState,
  from: IncidentState,
  responderId: string,
  { directory, now }: DecisionContext,
): Refusal | null {
  const responder = findResponder(directory, responderId)
  if (!responder) return { ok: false, reason: 'NotFound', what: `responder ${responderId}` }
  if (hasLeft(responder, now)) return { ok: false, reason: 'Forbidden', why: 'this person has left' }
  const severity = isWorse(from.severity, into.severity) ? from.severity : into.severity
  if (mayClose(from, responderId) || mayClose({ ...into, severity }, responderId)) return null
  const why = 'merged by whoever may close one of both: the Incident Commander; below SEV2 any holder of a seat'
  return { ok: false, reason: 'Forbidden', why }
}

/** Also those that no policy of the severity asks for: somebody was wanted for them. */
function openSeatsOf(draft: Draft, from: IncidentState): void {
  for (const { role, ackWithinSeconds, checkInAfterSeconds } of from.seats) {
    if (seatOf(draft.state, role)) continue
    draft.emit({ type: 'SeatOpened', v: 1, data: { role, ackWithinSeconds, checkInAfterSeconds, reason: null } })
  }
}

/** Whoever has answered is not called for it again: they keep the seat, unless it is held here or they may not have it. */
function carryHolder(draft: Draft, { directory, now }: DecisionContext, theirs: Seat, mergedBy: ResponderId): void {
  const seat = seatOf(draft.state, theirs.role)
  const responder = theirs.holder === null ? undefined : findResponder(directory, theirs.holder)
  if (!seat || !responder || hasLeft(responder, now)) return
  // Who merges is not silent, whatever they left unanswered.
  if (theirs.silent && responder.id !== mergedBy) return
  if (!isFreeFor(seat, responder.id, directory) || barredBy(draft.state, seat.role, responder) !== null) return
  takeSeat(draft, seat, responder, { via: 'merge', reason: 'HandedOver' }, directory)
}

/** Nobody holds it, or somebody who gives way: one who acts to the role, a silent one to anybody. */
function isFreeFor({ role, holder, acting, silent }: Seat, responderId: string, directory: Directory): boolean {
  if (holder === null || silent) return true
  const qualified = findResponder(directory, responderId)?.roles.includes(role) ?? false
  return acting && qualified && holder !== responderId
}

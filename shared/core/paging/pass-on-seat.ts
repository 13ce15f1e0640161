import { findResponder, hasLeft, type Responder } from '../directory/directory.ts'
import type { DecisionContext, DeclineSeat, EscalateSeat, HandOverSeat, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { Reason } from '../incident/reasons.ts'
import { type Seat, seatOf } from '../incident/state.ts'
import { barredBy } from './eligibility.ts'

type PassOn = DeclineSeat | HandOverSeat | EscalateSeat

function known(draft: Draft, command: PassOn, context: DecisionContext): Seat | Refusal {
  const seat = seatOf(draft.state, command.role)
  if (draft.state.status === 'closed') return { ok: false, reason: 'Closed' }
  if (!seat) return { ok: false, reason: 'NotFound', what: `seat ${command.role}` }
  if (findResponder(context.directory, command.responderId)) return seat
  return { ok: false, reason: 'NotFound', what: `responder ${command.responderId}` }
}

const isRefusal = (answer: Seat | Refusal): answer is Refusal => 'ok' in answer

/**
 * Refuses the seat, called for it or not, or gives it up when holding it, for this round. The next candidate is called
 * at once; whoever's turn was over has it on the record all the same.
 */
export function declineSeat(draft: Draft, command: DeclineSeat, context: DecisionContext): Refusal | null {
  const seat = known(draft, command, context)
  if (isRefusal(seat)) return seat
  const { role, responderId, note } = command
  if (seat.holder !== responderId && seat.engagement === null) {
    return { ok: false, reason: 'HeldByAnother', holder: seat.holder ?? '' }
  }
  if (seat.holder !== responderId && seat.engagement?.declined.includes(responderId)) return null
  draft.emit({ type: 'SeatDeclined', v: 1, data: { role, responderId, note } })
  return null
}

/** The holder passes the seat on: the other person is called, and the holder stays until somebody acknowledges. */
export function handOverSeat(draft: Draft, command: HandOverSeat, context: DecisionContext): Refusal | null {
  const seat = known(draft, command, context)
  if (isRefusal(seat)) return seat
  const { role, responderId, to, note } = command
  const receiver = findResponder(context.directory, to)
  if (!receiver)
    return { ok: false, reason: 'Invalid', field: 'to', expected: 'the id of a responder in the directory' }
  if (seat.holder === null) return { ok: false, reason: 'Conflict', why: 'nobody holds this seat yet' }
  if (seat.holder !== responderId) return { ok: false, reason: 'HeldByAnother', holder: seat.holder }
  if (to === responderId) return null
  const why = mayNotReceive(draft, seat, receiver, context)
  if (why !== null) return { ok: false, reason: 'Forbidden', why }
  if (seat.engagement?.handedTo === to || callsFirst(seat, to)) return null
  endAttempts(draft, seat, 'HandedOver', to)
  draft.emit({ type: 'SeatHandedOver', v: 1, data: { role, responderId, to, note } })
  return null
}

function mayNotReceive(draft: Draft, seat: Seat, receiver: Responder, context: DecisionContext): string | null {
  if (hasLeft(receiver, context.now)) return 'that person has left'
  if (seat.acting && !receiver.roles.includes(seat.role))
    return 'while somebody is acting only people with the role are called'
  const barred = barredBy(draft.state, seat.role, receiver)
  if (barred === 'ConflictOfInterest') return 'that person appears in a finding'
  return barred === 'SeatsExclude' ? 'nobody is Incident Commander and Legal Counsel of one incident' : null
}

function callsFirst(seat: Seat, responderId: string): boolean {
  return seat.engagement?.open.some((one) => one.responderId === responderId && one.reason === 'HandedOver') ?? false
}

/** Goes to the next candidate by hand, also out of a pause or somebody's quiet hours. */
export function escalateSeat(draft: Draft, command: EscalateSeat, context: DecisionContext): Refusal | null {
  const seat = known(draft, command, context)
  if (isRefusal(seat)) return seat
  if (seat.engagement === null) return { ok: false, reason: 'HeldByAnother', holder: seat.holder ?? '' }
  const { role, responderId, note } = command
  const { deferred, round, pausedUntil } = seat.engagement
  draft.emit({ type: 'SeatEscalated', v: 1, data: { role, responderId, note } })
  endAttempts(draft, seat, 'EscalatedByHand')
  if (deferred !== null) {
    const data = { role, responderId: deferred.responderId, round, reason: 'EscalatedByHand' } as const
    draft.emit({ type: 'CandidateSkipped', v: 1, data })
  }
  if (pausedUntil !== null)
    draft.emit({ type: 'RoundStarted', v: 1, data: { role, round: round + 1, reason: 'NewRound' } })
  return null
}

function endAttempts(draft: Draft, seat: Seat, reason: Reason, but: string | null = null): void {
  for (const { responderId } of seat.engagement?.open ?? []) {
    if (responderId === but) continue
    draft.emit({ type: 'AttemptEnded', v: 1, data: { role: seat.role, responderId, reason } })
  }
}

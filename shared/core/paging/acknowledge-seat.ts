import { type Directory, findResponder, hasLeft, type Responder } from '../directory/directory.ts'
import type { AcknowledgeSeat, DecisionContext, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { Reason } from '../incident/reasons.ts'
import { type Seat, seatOf } from '../incident/state.ts'
import { barredBy } from './eligibility.ts'

/**
 * A person takes a seat: the one called, or one who takes it by name. Again by the same person is fine and changes
 * nothing, unless a check-in is open: then it answers it. Whoever holds the seat keeps it, unless they are acting or
 * silent.
 */
export function acknowledgeSeat(draft: Draft, command: AcknowledgeSeat, context: DecisionContext): Refusal | null {
  const seat = seatOf(draft.state, command.role)
  const responder = findResponder(context.directory, command.responderId)
  if (draft.state.status === 'closed') return { ok: false, reason: 'Closed' }
  if (!seat) return { ok: false, reason: 'NotFound', what: `seat ${command.role}` }
  if (!responder) return { ok: false, reason: 'NotFound', what: `responder ${command.responderId}` }
  const qualified = responder.roles.includes(seat.role)
  if (seat.holder === responder.id && seat.engagement === null) return null
  if (seat.holder === responder.id && seat.acting && !qualified) return null
  const refusal = mayNotTake(draft, seat, responder, qualified, context)
  if (refusal !== null) return refusal
  const attempt = seat.engagement?.open.find((one) => one.responderId === responder.id)
  takeSeat(draft, seat, responder, { via: command.via, reason: attempt?.reason ?? 'TakenByName' }, context.directory)
  return null
}

function mayNotTake(
  draft: Draft,
  seat: Seat,
  responder: Responder,
  qualified: boolean,
  context: DecisionContext,
): Refusal | null {
  const forbidden = (why: string): Refusal => ({ ok: false, reason: 'Forbidden', why })
  if (hasLeft(responder, context.now)) return forbidden('this person has left')
  const barred = barredBy(draft.state, seat.role, responder)
  if (barred === 'ConflictOfInterest') return forbidden('this person appears in a finding')
  if (barred === 'SeatsExclude') return forbidden('nobody is Incident Commander and Legal Counsel of one incident')
  return heldFirmly(seat, responder, qualified)
    ? { ok: false, reason: 'HeldByAnother', holder: seat.holder ?? '' }
    : null
}

/**
 * A holder with the role who answers keeps the seat; an acting one gives way to the role, a silent one to anybody, and
 * one who passes it on to whoever was called for that, also when their window is over.
 */
function heldFirmly(seat: Seat, responder: Responder, qualified: boolean): boolean {
  if (seat.holder === null || seat.holder === responder.id) return false
  if (seat.acting) return !qualified
  const handedTo = seat.engagement?.handedTo === responder.id
  const called = seat.engagement?.tried.includes(responder.id) ?? false
  return !(seat.silent || handedTo || called)
}

/** Gives the seat to somebody who may have it; without the role they are acting. */
export function takeSeat(
  draft: Draft,
  seat: Seat,
  responder: Responder,
  { via, reason }: { readonly via: string; readonly reason: Reason },
  directory: Directory,
): void {
  const acting = !responder.roles.includes(seat.role)
  if (acting) endAttemptsWithoutRole(draft, seat, responder.id, directory)
  const replaced = seat.holder === responder.id ? null : seat.holder
  draft.emit({
    type: 'SeatAcknowledged',
    v: 1,
    data: { role: seat.role, responderId: responder.id, acting, via, reason, replaced },
  })
}

/** Once somebody is acting, the others without the role need not come; whoever has it is still called. */
function endAttemptsWithoutRole(draft: Draft, seat: Seat, takerId: string, directory: Directory): void {
  for (const { responderId } of seat.engagement?.open ?? []) {
    const qualified = findResponder(directory, responderId)?.roles.includes(seat.role) ?? false
    if (responderId === takerId || qualified) continue
    draft.emit({ type: 'AttemptEnded', v: 1, data: { role: seat.role, responderId, reason: 'SeatTaken' } })
  }
}

import {
  absenceAt,
  type Directory,
  findResponder,
  hasLeft,
  type ResponderId,
  type Role,
} from '../directory/directory.ts'
import type { MessageKind } from '../incident/event-parts.ts'
import { hasConflictOfInterest } from '../incident/reachable.ts'
import type { Reason } from '../incident/reasons.ts'
import type { Attempt, IncidentState, Seat } from '../incident/state.ts'
import type { Instant } from '../time/instant.ts'

export interface MeantMessage {
  readonly effectId: string
  readonly kind: MessageKind
  readonly responderId: ResponderId
}

export type SendCheck =
  /** Still wanted, for these seats (none for clocks and notices). */
  { readonly send: true; readonly roles: readonly Role[] } | { readonly send: false; readonly reason: Reason }

/** Right before sending: is this message still wanted, given the incident and the directory as they are now? */
export function checkBeforeSending(
  state: IncidentState,
  message: MeantMessage,
  directory: Directory,
  now: Instant,
): SendCheck {
  if (state.mergedInto !== null) return { send: false, reason: 'Merged' }
  const responder = findResponder(directory, message.responderId)
  if (!responder || hasLeft(responder, now)) return { send: false, reason: 'Left' }
  if (absenceAt(responder, now)) return { send: false, reason: 'Absent' }
  if (hasConflictOfInterest(state, responder)) return { send: false, reason: 'ConflictOfInterest' }
  if (message.kind === 'clock' || message.kind === 'notice') {
    return message.effectId in state.unsettled ? { send: true, roles: [] } : { send: false, reason: 'AttemptEnded' }
  }
  if (state.status === 'closed') return { send: false, reason: 'Closed' }
  const roles = state.seats.filter((seat) => waitsFor(seat, message)).map(({ role }) => role)
  return roles.length > 0 ? { send: true, roles } : { send: false, reason: whyMoot(state, message) }
}

function waitsFor(seat: Seat, { effectId, kind }: MeantMessage): boolean {
  const attempts = kind === 'check-in' ? [seat.checkIn] : (seat.engagement?.open ?? [])
  return attempts.some((attempt) => attempt !== null && isPending(attempt, effectId))
}

function isPending(attempt: Attempt, effectId: string): boolean {
  return attempt.calls.some((made) => made.effectId === effectId && made.outcome === 'pending')
}

function whyMoot(state: IncidentState, { kind, effectId }: MeantMessage): Reason {
  if (kind === 'check-in' || effectId in state.unsettled) return 'AttemptEnded'
  return state.seats.every((seat) => seat.holder !== null && seat.engagement === null) ? 'SeatTaken' : 'AttemptEnded'
}

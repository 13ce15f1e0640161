import { availabilityAt, quietUntil } from '../directory/availability.ts'
import { INCIDENT_COMMANDER, LEGAL_COUNSEL, type Responder, type Role } from '../directory/directory.ts'
import type { DecisionContext } from '../incident/commands.ts'
import { hasConflictOfInterest, usableChannels } from '../incident/reachable.ts'
import type { Reason } from '../incident/reasons.ts'
import { type IncidentState, type Seat, seatOf } from '../incident/state.ts'
import { ringsAtNight } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'

const EXCLUDES: Readonly<Record<Role, Role>> = {
  [INCIDENT_COMMANDER]: LEGAL_COUNSEL,
  [LEGAL_COUNSEL]: INCIDENT_COMMANDER,
}

/** Nobody is Commander and Legal Counsel of one incident. */
function seatsExclude(state: IncidentState, role: Role, responderId: string): boolean {
  const other = EXCLUDES[role]
  return other !== undefined && seatOf(state, other)?.holder === responderId
}

/** Why somebody may not hold this seat of this incident, whoever else can be called; null when they may. */
export function barredBy(
  state: IncidentState,
  role: Role,
  responder: Responder,
): Extract<Reason, 'ConflictOfInterest' | 'SeatsExclude'> | null {
  if (hasConflictOfInterest(state, responder)) return 'ConflictOfInterest'
  return seatsExclude(state, role, responder.id) ? 'SeatsExclude' : null
}

/** Why nobody can reach this person for this seat now, or they may not hold it; null when they can be called. */
export function whyNotCalled(state: IncidentState, role: Role, responder: Responder, now: Instant): Reason | null {
  const availability = availabilityAt(responder, now)
  if (!availability.available) return availability.reason
  if (usableChannels(state, responder).length === 0) return 'ChannelRefused'
  return barredBy(state, role, responder)
}

/** Why a candidate is passed over at once; null when they are to be called. */
export function skipReason(
  state: IncidentState,
  seat: Seat,
  { responder, reason }: { readonly responder: Responder; readonly reason: Reason },
  context: DecisionContext,
): Reason | null {
  const why = whyNotCalled(state, seat.role, responder, context.now)
  if (why !== null || seat.engagement?.round !== 1) return why
  if (seat.holder === responder.id && !seat.acting) return seat.silent ? 'CheckInUnanswered' : 'HandedOver'
  // Whoever a person named is called, however busy.
  return reason !== 'HandedOver' && context.holdsElsewhere.has(responder.id) ? 'HoldsAnotherSeat' : null
}

/** Until when quiet hours hold a call back; null when it may ring now. */
export function quietFor(state: IncidentState, responder: Responder, now: Instant): Instant | null {
  return ringsAtNight(state.severity) ? null : quietUntil(responder, now)
}

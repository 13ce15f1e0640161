import { type Directory, INCIDENT_COMMANDER, LEGAL_COUNSEL, type ResponderId } from '../directory/directory.ts'
import { counselOf } from '../incident/clock-recipient.ts'
import type { DecisionContext, Refusal } from '../incident/commands.ts'
import { hasConflictOfInterest } from '../incident/reachable.ts'
import { type IncidentState, seatOf } from '../incident/state.ts'
import type { Instant } from '../time/instant.ts'
import { forbidden } from './refusals.ts'

/**
 * True for the holder of the Legal seat and for a person with the role who appears in no finding; where nobody in the
 * directory has the role, for the holder of the Commander's seat.
 */
export function mayDecide(state: IncidentState, directory: Directory, responderId: ResponderId, now: Instant): boolean {
  if (seatOf(state, LEGAL_COUNSEL)?.holder === responderId) return true
  const counsel = counselOf(directory, now)
  if (counsel.length === 0) return seatOf(state, INCIDENT_COMMANDER)?.holder === responderId
  return counsel.some((one) => one.id === responderId && !hasConflictOfInterest(state, one))
}

export function holdsSeat(state: IncidentState, responderId: ResponderId): boolean {
  return state.seats.some(({ holder }) => holder === responderId)
}

/** Null when this person may decide about clocks. */
export function refuseUnlessDecides(
  state: IncidentState,
  { directory, now }: DecisionContext,
  responderId: ResponderId,
): Refusal | null {
  return mayDecide(state, directory, responderId, now)
    ? null
    : forbidden('clocks are decided by the Legal Counsel seat or a person with that role')
}

import { availabilityAt } from '../directory/availability.ts'
import {
  type Candidate,
  type Directory,
  findResponder,
  policyFor,
  type Responder,
  type ResponderId,
  type Role,
  type SeatPolicy,
} from '../directory/directory.ts'
import { onCallAt } from '../directory/on-call.ts'
import type { Reason } from '../incident/reasons.ts'
import type { IncidentState, Seat } from '../incident/state.ts'
import type { Instant } from '../time/instant.ts'

export interface CandidateEntry {
  readonly responder: Responder
  /** Why this person is next. */
  readonly reason: Reason
}

/**
 * Everybody who is called for a seat one by one, in order: whoever it was handed to, the policy's candidates, everybody
 * with the role; each absent one followed by their deputy. The same person may come more than once: the first counts.
 */
export function candidatesInOrder(
  state: IncidentState,
  seat: Seat,
  directory: Directory,
  now: Instant,
): CandidateEntry[] {
  const handedTo = seat.engagement?.handedTo ?? null
  const entries = [
    ...entryFor(directory, handedTo, 'HandedOver'),
    ...listed(seatPolicy(state, seat.role, directory)?.candidates ?? [], directory, now),
    ...withRole(directory, seat.role).map((responder): CandidateEntry => ({ responder, reason: 'RoleMember' })),
  ]
  return entries.flatMap((entry) => [entry, ...deputyOf(entry, directory, now)]).filter((entry) => mayFill(seat, entry))
}

/** Everyone who agreed to be called off duty, whatever their role: the last step of a round. */
export function widened(seat: Seat, directory: Directory): CandidateEntry[] {
  const willing = directory.responders.filter((responder) => responder.offDutyCalls)
  return willing
    .map((responder): CandidateEntry => ({ responder, reason: 'Widened' }))
    .filter((entry) => mayFill(seat, entry))
}

/** While somebody is acting, only people who have the role are called. */
function mayFill(seat: Seat, { responder }: CandidateEntry): boolean {
  return !seat.acting || responder.roles.includes(seat.role)
}

/** The seat as the policy of the incident's severity has it; else of any severity that has such a seat. */
function seatPolicy(state: IncidentState, role: Role, directory: Directory): SeatPolicy | undefined {
  const ofRole = (seats: readonly SeatPolicy[]) => seats.find((seat) => seat.role === role)
  const exact = policyFor(directory, state.severity)
  return (exact && ofRole(exact.seats)) ?? ofRole(directory.policies.flatMap((policy) => policy.seats))
}

function withRole(directory: Directory, role: Role): Responder[] {
  return directory.responders.filter((responder) => responder.roles.includes(role))
}

function entryFor(directory: Directory, id: ResponderId | null, reason: Reason): CandidateEntry[] {
  const responder = id === null ? undefined : findResponder(directory, id)
  return responder ? [{ responder, reason }] : []
}

function listed(candidates: readonly Candidate[], directory: Directory, now: Instant): CandidateEntry[] {
  return candidates.flatMap((candidate, index) => {
    if ('responder' in candidate) return entryFor(directory, candidate.responder, index === 0 ? 'OnCall' : 'Backup')
    const rotation = directory.rotations.find(({ id }) => id === candidate.rotation)
    return rotation ? entryFor(directory, onCallAt(directory, rotation, now).scheduledId, 'OnCall') : []
  })
}

/** The deputy of an absent candidate is tried in their place; there are no chains. */
function deputyOf({ responder }: CandidateEntry, directory: Directory, now: Instant): CandidateEntry[] {
  const availability = availabilityAt(responder, now)
  if (availability.available || availability.reason !== 'Absent') return []
  return entryFor(directory, availability.deputy, 'Backup')
}

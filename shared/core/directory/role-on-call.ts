import { INCIDENT_SEVERITIES } from '../severity/severity.ts'
import { earliest, type Instant } from '../time/instant.ts'
import { availabilityAt, presenceChangesAt, standInFor, verifiedChannels } from './availability.ts'
import {
  type Candidate,
  type Directory,
  findResponder,
  policyFor,
  type Responder,
  type ResponderId,
  type Role,
  type Rotation,
  type SeatPolicy,
} from './directory.ts'
import { onCallAt } from './on-call.ts'

/** Who would be called now; `responderId` and `reason` are null when nobody would, `until` when nothing is to change. */
export interface OnCallAnswer {
  readonly at: Instant
  readonly responderId: ResponderId | null
  readonly reason: 'OnCall' | 'Backup' | 'RoleMember' | null
  readonly until: Instant | null
}

/** What one candidate comes to: the person to call, or nobody; and whether they stand in for the one named. */
interface Resolved {
  readonly person: Responder | null
  readonly standsIn: boolean
  readonly until: Instant | null
}

/**
 * Who would be called first for a role: by the policy of the worst severity that has a seat for it, its candidates in
 * order, then everybody with the role. Who is absent, has left or has no verified channel is passed over.
 */
export function responderOnCall(directory: Directory, role: Role, at: Instant): OnCallAnswer {
  const seat = firstSeat(directory, role)
  const candidates = seat?.candidates ?? []
  let until: Instant | null = null
  for (const [place, candidate] of candidates.entries()) {
    const resolved = resolveCandidate(directory, candidate, at)
    until = earliest(until, resolved.until)
    if (!resolved.person) continue
    const isOnCall = place === 0 || 'rotation' in candidate
    const reason = isOnCall && !resolved.standsIn ? 'OnCall' : 'Backup'
    return { at, responderId: resolved.person.id, reason, until }
  }
  return seat ? firstWithRole(directory, role, at, until) : { at, responderId: null, reason: null, until }
}

/** Who is on call in one rotation and can be called: `OnCall`, or `Backup` for the deputy of an absence. */
export function rotationOnCall(directory: Directory, rotation: Rotation, at: Instant): OnCallAnswer {
  const { person, standsIn, until } = resolveRotation(directory, rotation, at)
  if (!person) return { at, responderId: null, reason: null, until }
  return { at, responderId: person.id, reason: standsIn ? 'Backup' : 'OnCall', until }
}

function firstSeat(directory: Directory, role: Role): SeatPolicy | undefined {
  return INCIDENT_SEVERITIES.flatMap((severity) => policyFor(directory, severity)?.seats ?? []).find(
    (seat) => seat.role === role,
  )
}

function firstWithRole(directory: Directory, role: Role, at: Instant, before: Instant | null): OnCallAnswer {
  let until = before
  for (const responder of directory.responders.filter((each) => each.roles.includes(role))) {
    const { person, standsIn, until: change } = resolveResponder(directory, responder, at)
    until = earliest(until, change)
    if (person) return { at, responderId: person.id, reason: standsIn ? 'Backup' : 'RoleMember', until }
  }
  return { at, responderId: null, reason: null, until }
}

function resolveCandidate(directory: Directory, candidate: Candidate, at: Instant): Resolved {
  if ('rotation' in candidate) {
    const rotation = directory.rotations.find((each) => each.id === candidate.rotation)
    return rotation ? resolveRotation(directory, rotation, at) : NOBODY
  }
  const responder = findResponder(directory, candidate.responder)
  return responder ? resolveResponder(directory, responder, at) : NOBODY
}

const NOBODY: Resolved = { person: null, standsIn: false, until: null }

function resolveRotation(directory: Directory, rotation: Rotation, at: Instant): Resolved {
  const { responderId, reason, until } = onCallAt(directory, rotation, at)
  const person = responderId === null ? undefined : findResponder(directory, responderId)
  return { person: person ? reachable(person) : null, standsIn: reason === 'Deputy', until }
}

function resolveResponder(directory: Directory, responder: Responder, at: Instant): Resolved {
  const until = presenceChangesAt(directory, responder, at)
  const availability = availabilityAt(responder, at)
  if (availability.available) return { person: responder, standsIn: false, until }
  const deputy = standInFor(directory, responder, at)
  return { person: deputy && reachable(deputy), standsIn: true, until }
}

function reachable(person: Responder): Responder | null {
  return verifiedChannels(person).length > 0 ? person : null
}

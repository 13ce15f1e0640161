import type { Instant } from '../time/instant.ts'
import { shiftAt } from '../time/shift.ts'
import { nextEdge, presenceChangesAt, standInFor } from './availability.ts'
import {
  absenceAt,
  type Directory,
  findResponder,
  hasLeft,
  type Override,
  type ResponderId,
  type Rotation,
  spanHolds,
} from './directory.ts'

/**
 * Why a rotation gives this person or nobody: the shift's own (`OnCall`), an override's, the deputy of an absence, or
 * nobody because the rotation has not begun (`Gap`), or who is on call is absent without a deputy to call, or has left.
 */
export type OnCallReason = 'OnCall' | 'Override' | 'Deputy' | 'Gap' | 'Absent' | 'Left'

export interface OnCall {
  /** Whom the shift or override names, though they may be away; null in a gap. */
  readonly scheduledId: ResponderId | null
  /** Who is to be called; null when nobody is. */
  readonly responderId: ResponderId | null
  readonly reason: OnCallReason
  /** The next instant at which the answer may change: a hand-over, an edge of an override or absence, a leaving. */
  readonly until: Instant
}

interface Scheduled {
  readonly id: ResponderId | null
  readonly by: 'OnCall' | 'Override' | 'Gap'
  readonly until: Instant
}

/**
 * Who is on call in a rotation at `at`. Overrides win over shifts, also before the first one; of overrides that overlap
 * the one listed later wins. Whether the person has a channel is not asked here.
 */
export function onCallAt(directory: Directory, rotation: Rotation, at: Instant): OnCall {
  const scheduled = scheduledAt(rotation, at)
  const person = scheduled.id === null ? undefined : findResponder(directory, scheduled.id)
  if (!person) return { scheduledId: scheduled.id, responderId: null, reason: 'Gap', until: scheduled.until }
  const found = (responderId: ResponderId | null, reason: OnCallReason): OnCall => ({
    scheduledId: person.id,
    responderId,
    reason,
    until: sooner(scheduled.until, presenceChangesAt(directory, person, at)),
  })
  if (hasLeft(person, at)) return found(null, 'Left')
  if (absenceAt(person, at) === null) return found(person.id, scheduled.by)
  const deputy = standInFor(directory, person, at)
  return deputy ? found(deputy.id, 'Deputy') : found(null, 'Absent')
}

function scheduledAt(rotation: Rotation, at: Instant): Scheduled {
  const edge = nextEdge(rotation.overrides, at)
  const override = overrideAt(rotation, at)
  // While an override holds, a hand-over beneath it changes nothing.
  if (override) return { id: override.responder, by: 'Override', until: sooner(override.until, edge) }
  const shift = shiftAt(rotation, at)
  const until = sooner(shift.until, edge)
  const id = shift.index === null ? undefined : rotation.responders[shift.index % rotation.responders.length]
  return id === undefined ? { id: null, by: 'Gap', until } : { id, by: 'OnCall', until }
}

function overrideAt(rotation: Rotation, at: Instant): Override | undefined {
  return rotation.overrides.findLast((override) => spanHolds(override, at))
}

function sooner(until: Instant, other: Instant | null): Instant {
  return other !== null && other < until ? other : until
}

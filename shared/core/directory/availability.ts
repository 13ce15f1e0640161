import { dailySpanEnd } from '../time/daily-span.ts'
import { earliest, type Instant } from '../time/instant.ts'
import {
  absenceAt,
  type Channel,
  type Directory,
  findResponder,
  hasLeft,
  type Responder,
  type ResponderId,
  spanHolds,
} from './directory.ts'

/** Whether a responder can be called, and if not, why and who is named to stand in (for an absence only). */
export type Availability =
  | { readonly available: true }
  | {
      readonly available: false
      readonly reason: 'Absent' | 'Left' | 'NoVerifiedChannel'
      readonly deputy: ResponderId | null
    }

/** Night, for messages that may wait: 22:00 to 07:00. */
const NIGHT = { from: '22:00', until: '07:00' }

/** The channels that count, in the order in which they are tried. */
export function verifiedChannels(responder: Responder): readonly Channel[] {
  return responder.channels.filter((channel) => channel.verified)
}

/** Who has left is never called again; an absence comes before a missing channel, because it names a deputy. */
export function availabilityAt(responder: Responder, at: Instant): Availability {
  if (hasLeft(responder, at)) return { available: false, reason: 'Left', deputy: null }
  if (absenceAt(responder, at)) return { available: false, reason: 'Absent', deputy: deputyAt(responder, at) }
  if (verifiedChannels(responder).length === 0) return { available: false, reason: 'NoVerifiedChannel', deputy: null }
  return { available: true }
}

/** Of absences that overlap, the first that names somebody. */
function deputyAt(responder: Responder, at: Instant): ResponderId | null {
  const named = responder.absences.find((absence) => absence.deputy !== null && spanHolds(absence, at))
  return named?.deputy ?? null
}

/** Who stands in for an absent responder: named, known, neither absent nor gone. There are no chains. */
export function standInFor(directory: Directory, responder: Responder, at: Instant): Responder | null {
  if (hasLeft(responder, at)) return null
  const id = deputyAt(responder, at)
  const deputy = id === null ? undefined : findResponder(directory, id)
  return deputy && !hasLeft(deputy, at) && absenceAt(deputy, at) === null ? deputy : null
}

/** The next instant after `at` at which the responder's absences, deputies or leaving may change who answers. */
export function presenceChangesAt(directory: Directory, responder: Responder, at: Instant): Instant | null {
  const id = deputyAt(responder, at)
  const deputy = id === null ? undefined : findResponder(directory, id)
  return earliest(ownChange(responder, at), deputy && ownChange(deputy, at))
}

function ownChange(responder: Responder, at: Instant): Instant | null {
  const leaves = responder.leavesAt !== null && responder.leavesAt > at ? responder.leavesAt : null
  return earliest(leaves, nextEdge(responder.absences, at))
}

/** The first start or end of these spans that is after `at`. */
export function nextEdge(spans: readonly { from: Instant; until: Instant }[], at: Instant): Instant | null {
  let next: Instant | null = null
  for (const { from, until } of spans) {
    const edge = from > at ? from : until
    if (edge > at && (next === null || edge < next)) next = edge
  }
  return next
}

/** When the quiet hours that hold at `at` end, in the responder's own zone; null when it is not quiet. */
export function quietUntil(responder: Responder, at: Instant): Instant | null {
  return responder.quietHours && dailySpanEnd(responder.zone, responder.quietHours, at)
}

/** When the night (22:00 to 07:00 in `zone`) that holds at `at` ends; null by day. */
export function nightUntil(zone: string, at: Instant): Instant | null {
  return dailySpanEnd(zone, NIGHT, at)
}

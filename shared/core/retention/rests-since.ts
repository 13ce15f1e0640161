import { REOPEN_WITHIN_SECONDS } from '../incident/episode.ts'
import type { Clock, IncidentState } from '../incident/state.ts'
import { type Instant, latest, plusSeconds } from '../time/instant.ts'

/**
 * Since when nothing can happen on an incident by itself: closed, past the time in which a repeat reopens it, and nothing
 * said since. Null while it is open, waits for something, or has a duty that was neither done nor waived.
 * @param wakeAt when it must be decided next.
 */
export function restsSince(state: IncidentState, wakeAt: Instant | null): Instant | null {
  if (state.status !== 'closed' || wakeAt !== null) return null
  if (Object.keys(state.unsettled).length > 0) return null
  // The clocks of a merged incident run on where it lives on.
  if (!state.mergedInto && state.clocks.some(hasOpenDuty)) return null
  return latest(state.lastCommitAt, plusSeconds(state.closedAt, REOPEN_WITHIN_SECONDS))
}

function hasOpenDuty({ status, stages }: Clock): boolean {
  if (status !== 'provisional' && status !== 'confirmed') return false
  return stages.some((stage) => stage.status !== 'submitted' && stage.status !== 'waived')
}

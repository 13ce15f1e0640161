import { type Instant, plusSeconds } from '../time/instant.ts'
import type { IncidentState } from './state.ts'

/** Activity within this time of closing reopens the incident. */
export const REOPEN_WITHIN_SECONDS = 30 * 60
/** A group stays one episode for this long after its last new finding. */
const GROUP_WINDOW_SECONDS = 24 * 3600

export type Placement = 'join' | 'reopen' | 'next-episode'

/**
 * Where findings go, given an incident of their group. What does not page (`resolved`, `archived`) is noted where it
 * is; activity of a finding that the incident has stays with it while it is open; a new one joins within the window.
 */
export function placementOf(
  state: IncidentState,
  findings: { pages: boolean; anyNew: boolean },
  now: Instant,
): Placement {
  if (!findings.pages) return 'join'
  if (state.status === 'closed') {
    return now < plusSeconds(state.closedAt, REOPEN_WITHIN_SECONDS) ? 'reopen' : 'next-episode'
  }
  if (!findings.anyNew) return 'join'
  return now < plusSeconds(state.lastJoinAt, GROUP_WINDOW_SECONDS) ? 'join' : 'next-episode'
}

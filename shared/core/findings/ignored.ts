import { FINDING_STATES, type FindingState, type IgnoredReason } from './finding.ts'

const REASON_OF: Record<FindingState, IgnoredReason | null> = {
  active: null,
  notified: 'Notified',
  passed: 'Passed',
  suppressed: 'Suppressed',
  archived: 'Archived',
  resolved: 'Resolved',
}

/** Why a finding does not page by its own state, the most telling reason first; null when it may. */
export function ignoredReasonOf(finding: { sample: boolean; state: FindingState }): IgnoredReason | null {
  return finding.sample ? 'Sample' : REASON_OF[finding.state]
}

/** The state that says most, where a provider keeps several side by side; active when none is given. */
export function furthestState(states: readonly FindingState[]): FindingState {
  return FINDING_STATES.findLast((state) => states.includes(state)) ?? 'active'
}

import type { Directory } from '../core/directory/directory.ts'
import type { Finding } from '../core/findings/finding.ts'
import type { HeldBy } from './rows/finding-row.ts'

/** The rule that holds a finding back, as it reads now: rules change, and what was decided by one must stay clear. */
export function heldByOf({ heldBy }: Finding, { findings }: Directory): HeldBy | null {
  const rule = findings?.suppressions.find(({ id }) => id === heldBy)
  return rule === undefined ? null : { ruleId: rule.id, owner: rule.owner, reason: rule.reason, until: rule.until }
}

import { type AccountProfile, type Directory, profileOf } from '../directory/directory.ts'
import { NO_FINDING_RULES, type Suppression } from '../directory/finding-rules.ts'
import type { Instant } from '../time/instant.ts'
import { DEFAULT_SEVERITY_RULES } from './default-severity-rules.ts'
import type { Finding, UngradedFinding } from './finding.ts'
import { type GradeStep, gradeOf } from './grade.ts'
import { groupingOf, groupKeyOf } from './group.ts'
import { suppressionOf } from './suppressed.ts'

/** A finding with all that rules say of it, and which rules those were. */
export interface Judged {
  readonly finding: Finding
  readonly steps: readonly GradeStep[]
  /** Null where it is grouped as ever. */
  readonly groupingRuleId: string | null
  readonly suppression: Suppression | null
}

/** Asks the user's rules, then the built-in ones: how bad, with what it belongs together, whether it is held back. */
export function judgeFinding(ungraded: UngradedFinding, directory: Directory, now: Instant): Judged {
  const { severities, groups, suppressions } = directory.findings ?? NO_FINDING_RULES
  const profile: AccountProfile | null = profileOf(directory, ungraded.accountId)
  const { severity, ignoredReason, steps } = gradeOf(ungraded, [...severities, ...DEFAULT_SEVERITY_RULES], profile)
  const graded = { ...ungraded, severity }
  const grouping = groupingOf(graded, groups, profile)
  const suppression = ignoredReason === null ? suppressionOf(graded, suppressions, profile, now) : null
  const held = suppression?.kind === 'maintenance' ? 'Maintenance' : 'SuppressedByRule'
  const finding: Finding = {
    ...graded,
    groupKey: groupKeyOf(graded, grouping),
    heldBy: suppression?.id ?? null,
    ignoredReason: suppression === null ? ignoredReason : held,
  }
  return { finding, steps, groupingRuleId: grouping?.id ?? null, suppression }
}

import type { AccountProfile } from '../directory/directory.ts'
import type { SeverityRule } from '../directory/finding-rules.ts'
import { type FindingSeverity, isWorseFinding } from '../severity/severity.ts'
import { fits } from './filter.ts'
import type { IgnoredReason, UngradedFinding } from './finding.ts'

/** A rule that decided, and what it made of the finding. */
export interface GradeStep {
  readonly ruleId: string
  readonly severity: FindingSeverity
}

export interface Grade {
  readonly severity: FindingSeverity
  /** The finding's own, else what its severity says. */
  readonly ignoredReason: IgnoredReason | null
  readonly steps: readonly GradeStep[]
}

/**
 * The severity of a finding: the provider's, else the first rule's that fits, then raised by what raises.
 * @param rules the user's before the built-in ones.
 * @param profile of the finding's account.
 */
export function gradeOf(
  finding: UngradedFinding,
  rules: readonly SeverityRule[],
  profile: AccountProfile | null,
): Grade {
  const fitting = (rule: SeverityRule) => rule.use === 'missing' && fits(rule.filter, finding, profile)
  const given = finding.severity === null ? rules.find(fitting) : undefined
  const base = finding.severity ?? given?.severity ?? 'INFORMATIONAL'
  // What raises may ask for the severity that it raises, also for one that a rule has given.
  const graded = { ...finding, severity: finding.severity ?? given?.severity ?? null }
  const raises = ({ use, severity, filter }: SeverityRule) =>
    use === 'raise' && isWorseFinding(severity, base) && fits(filter, graded, profile)
  const raising = rules.filter(raises)
  const raise = raising.reduce<SeverityRule | undefined>(
    (worst, rule) => (worst === undefined || isWorseFinding(rule.severity, worst.severity) ? rule : worst),
    undefined,
  )
  const severity = raise?.severity ?? base
  const noRule = finding.severity === null && given === undefined && raise === undefined
  const ignoredReason = finding.ignoredReason ?? whyIgnored(severity, noRule)
  const steps = [given, raise].flatMap((rule) => (rule ? [{ ruleId: rule.id, severity: rule.severity }] : []))
  return { severity, ignoredReason, steps }
}

function whyIgnored(severity: FindingSeverity, noRule: boolean): 'NoSeverityRule' | 'Informational' | null {
  if (noRule) return 'NoSeverityRule'
  return severity === 'INFORMATIONAL' ? 'Informational' : null
}

import type { IgnoredReason } from '../../../shared/core/findings/finding.ts'

/** Why a finding paged nobody, in words that stand alone. */
export const SET_ASIDE_WORDS: Readonly<Record<IgnoredReason, string>> = {
  Informational: 'informational',
  Sample: 'a sample of its provider',
  Archived: 'archived at its provider',
  Suppressed: 'suppressed at its provider',
  Resolved: 'resolved at its provider',
  Passed: 'a check that passed',
  Notified: 'somebody was told of it at its provider',
  NoPolicy: 'no policy for its severity',
  NoSeverityRule: 'no rule gives it a severity',
  NotAFinding: 'tells of something else than a finding',
  NotInAlarm: 'the alarm is not in ALARM',
  Muted: 'the alarm is muted',
  ScheduledChange: 'a scheduled change',
  SuppressedByRule: 'held back by a rule',
  Maintenance: 'held back by a maintenance window',
  AnalysisFailed: 'its provider could not tell',
  CoveredElsewhere: 'another service sends it as its own finding',
}

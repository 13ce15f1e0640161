import type { FindingSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { PrincipalText } from './principal.ts'

/** How the finding reached Muster: the same finding may come in several wrappings. */
export type Wrapping =
  | 'guardduty'
  | 'guardduty-malware'
  | 'asff'
  | 'ocsf'
  | 'securityhub-insight'
  | 'cloudwatch'
  | 'config'
  | 'macie'
  | 'inspector2'
  | 'access-analyzer'
  | 'health'
  | 'trusted-advisor'
  | 'cloudtrail'
  | 'security-ir'
  | 'sns'
  | 'muster'

/** Where the provider has the finding, in the fixed order in which one replaces the other at the same instant. */
export const FINDING_STATES = ['active', 'notified', 'passed', 'suppressed', 'archived', 'resolved'] as const
export type FindingState = (typeof FINDING_STATES)[number]

export interface FindingResource {
  readonly type: string
  readonly id: string
}

/** The provider's last change of the finding, and where it stood then. */
export interface FindingVersion {
  readonly updatedAt: Instant
  readonly state: FindingState
  /** Of the event that brought it: some changes leave `updatedAt` as it was. Absent where it came without an envelope. */
  readonly sentAt?: Instant
}

/** Why a finding that fits its schema does not page. */
export const IGNORED_REASONS = [
  'Informational',
  'Sample',
  'Archived',
  'Suppressed',
  'Resolved',
  'Passed',
  'Notified',
  'NoPolicy',
  /** Its kind has no severity of its own, and no rule gives it one. */
  'NoSeverityRule',
  /** Tells of something else than a finding: a result of a search, a preview, a change of settings. */
  'NotAFinding',
  /** An alarm that is not in ALARM. */
  'NotInAlarm',
  /** An alarm whose actions are muted or suppressed. */
  'Muted',
  'ScheduledChange',
  /** Held back by a rule of the user's: known noise, or a maintenance window. */
  'SuppressedByRule',
  'Maintenance',
  /** The provider could not tell: its analysis failed. */
  'AnalysisFailed',
  /** Another service sends the same as a finding of its own, and that pages. */
  'CoveredElsewhere',
] as const
export type IgnoredReason = (typeof IGNORED_REASONS)[number]

/** One normalised security signal, whatever service it came from. */
export interface Finding {
  /** The same for one provider's finding in any wrapping; opaque. */
  readonly key: string
  /** The provider's own id, as given in this wrapping. */
  readonly findingId: string
  readonly wrapping: Wrapping
  /** The service that found it, e.g. `guardduty`, `securityhub`, `inspector`. */
  readonly source: string
  readonly type: string
  /** The part of the type by which findings are grouped. */
  readonly family: string
  readonly severity: FindingSeverity
  /** The provider's own severity as text, e.g. `8.7`, `HIGH`, `70`. */
  readonly nativeSeverity: string
  /** At most 512 characters; control characters taken out. */
  readonly title: string
  readonly accountId: string
  readonly region: string
  readonly partition: string
  readonly resources: readonly FindingResource[]
  /** Who acted: an ARN, a principal id or a user name; null where the provider names nobody. */
  readonly principal: string | null
  /** Everybody whom the finding names: who acted, and users and roles it is about. At most 20, and 2,000 bytes. */
  readonly principals: readonly PrincipalText[]
  readonly firstSeenAt: Instant
  readonly lastSeenAt: Instant
  readonly version: FindingVersion
  /** How often the provider has seen it; null where it does not say. */
  readonly count: number | null
  /** Words by which rules know it, e.g. `root-user`, `no-mfa`, `public`; what each source says is in its file. */
  readonly traits: readonly string[]
  /** Tags of the resources, as far as the event has them. At most 50. */
  readonly tags: Readonly<Record<string, string>>
  /** What may show up in other accounts too, e.g. `ip:198.51.100.7`, `domain:example.net`. At most 20, and 2,000 bytes. */
  readonly indicators: readonly string[]
  /** Keys of the findings that this one stands for (an attack sequence's signals). At most 100. */
  readonly signals: readonly string[]
  /** Findings with the same one belong to one incident. */
  readonly groupKey: string
  /** The id of the user's rule that holds it back. */
  readonly heldBy: string | null
  /** Null when it pages by its own state; whether a policy exists for its severity is decided later. */
  readonly ignoredReason: IgnoredReason | null
}

/** As a source reads it: the severity is null where the provider gives none, so that rules must. */
export interface UngradedFinding extends Omit<Finding, 'severity' | 'groupKey' | 'heldBy'> {
  readonly severity: FindingSeverity | null
}

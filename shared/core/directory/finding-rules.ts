import type { FindingSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'

// What users decide about findings: how bad, which belong together, which are held back. Data, as the directory has it.

/**
 * Which findings a rule is about. Every field that is given must fit; a field fits when one of its patterns does. `*`
 * stands for any text, also none, and `?` for one character; upper and lower case are the same.
 */
export interface FindingFilter {
  readonly source?: readonly string[]
  readonly type?: readonly string[]
  readonly family?: readonly string[]
  readonly trait?: readonly string[]
  readonly severity?: readonly string[]
  readonly title?: readonly string[]
  readonly findingId?: readonly string[]
  readonly accountId?: readonly string[]
  /** Of the account's profile. */
  readonly environment?: readonly string[]
  readonly region?: readonly string[]
  readonly resource?: readonly string[]
  readonly resourceType?: readonly string[]
  /** `key=value`. */
  readonly tag?: readonly string[]
  readonly principal?: readonly string[]
}

/** Gives a severity where the provider gives none, or raises one. It never lowers what a provider said. */
export interface SeverityRule {
  readonly id: string
  readonly filter: FindingFilter
  /** `INFORMATIONAL` where what it names must not page. */
  readonly severity: FindingSeverity
  /**
   * `missing`: for findings without a severity of their own; the first rule that fits decides. `raise`: for every
   * finding, after that; the worst one counts.
   */
  readonly use: 'missing' | 'raise'
}

/** By what findings become one incident. */
export const GROUPING_PARTS = ['account', 'actor', 'resource', 'family', 'type', 'source', 'region'] as const
export type GroupingPart = (typeof GROUPING_PARTS)[number]

/** The first rule that fits a finding says by what it is grouped; the account is always a part. */
export interface GroupingRule {
  readonly id: string
  readonly filter: FindingFilter
  /** `actor` is the principal, or the first resource where no principal is named. */
  readonly by: readonly GroupingPart[]
}

/** `from` of a suppression that names none. */
export const FROM_THE_BEGINNING: Instant = '1970-01-01T00:00:00.000Z'

/** Findings that open no incident for a while: known noise, or planned work. What it holds back is listed. */
export interface Suppression {
  readonly id: string
  readonly kind: 'suppression' | 'maintenance'
  readonly filter: FindingFilter
  /** Who answers for it: a responder's id. */
  readonly owner: string
  readonly reason: string
  readonly from: Instant
  readonly until: Instant
}

/** All of it; each list in the order in which its rules are asked. */
export interface FindingRules {
  readonly severities: readonly SeverityRule[]
  readonly groups: readonly GroupingRule[]
  readonly suppressions: readonly Suppression[]
}

export const NO_FINDING_RULES: FindingRules = { severities: [], groups: [], suppressions: [] }

import type { FindingSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { PrincipalText } from './principal.ts'

/** How the finding reached Muster: the same finding may come in several wrappings. */
export type Wrapping = 'guardduty' | 'asff'

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
}

/** Why a finding that fits its schema does not page. */
export type IgnoredReason =
  | 'Informational'
  | 'Sample'
  | 'Archived'
  | 'Suppressed'
  | 'Resolved'
  | 'Passed'
  | 'Notified'
  | 'NoPolicy'

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
  /** Null when it pages by its own state; whether a policy exists for its severity is decided later. */
  readonly ignoredReason: IgnoredReason | null
}

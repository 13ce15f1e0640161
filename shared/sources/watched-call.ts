import type { FindingSeverity } from '../core/severity/severity.ts'

/** When such a call matters; what each means is in `watched-conditions.ts`. */
export type WatchedOnly =
  | 'administrator-policy'
  | 'another-user'
  | 'by-root'
  | 'public-acl'
  | 'public-block-off'
  | 'public-policy'
  | 'shared-with-account'
  | 'shared-with-all'
  | 'suspended'
  | 'trusts-another-account'
  | 'turned-off'
  | 'without-snapshot'

export interface WatchedCall {
  /** As CloudTrail has it, `iam.amazonaws.com`. */
  readonly eventSource: string
  readonly eventName: string
  /** Of MITRE ATT&CK, in one word: findings of one tactic by one principal belong together. */
  readonly tactic: string
  /** MITRE ATT&CK's technique. */
  readonly technique: string
  readonly severity: Exclude<FindingSeverity, 'INFORMATIONAL'>
  readonly why: string
  /** Left out where every such call matters. */
  readonly only?: WatchedOnly
}

export interface WatchedReason extends Omit<WatchedCall, 'eventSource' | 'eventName'> {
  /** Names of calls by service, `iam` for `iam.amazonaws.com`. */
  readonly calls: Readonly<Record<string, readonly string[]>>
}

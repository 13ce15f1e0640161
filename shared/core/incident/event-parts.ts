import type { ResponderId } from '../directory/directory.ts'
import type { FindingVersion, Wrapping } from '../findings/finding.ts'
import type { FindingSummary } from '../findings/summary.ts'
import type { FindingSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'

/** The moments a stage may count from: a closed list. */
export const ANCHORS = [
  'awareness',
  'discovery',
  'detection',
  'occurrence',
  'determination',
  'classification',
  'assessment',
  'confirmation',
  'payment',
  'submission',
  'fix-available',
  'individuals-notified',
  'law-enforcement-notice',
  'request',
  'hold-end',
  'closure',
] as const
export type AnchorName = (typeof ANCHORS)[number]

export interface StageAnchor {
  readonly name: AnchorName
  readonly at: Instant | null
  /** `presumed`: from the signal, not an admission; `recorded`: a person said so. */
  readonly basis: 'presumed' | 'recorded'
}

export type StageStatus = 'awaiting-anchor' | 'running' | 'held' | 'submitted' | 'waived' | 'missed'
export type MessageKind = 'page' | 'check-in' | 'clock' | 'notice'
export type NoticeAbout = 'reopened' | 'raised' | 'merged' | 'not-notifiable-reopened' | 'late-signal' | 'no-profile'
export type SubmissionPhase = 'initial' | 'supplement' | 'complete' | 'withdrawn'

/** Where a confidential text lies, and the salted hash that ties it to the record. */
export interface NoteRef {
  readonly noteId: string
  readonly noteHash: string
}

/** A finding as the record has it, with what it changes in the findings table. */
export interface RecordedFinding {
  readonly finding: FindingSummary
  /** Counts up with each change that the record has of this finding. */
  readonly revision: number
  readonly versions: Readonly<Partial<Record<Wrapping, FindingVersion>>>
  /** The worst severity that it ever had, in any wrapping. */
  readonly worstSeverity?: FindingSeverity
  /** The group that the finding is of, where that is not the incident's own: it came by way of a merged one. */
  readonly group?: { readonly groupHash: string; readonly episode: number }
}

/** One message on one channel to one person. */
export interface MessageTarget {
  readonly effectId: string
  readonly responderId: ResponderId
  readonly channelId: string
  /** The channel's kind, e.g. `email`. */
  readonly channel: string
}

/** Which channels of the person follow, in order, while nobody acknowledges. */
export interface Planned {
  readonly channelsLeft: readonly string[]
}

/** A deadline as it was computed, with how. */
export interface StageDeadline {
  readonly stageId: string
  readonly anchor: StageAnchor
  readonly dueAt: Instant | null
  readonly safeDueAt: Instant | null
  readonly steps: readonly string[]
}

/** One event as it is stored. */
export interface Of<Type extends string, Data> {
  readonly type: Type
  /** The version of this type's shape; older ones are brought up by an upcaster. */
  readonly v: 1
  readonly data: Data
}

import type { DataCategory, ResponderId, Role } from '../directory/directory.ts'
import type { FindingState, FindingVersion, Wrapping } from '../findings/finding.ts'
import type { PrincipalText } from '../findings/principal.ts'
import type { FindingSummary } from '../findings/summary.ts'
import type { FindingSeverity, IncidentSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { Reason } from './reasons.ts'

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
export type NoticeAbout = 'reopened' | 'not-notifiable-reopened' | 'late-signal' | 'no-profile'
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

interface Of<Type extends string, Data> {
  readonly type: Type
  /** The version of this type's shape; older ones are brought up by an upcaster. */
  readonly v: 1
  readonly data: Data
}

export type IncidentOpened = Of<
  'IncidentOpened',
  {
    readonly title: string
    readonly severity: IncidentSeverity
    readonly groupHash: string
    readonly groupKey: string
    readonly episode: number
    readonly accountId: string | null
    readonly declaredBy: ResponderId | null
    readonly signalReceivedAt: Instant
    readonly occurredAt: Instant | null
    /** Missing where it was not split off another incident. */
    readonly splitFrom?: { readonly incidentId: string; readonly responderId: ResponderId; readonly note: string }
  }
>
export type FindingJoined = Of<'FindingJoined', RecordedFinding>
export type FindingUpdated = Of<'FindingUpdated', RecordedFinding & { readonly state: FindingState }>
export type IncidentReopened = Of<'IncidentReopened', { readonly findingKey: string }>
/** The pace of the new severity, for seats that are open already. */
interface NewPace {
  readonly seats?: readonly {
    readonly role: Role
    readonly ackWithinSeconds: number
    readonly checkInAfterSeconds: number
  }[]
}
export type SeverityRaised = Of<
  'SeverityRaised',
  NewPace & { readonly from: IncidentSeverity; readonly to: IncidentSeverity; readonly note: string | null }
>
export type SeverityLowered = Of<
  'SeverityLowered',
  NewPace & {
    readonly from: IncidentSeverity
    readonly to: IncidentSeverity
    readonly responderId: ResponderId
    readonly note: string
  }
>
export type IncidentClosed = Of<'IncidentClosed', { readonly responderId: ResponderId; readonly note: string }>
export type FactsRecorded = Of<
  'FactsRecorded',
  {
    readonly responderId: ResponderId
    readonly dataCategories: readonly DataCategory[]
    readonly residents: readonly string[]
    /** Facts by any other name, as recorded: JSON values. */
    readonly other?: Readonly<Record<string, unknown>>
  }
>

export type SeatOpened = Of<
  'SeatOpened',
  {
    readonly role: Role
    readonly ackWithinSeconds: number
    readonly checkInAfterSeconds: number
    readonly reason: Extract<Reason, 'SeverityRaised'> | null
  }
>
export type CandidateSkipped = Of<
  'CandidateSkipped',
  { readonly role: Role; readonly responderId: ResponderId; readonly round: number; readonly reason: Reason }
>
export type CandidateDeferred = Of<
  'CandidateDeferred',
  {
    readonly role: Role
    readonly responderId: ResponderId
    readonly until: Instant
    readonly reason: Extract<Reason, 'QuietHours'>
  }
>
export type PageRequested = Of<
  'PageRequested',
  MessageTarget &
    Planned & { readonly role: Role; readonly round: number; readonly reason: Reason; readonly bundleId: string }
>
/** A channel that was planned is gone or refused by now, or would ring in quiet hours: the next one is tried at once. */
export type ChannelSkipped = Of<
  'ChannelSkipped',
  {
    readonly role: Role
    readonly responderId: ResponderId
    readonly channelId: string
    readonly reason: Extract<Reason, 'NoVerifiedChannel' | 'ChannelRefused' | 'QuietHours'>
  }
>
export type AttemptEnded = Of<
  'AttemptEnded',
  { readonly role: Role; readonly responderId: ResponderId; readonly reason: Reason }
>
export type SeatAcknowledged = Of<
  'SeatAcknowledged',
  {
    readonly role: Role
    readonly responderId: ResponderId
    readonly acting: boolean
    /** How: `api`, `link`, `console`, … */
    readonly via: string
    readonly reason: Reason
    readonly replaced: ResponderId | null
  }
>
export type SeatDeclined = Of<
  'SeatDeclined',
  { readonly role: Role; readonly responderId: ResponderId; readonly note: string | null }
>
export type SeatHandedOver = Of<
  'SeatHandedOver',
  { readonly role: Role; readonly responderId: ResponderId; readonly to: ResponderId; readonly note: string | null }
>
export type SeatEscalated = Of<
  'SeatEscalated',
  { readonly role: Role; readonly responderId: ResponderId; readonly note: string | null }
>
export type SeatExhausted = Of<
  'SeatExhausted',
  {
    readonly role: Role
    readonly round: number
    readonly resumesAt: Instant
    readonly reason: Extract<Reason, 'Exhausted'>
  }
>
export type RoundStarted = Of<
  'RoundStarted',
  { readonly role: Role; readonly round: number; readonly reason: Extract<Reason, 'NewRound'> }
>
export type CheckInRequested = Of<
  'CheckInRequested',
  MessageTarget & Planned & { readonly role: Role; readonly bundleId: string }
>
/** The holder's quiet hours hold at this severity: asked when they end. */
export type CheckInPutOff = Of<
  'CheckInPutOff',
  {
    readonly role: Role
    readonly responderId: ResponderId
    readonly until: Instant
    readonly reason: Extract<Reason, 'QuietHours'>
  }
>
/** One window passed without a sign of life, or the holder has no working channel: the search starts again. */
export type CheckInMissed = Of<
  'CheckInMissed',
  { readonly role: Role; readonly responderId: ResponderId; readonly reason: Extract<Reason, 'CheckInUnanswered'> }
>
export type CheckInAnswered = Of<'CheckInAnswered', { readonly role: Role; readonly responderId: ResponderId }>

export type NoticeRequested = Of<
  'NoticeRequested',
  MessageTarget & { readonly about: NoticeAbout; readonly bundleId: string }
>
export type MessageSent = Of<'MessageSent', { readonly effectId: string; readonly kind: MessageKind }>
export type MessageFailed = Of<
  'MessageFailed',
  {
    readonly effectId: string
    readonly kind: MessageKind
    readonly responderId: ResponderId
    readonly channelId: string
    readonly reason: Extract<Reason, 'DeliveryFailed' | 'ChannelRefused'>
    /** In the provider's words, scrubbed; missing where nothing was said, and in older records. */
    readonly detail?: string
  }
>
export type MessageWithheld = Of<
  'MessageWithheld',
  { readonly effectId: string; readonly kind: MessageKind; readonly reason: Reason }
>
export type EffectsQueuedAgain = Of<
  'EffectsQueuedAgain',
  { readonly effects: readonly { readonly effectId: string; readonly queueAgainAt: Instant }[] }
>

export type ClockStarted = Of<
  'ClockStarted',
  {
    readonly clockId: string
    readonly obligationId: string
    readonly obligationVersion: number
    readonly entityId: string
    readonly role: 'controller' | 'processor' | 'joint'
    readonly stages: readonly StageDeadline[]
  }
>
export type ClockWarned = Of<
  'ClockWarned',
  MessageTarget & {
    readonly bundleId: string
    /** The three nearest stages; `warned` is how many warnings each then has behind it. */
    readonly stages: readonly { readonly clockId: string; readonly stageId: string; readonly warned: number }[]
  }
>
/** A warning is due and waits: for quiet in the counsel's channel, for the morning, or for somebody who can be told. */
export type ClockWarningDeferred = Of<
  'ClockWarningDeferred',
  {
    readonly responderId: ResponderId | null
    readonly until: Instant
    readonly because: 'recent-message' | 'night' | 'nobody-to-tell'
  }
>
export type ClockConfirmed = Of<
  'ClockConfirmed',
  { readonly clockId: string; readonly responderId: ResponderId } & Partial<NoteRef>
>
export type StageReanchored = Of<
  'StageReanchored',
  StageDeadline & { readonly clockId: string; readonly responderId: ResponderId } & Partial<NoteRef>
>
export type ClockDeclaredNotNotifiable = Of<
  'ClockDeclaredNotNotifiable',
  { readonly clockId: string; readonly responderId: ResponderId } & NoteRef
>
export type ClockReopened = Of<
  'ClockReopened',
  { readonly clockId: string; readonly because: 'new-facts' | 'new-finding' }
>
export type StageSubmitted = Of<
  'StageSubmitted',
  {
    readonly clockId: string
    readonly stageId: string
    readonly responderId: ResponderId
    readonly submittedAt: Instant
    readonly phase: SubmissionPhase
    readonly receipt: string | null
  } & Partial<NoteRef>
>
export type StageWaived = Of<
  'StageWaived',
  { readonly clockId: string; readonly stageId: string; readonly responderId: ResponderId } & NoteRef
>
export type StageMissed = Of<'StageMissed', { readonly clockId: string; readonly stageId: string }>

/** What one incident takes over when another is merged into it, as that one stood then; its clocks follow apart. */
export interface Carried {
  readonly title: string
  readonly severity: IncidentSeverity
  readonly signalReceivedAt: Instant
  readonly occurredAt: Instant | null
  readonly awarenessAt: Instant | null
  readonly accounts: readonly string[]
  readonly principals: readonly PrincipalText[]
  readonly refusedChannels: readonly string[]
  readonly facts: {
    readonly dataCategories: readonly DataCategory[]
    readonly residents: readonly string[]
    /** Fingerprints by name. */
    readonly other: Readonly<Record<string, string>>
  }
  readonly lastJoinAt: Instant
  readonly seats: readonly {
    readonly role: Role
    readonly holder: ResponderId | null
    readonly acting: boolean
    readonly silent: boolean
  }[]
  /** What it had absorbed itself. */
  readonly absorbed: readonly { readonly id: string; readonly upTo: number }[]
  readonly linked: readonly string[]
}
/** This incident has taken over another, which goes on calling until it points here. */
export type IncidentAbsorbed = Of<
  'IncidentAbsorbed',
  Carried & {
    readonly incidentId: string
    /** Its last commit by then. */
    readonly upTo: number
    /** By which it is known whether it has changed since. */
    readonly print: string
    readonly responderId: ResponderId
    readonly note: string
    /** `added`: those that this incident did not have. */
    readonly findings: { readonly distinct: number; readonly added: number }
  }
>
/** This incident lives on in another: it calls nobody any more. */
export type IncidentMerged = Of<
  'IncidentMerged',
  { readonly into: string; readonly responderId: ResponderId; readonly note: string }
>
/** A clock of an absorbed incident, as it counts here from now on. */
export type ClockCarried = Of<
  'ClockCarried',
  {
    readonly clockId: string
    readonly obligationId: string
    readonly obligationVersion: number
    readonly entityId: string
    readonly role: 'controller' | 'processor' | 'joint'
    readonly status: 'provisional' | 'confirmed' | 'not-notifiable' | 'withdrawn'
    readonly from: { readonly incidentId: string; readonly clockId: string }
    readonly stages: readonly (StageDeadline & {
      readonly status: StageStatus
      readonly warned: number
      readonly lastSubmission: string | null
      /** The other incident's; its record has them too. */
      readonly submissions: readonly CarriedSubmission[]
    })[]
  }
>
export interface CarriedSubmission {
  readonly submittedAt: Instant
  readonly phase: SubmissionPhase
  readonly receipt: string | null
  readonly responderId: ResponderId
  readonly recordedAt: Instant
  readonly noteId: string | null
}
/** These findings have an incident of their own now. */
export type FindingsSplitOff = Of<
  'FindingsSplitOff',
  {
    readonly incidentId: string
    readonly findings: readonly string[]
    /** Of those that stay. */
    readonly accounts: readonly string[]
    readonly responderId: ResponderId
    readonly note: string
  }
>
/** Two incidents are shown together and stay apart: only people merge. */
export type IncidentsLinked = Of<
  'IncidentsLinked',
  { readonly incidentId: string; readonly because: 'shared-indicator'; readonly indicators: readonly string[] }
>

export type IncidentEvent =
  | IncidentOpened
  | FindingJoined
  | FindingUpdated
  | IncidentReopened
  | SeverityRaised
  | SeverityLowered
  | IncidentClosed
  | FactsRecorded
  | SeatOpened
  | CandidateSkipped
  | CandidateDeferred
  | PageRequested
  | ChannelSkipped
  | AttemptEnded
  | SeatAcknowledged
  | SeatDeclined
  | SeatHandedOver
  | SeatEscalated
  | SeatExhausted
  | RoundStarted
  | CheckInRequested
  | CheckInPutOff
  | CheckInMissed
  | CheckInAnswered
  | NoticeRequested
  | MessageSent
  | MessageFailed
  | MessageWithheld
  | EffectsQueuedAgain
  | ClockStarted
  | ClockWarned
  | ClockWarningDeferred
  | ClockConfirmed
  | StageReanchored
  | ClockDeclaredNotNotifiable
  | ClockReopened
  | StageSubmitted
  | StageWaived
  | StageMissed
  | IncidentAbsorbed
  | IncidentMerged
  | ClockCarried
  | FindingsSplitOff
  | IncidentsLinked

export type EventType = IncidentEvent['type']
export type EventOf<Type extends EventType> = Extract<IncidentEvent, { readonly type: Type }>

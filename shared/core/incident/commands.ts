import type { DataCategory, Directory, ResponderId, Role } from '../directory/directory.ts'
import type { IncidentSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { NoteRef, NoticeAbout, RecordedFinding, StageAnchor, SubmissionPhase } from './event-parts.ts'
import type { EventOf } from './events.ts'
import type { MergingCommand } from './merging-commands.ts'
import type { Reason } from './reasons.ts'

export interface OpenIncident {
  readonly type: 'OpenIncident'
  readonly title: string
  readonly severity: IncidentSeverity
  readonly groupHash: string
  readonly groupKey: string
  readonly episode: number
  readonly accountId: string | null
  /** Null when findings open it. */
  readonly declaredBy: ResponderId | null
  readonly occurredAt: Instant | null
  readonly findings: readonly RecordedFinding[]
  /** Missing: now. */
  readonly signalReceivedAt?: Instant
  readonly splitFrom?: NonNullable<EventOf<'IncidentOpened'>['data']['splitFrom']>
}

/** New findings of an open incident's group, or newer versions of findings it already has. */
export interface RecordFindings {
  readonly type: 'RecordFindings'
  readonly findings: readonly (RecordedFinding & {
    readonly isNew: boolean
    /** Of one that is known: its severity is worse than any that the record has of it. */
    readonly hasWorsened: boolean
    /** The incident severity that this finding calls for; null when it does not page. */
    readonly severity: IncidentSeverity | null
  })[]
}

export interface AcknowledgeSeat {
  readonly type: 'AcknowledgeSeat'
  readonly role: Role
  readonly responderId: ResponderId
  readonly via: string
}

export interface DeclineSeat {
  readonly type: 'DeclineSeat'
  readonly role: Role
  readonly responderId: ResponderId
  readonly note: string | null
}

export interface HandOverSeat {
  readonly type: 'HandOverSeat'
  readonly role: Role
  readonly responderId: ResponderId
  readonly to: ResponderId
  readonly note: string | null
}

export interface EscalateSeat {
  readonly type: 'EscalateSeat'
  readonly role: Role
  readonly responderId: ResponderId
  readonly note: string | null
}

export interface ChangeSeverity {
  readonly type: 'ChangeSeverity'
  readonly severity: IncidentSeverity
  readonly responderId: ResponderId
  readonly note: string | null
}

export interface CloseIncident {
  readonly type: 'CloseIncident'
  readonly responderId: ResponderId
  readonly note: string
}

export interface RecordFacts {
  readonly type: 'RecordFacts'
  readonly responderId: ResponderId
  readonly dataCategories: readonly DataCategory[]
  readonly residents: readonly string[]
  /** Facts by any other name: JSON values. */
  readonly other: Readonly<Record<string, unknown>>
}

/** What became of messages: the outcomes of one incident in one batch. */
export interface RecordDeliveries {
  readonly type: 'RecordDeliveries'
  readonly deliveries: readonly Delivery[]
}

export interface Delivery {
  readonly effectId: string
  readonly kind: 'page' | 'check-in' | 'clock' | 'notice'
  readonly responderId: ResponderId
  readonly channelId: string
  readonly outcome: 'sent' | 'failed' | 'refused' | 'withheld'
  /** Why it was withheld; null otherwise. */
  readonly reason: Reason | null
  /** Of a notice that came back after it was accepted: what it said, for the state remembers that only until then. */
  readonly about?: NoticeAbout
  /** Why it failed or was refused, as `failureDetail` makes it. */
  readonly detail?: string
}

export interface ConfirmClock {
  readonly type: 'ConfirmClock'
  readonly clockId: string
  readonly responderId: ResponderId
  readonly anchor: { readonly name: StageAnchor['name']; readonly at: Instant } | null
  readonly note: NoteRef | null
}

export interface DeclareNotNotifiable {
  readonly type: 'DeclareNotNotifiable'
  readonly clockId: string
  readonly responderId: ResponderId
  readonly note: NoteRef | null
}

export interface ReanchorClock {
  readonly type: 'ReanchorClock'
  readonly clockId: string
  /** Null: every stage that counts from this anchor. */
  readonly stageId: string | null
  readonly responderId: ResponderId
  readonly anchor: { readonly name: StageAnchor['name']; readonly at: Instant }
  readonly note: NoteRef | null
}

export interface SubmitStage {
  readonly type: 'SubmitStage'
  readonly clockId: string
  readonly stageId: string
  readonly responderId: ResponderId
  readonly submittedAt: Instant
  readonly phase: SubmissionPhase
  readonly receipt: string | null
  readonly note: NoteRef | null
}

export interface WaiveStage {
  readonly type: 'WaiveStage'
  readonly clockId: string
  readonly stageId: string
  readonly responderId: ResponderId
  readonly note: NoteRef | null
}

export interface HoldStage {
  readonly type: 'HoldStage'
  readonly clockId: string
  readonly stageId: string
  readonly responderId: ResponderId
  readonly note: NoteRef | null
}

/** Something may be due: decide all of it. */
export interface Wake {
  readonly type: 'Wake'
}

export type ClockCommand = ConfirmClock | DeclareNotNotifiable | ReanchorClock | SubmitStage | WaiveStage | HoldStage
export type SeatCommand = AcknowledgeSeat | DeclineSeat | HandOverSeat | EscalateSeat
export type Command =
  | OpenIncident
  | RecordFindings
  | SeatCommand
  | ChangeSeverity
  | CloseIncident
  | RecordFacts
  | RecordDeliveries
  | ClockCommand
  | MergingCommand
  | Wake

/** Everything beside the state that a decision may use. */
export interface DecisionContext {
  /** The instant carried in from the door. */
  readonly now: Instant
  readonly directory: Directory
  /** Who holds a seat on another incident, read beside the load: may be stale, and only changes the order. */
  readonly holdsElsewhere: ReadonlySet<ResponderId>
}

/** Why a command is refused, in the terms of the HTTP answer it becomes. */
export type Refusal =
  | { readonly ok: false; readonly reason: 'NotFound'; readonly what: string }
  | { readonly ok: false; readonly reason: 'Closed' }
  /** The incident lives on in another: ask there. */
  | { readonly ok: false; readonly reason: 'Merged'; readonly into: string }
  | { readonly ok: false; readonly reason: 'HeldByAnother'; readonly holder: ResponderId }
  | { readonly ok: false; readonly reason: 'Forbidden'; readonly why: string }
  | { readonly ok: false; readonly reason: 'Invalid'; readonly field: string; readonly expected: string }
  | { readonly ok: false; readonly reason: 'Conflict'; readonly why: string }

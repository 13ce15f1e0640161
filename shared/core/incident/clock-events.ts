import type { ResponderId } from '../directory/directory.ts'
import type { Instant } from '../time/instant.ts'
import type { MessageTarget, NoteRef, Of, StageDeadline, SubmissionPhase } from './event-parts.ts'

type ClockStarted = Of<
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
type ClockWarned = Of<
  'ClockWarned',
  MessageTarget & {
    readonly bundleId: string
    /** The three nearest stages; `warned` is how many warnings each then has behind it. */
    readonly stages: readonly { readonly clockId: string; readonly stageId: string; readonly warned: number }[]
  }
>
/** A warning is due and waits: for quiet in the counsel's channel, for the morning, or for somebody who can be told. */
type ClockWarningDeferred = Of<
  'ClockWarningDeferred',
  {
    readonly responderId: ResponderId | null
    readonly until: Instant
    readonly because: 'recent-message' | 'night' | 'nobody-to-tell'
  }
>
type ClockConfirmed = Of<
  'ClockConfirmed',
  { readonly clockId: string; readonly responderId: ResponderId } & Partial<NoteRef>
>
type StageReanchored = Of<
  'StageReanchored',
  StageDeadline & { readonly clockId: string; readonly responderId: ResponderId } & Partial<NoteRef>
>
type ClockDeclaredNotNotifiable = Of<
  'ClockDeclaredNotNotifiable',
  { readonly clockId: string; readonly responderId: ResponderId } & NoteRef
>
type ClockReopened = Of<'ClockReopened', { readonly clockId: string; readonly because: 'new-facts' | 'new-finding' }>
type StageSubmitted = Of<
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
type StageWaived = Of<
  'StageWaived',
  { readonly clockId: string; readonly stageId: string; readonly responderId: ResponderId } & NoteRef
>
type StageMissed = Of<'StageMissed', { readonly clockId: string; readonly stageId: string }>

/** Notification clocks and what people decide about them. */
export type ClockEvent =
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

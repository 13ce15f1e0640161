import type { ResponderId, Role } from '../directory/directory.ts'
import type { Instant } from '../time/instant.ts'
import type { MessageTarget, Of, Planned } from './event-parts.ts'
import type { Reason } from './reasons.ts'

type SeatOpened = Of<
  'SeatOpened',
  {
    readonly role: Role
    readonly ackWithinSeconds: number
    readonly checkInAfterSeconds: number
    readonly reason: Extract<Reason, 'SeverityRaised'> | null
  }
>
type CandidateSkipped = Of<
  'CandidateSkipped',
  { readonly role: Role; readonly responderId: ResponderId; readonly round: number; readonly reason: Reason }
>
type CandidateDeferred = Of<
  'CandidateDeferred',
  {
    readonly role: Role
    readonly responderId: ResponderId
    readonly until: Instant
    readonly reason: Extract<Reason, 'QuietHours'>
  }
>
type PageRequested = Of<
  'PageRequested',
  MessageTarget &
    Planned & { readonly role: Role; readonly round: number; readonly reason: Reason; readonly bundleId: string }
>
/** A channel that was planned is gone or refused by now, or would ring in quiet hours: the next one is tried at once. */
type ChannelSkipped = Of<
  'ChannelSkipped',
  {
    readonly role: Role
    readonly responderId: ResponderId
    readonly channelId: string
    readonly reason: Extract<Reason, 'NoVerifiedChannel' | 'ChannelRefused' | 'QuietHours'>
  }
>
type AttemptEnded = Of<
  'AttemptEnded',
  { readonly role: Role; readonly responderId: ResponderId; readonly reason: Reason }
>
type SeatAcknowledged = Of<
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
type SeatDeclined = Of<
  'SeatDeclined',
  { readonly role: Role; readonly responderId: ResponderId; readonly note: string | null }
>
type SeatHandedOver = Of<
  'SeatHandedOver',
  { readonly role: Role; readonly responderId: ResponderId; readonly to: ResponderId; readonly note: string | null }
>
type SeatEscalated = Of<
  'SeatEscalated',
  { readonly role: Role; readonly responderId: ResponderId; readonly note: string | null }
>
type SeatExhausted = Of<
  'SeatExhausted',
  {
    readonly role: Role
    readonly round: number
    readonly resumesAt: Instant
    readonly reason: Extract<Reason, 'Exhausted'>
  }
>
type RoundStarted = Of<
  'RoundStarted',
  { readonly role: Role; readonly round: number; readonly reason: Extract<Reason, 'NewRound'> }
>
type CheckInRequested = Of<
  'CheckInRequested',
  MessageTarget & Planned & { readonly role: Role; readonly bundleId: string }
>
/** The holder's quiet hours hold at this severity: asked when they end. */
type CheckInPutOff = Of<
  'CheckInPutOff',
  {
    readonly role: Role
    readonly responderId: ResponderId
    readonly until: Instant
    readonly reason: Extract<Reason, 'QuietHours'>
  }
>
/** One window passed without a sign of life, or the holder has no working channel: the search starts again. */
type CheckInMissed = Of<
  'CheckInMissed',
  { readonly role: Role; readonly responderId: ResponderId; readonly reason: Extract<Reason, 'CheckInUnanswered'> }
>
type CheckInAnswered = Of<'CheckInAnswered', { readonly role: Role; readonly responderId: ResponderId }>

/** Who is called for a seat, and who takes it. */
export type SeatEvent =
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

import type { DataCategory, ResponderId, Role } from '../directory/directory.ts'
import type { PrincipalText } from '../findings/principal.ts'
import type { IncidentSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { MessageKind, NoticeAbout, StageAnchor, StageStatus } from './event-parts.ts'
import type { Reason } from './reasons.ts'

/** One message asked for on one channel, within an attempt. */
export interface Call {
  readonly effectId: string
  readonly channelId: string
  readonly requestedAt: Instant
  readonly outcome: 'pending' | 'sent' | 'failed'
}

/** The effort to reach one person over their channels in order, within one window. */
export interface Attempt {
  readonly responderId: ResponderId
  readonly reason: Reason
  /** Null until a provider has accepted a message: only then does the window run. */
  readonly windowStartsAt: Instant | null
  readonly calls: readonly Call[]
  /** The channels that follow, in order. */
  readonly channelsLeft: readonly string[]
}

/** The search for a holder of one seat. */
export interface Engagement {
  readonly round: number
  /** Tried or skipped in this round: nobody is called twice in one. */
  readonly tried: readonly ResponderId[]
  /** Who said in this round that they will not take it. */
  readonly declined: readonly ResponderId[]
  readonly open: readonly Attempt[]
  /** Whoever the seat was handed to: called before anybody else. */
  readonly handedTo: ResponderId | null
  /** Between rounds, until then. */
  readonly pausedUntil: Instant | null
  /** The next candidate's quiet hours hold until then. */
  readonly deferred: { readonly responderId: ResponderId; readonly until: Instant } | null
}

export interface Seat {
  readonly role: Role
  readonly ackWithinSeconds: number
  readonly checkInAfterSeconds: number
  readonly holder: ResponderId | null
  /** The holder does not have the role: people who have it are still called. */
  readonly acting: boolean
  /** The holder did not answer the last check-in: others are called, the holder stays until replaced. */
  readonly silent: boolean
  /** Everybody was tried and nobody took the seat, until somebody does. */
  readonly exhausted: boolean
  /** Null while the seat is taken and nobody needs to be called. */
  readonly engagement: Engagement | null
  /** When the next sign of life is asked for; null while nobody holds the seat. */
  readonly checkInDueAt: Instant | null
  readonly checkIn: Attempt | null
}

/** One duty of a clock, with its own deadline. */
export interface Stage {
  readonly id: string
  readonly status: StageStatus
  readonly anchor: StageAnchor
  readonly dueAt: Instant | null
  readonly safeDueAt: Instant | null
  /** How many warnings are behind: 1 = start, 2 = 50 %, … 5 = 100 %, then one an hour. */
  readonly warned: number
  /** The fingerprint of the latest submission, by which a repeat of it is known; null before the first. */
  readonly lastSubmission: string | null
}

/** An obligation running on this incident for one legal entity in one role. */
export interface Clock {
  readonly id: string
  readonly obligationId: string
  readonly entityId: string
  readonly role: 'controller' | 'processor' | 'joint'
  readonly status: 'provisional' | 'confirmed' | 'not-notifiable' | 'withdrawn'
  readonly stages: readonly Stage[]
}

/** A message about clocks of the last hour: who was told, where, and how many warnings each stage had behind it before. */
export interface ClockMessage {
  readonly effectId: string
  readonly responderId: ResponderId
  readonly channelId: string
  readonly requestedAt: Instant
  readonly failed: boolean
  readonly before: readonly { readonly clockId: string; readonly stageId: string; readonly warned: number }[]
}

/** What people recorded about the data concerned; it widens the profiles of the incident's accounts. */
export interface RecordedFacts {
  readonly dataCategories: readonly DataCategory[]
  /** At most 50. */
  readonly residents: readonly string[]
  /** Facts by any other name, at most 100: the fingerprint of each one's latest value, which the record has. */
  readonly other: Readonly<Record<string, string>>
}

/** A message that was asked for and of which no outcome is known yet. */
export interface UnsettledEffect {
  readonly kind: MessageKind
  readonly responderId: ResponderId
  readonly channelId: string
  /** The channel's kind, which names its queue. */
  readonly channel: string
  readonly roles: readonly Role[]
  /** What a notice is about; null for other kinds. */
  readonly about: NoticeAbout | null
  readonly queuedTimes: number
  /** When it is put into its queue again. */
  readonly queueAgainAt: Instant
}

/** An incident that this one has taken over, itself or by way of another. */
export interface Absorbed {
  readonly id: string
  /** Its commits up to this one are taken over. */
  readonly upTo: number
  /** Of what was taken over; null for one that came by way of another. */
  readonly print: string | null
  /** The incident that had absorbed it before; null where it was this one. */
  readonly via: string | null
}

interface Common {
  readonly id: string
  readonly sequence: number
  readonly title: string
  /** Who gave it its title; null where that is a finding's. */
  readonly declaredBy: ResponderId | null
  readonly severity: IncidentSeverity
  readonly groupHash: string
  readonly episode: number
  readonly openedAt: Instant
  /** When the first finding reached Muster. */
  readonly signalReceivedAt: Instant
  /** When the finding says it happened; null for a declared incident. */
  readonly occurredAt: Instant | null
  /** Recorded by a person, never by Muster. */
  readonly awarenessAt: Instant | null
  readonly accounts: readonly string[]
  /** AWS principals named by findings, as they name them: their owners are neither candidates nor called. At most 50. */
  readonly principals: readonly PrincipalText[]
  readonly findingCount: number
  /** The last new finding; a group's window counts from it. */
  readonly lastJoinAt: Instant
  readonly seats: readonly Seat[]
  readonly clocks: readonly Clock[]
  readonly facts: RecordedFacts
  /** The messages about clocks of the last hour, oldest first; at most 8. */
  readonly clockMessages: readonly ClockMessage[]
  /** A warning is due and waits until then. */
  readonly clockDeferredUntil: Instant | null
  /** Channels that a provider refused for good: `responder/channel`. */
  readonly refusedChannels: readonly string[]
  /** The incident that this one lives on in; null while it stands for itself. */
  readonly mergedInto: string | null
  /** At most 50. */
  readonly absorbed: readonly Absorbed[]
  /** Incidents that are shown together with this one. At most 50. */
  readonly linked: readonly string[]
  readonly unsettled: Readonly<Record<string, UnsettledEffect>>
  /** The instant of the last commit: the next one is never before it. */
  readonly lastCommitAt: Instant
}

export interface OpenIncident extends Common {
  readonly status: 'open'
}

export interface ClosedIncident extends Common {
  readonly status: 'closed'
  readonly closedAt: Instant
  readonly closedBy: ResponderId
}

/** One incident as its commits make it. A union on `status`. */
export type IncidentState = OpenIncident | ClosedIncident

export function seatOf(state: Pick<IncidentState, 'seats'>, role: Role): Seat | undefined {
  return state.seats.find((seat) => seat.role === role)
}

export type SeatStatus = 'engaging' | 'taken' | 'exhausted'

/** What people see: a seat whose holder is acting or silent is still being called for; an acting one is never empty. */
export function seatStatus(seat: Seat): SeatStatus {
  if (seat.exhausted && !seat.acting) return 'exhausted'
  return seat.holder !== null && seat.engagement === null ? 'taken' : 'engaging'
}

export function channelRefused(state: IncidentState, responderId: ResponderId, channelId: string): boolean {
  return state.refusedChannels.includes(`${responderId}/${channelId}`)
}

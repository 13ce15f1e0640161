import type { DataCategory, ResponderId, Role } from '../directory/directory.ts'
import type { FindingState } from '../findings/finding.ts'
import type { IncidentSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { ClockEvent } from './clock-events.ts'
import type { Of, RecordedFinding } from './event-parts.ts'
import type { MergingEvent } from './merging-events.ts'
import type { MessageEvent } from './message-events.ts'
import type { SeatEvent } from './seat-events.ts'

type IncidentOpened = Of<
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
type FindingJoined = Of<'FindingJoined', RecordedFinding>
type FindingUpdated = Of<'FindingUpdated', RecordedFinding & { readonly state: FindingState }>
type IncidentReopened = Of<'IncidentReopened', { readonly findingKey: string }>
/** The pace of the new severity, for seats that are open already. */
interface NewPace {
  readonly seats?: readonly {
    readonly role: Role
    readonly ackWithinSeconds: number
    readonly checkInAfterSeconds: number
  }[]
}
type SeverityRaised = Of<
  'SeverityRaised',
  NewPace & {
    readonly from: IncidentSeverity
    readonly to: IncidentSeverity
    readonly note: string | null
    /** Of the finding that it rose by, at most 200 characters; missing where the incident keeps its title. */
    readonly title?: string
  }
>
type SeverityLowered = Of<
  'SeverityLowered',
  NewPace & {
    readonly from: IncidentSeverity
    readonly to: IncidentSeverity
    readonly responderId: ResponderId
    readonly note: string
  }
>
type IncidentClosed = Of<'IncidentClosed', { readonly responderId: ResponderId; readonly note: string }>
type FactsRecorded = Of<
  'FactsRecorded',
  {
    readonly responderId: ResponderId
    readonly dataCategories: readonly DataCategory[]
    readonly residents: readonly string[]
    /** Facts by any other name, as recorded: JSON values. */
    readonly other?: Readonly<Record<string, unknown>>
  }
>

/** Everything that an incident's record can say. */
export type IncidentEvent =
  | IncidentOpened
  | FindingJoined
  | FindingUpdated
  | IncidentReopened
  | SeverityRaised
  | SeverityLowered
  | IncidentClosed
  | FactsRecorded
  | SeatEvent
  | MessageEvent
  | ClockEvent
  | MergingEvent

export type EventType = IncidentEvent['type']
export type EventOf<Type extends EventType> = Extract<IncidentEvent, { readonly type: Type }>

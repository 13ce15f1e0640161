import type { EventType } from '../core/incident/events.ts'
import { REASONS, type Reason } from '../core/incident/reasons.ts'
import type { Instant } from '../core/time/instant.ts'
import type { StoredCommit } from './rows/commit-row.ts'

/** One event of an incident's record. */
export interface TimelineRow {
  /** Of its commit: events of one commit share it. */
  readonly sequence: number
  readonly at: Instant
  /** A responder's id, or `muster`. */
  readonly actor: string
  readonly type: EventType
  /** Of the closed list; null where the event carries none. */
  readonly reason: Reason | null
  /** As recorded. Legal text is never in it: only the hash of its note. */
  readonly data: Readonly<Record<string, unknown>>
  /** The commit's, which chains it to the one before. */
  readonly hash: string
}

const CODES: ReadonlySet<unknown> = new Set(REASONS)

/** The record as rows, in order: the timeline is the record. */
export function timelineOf(commits: readonly StoredCommit[]): TimelineRow[] {
  return commits.flatMap(({ sequence, at, actor, events, hash }) =>
    events.map(({ type, data }) => ({
      sequence,
      at,
      actor,
      type,
      reason: reasonOf(type, data),
      data: { ...data },
      hash,
    })),
  )
}

/** Decisions that have one reason only carry it by their name. */
const ALWAYS: Partial<Readonly<Record<EventType, Reason>>> = {
  SeatDeclined: 'Declined',
  SeatEscalated: 'EscalatedByHand',
  SeatHandedOver: 'HandedOver',
  SeverityRaised: 'SeverityRaised',
  IncidentClosed: 'Closed',
  IncidentAbsorbed: 'Merged',
  IncidentMerged: 'Merged',
}

function reasonOf(type: EventType, data: object): Reason | null {
  const reason = 'reason' in data ? data.reason : null
  return CODES.has(reason) ? (reason as Reason) : (ALWAYS[type] ?? null)
}

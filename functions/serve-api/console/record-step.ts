import type { StoredCommit } from '../../../shared/app/rows/commit-row.ts'
import type { MessageTarget } from '../../../shared/core/incident/event-parts.ts'
import type { IncidentEvent } from '../../../shared/core/incident/events.ts'
import type { Instant } from '../../../shared/core/time/instant.ts'

/** One event of an incident's record, with when and by whom. */
export interface RecordStep {
  readonly sequence: number
  readonly at: Instant
  readonly actor: string
  readonly event: IncidentEvent
}

/** The events of commits in order. */
export function stepsOf(commits: readonly Pick<StoredCommit, 'sequence' | 'at' | 'actor' | 'events'>[]): RecordStep[] {
  return commits.flatMap(({ sequence, at, actor, events }) => events.map((event) => ({ sequence, at, actor, event })))
}

/** Where a message of this event goes; null for events that ask for none. */
export function targetOf(event: IncidentEvent): MessageTarget | null {
  switch (event.type) {
    case 'PageRequested':
    case 'CheckInRequested':
    case 'NoticeRequested':
    case 'ClockWarned':
      return event.data
    default:
      return null
  }
}

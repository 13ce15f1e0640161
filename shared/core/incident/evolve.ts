import type { CommitMeta } from './draft.ts'
import type { IncidentEvent } from './events.ts'
import { evolveClocks } from './evolve-clocks.ts'
import { evolveIncident, openIncident } from './evolve-incident.ts'
import { evolveMerging } from './evolve-merging.ts'
import { evolveMessages } from './evolve-messages.ts'
import { evolveSeats, noteHolderActed } from './evolve-seats.ts'
import type { IncidentState } from './state.ts'

/**
 * The state after one more event. Types that it does not know change nothing, so that a record written by a later
 * version still opens.
 * @throws Error when the first event is not `IncidentOpened`.
 */
export function evolve(state: IncidentState | null, event: IncidentEvent, meta: CommitMeta): IncidentState {
  if (state === null) return openIncident(event, meta)
  const steps = [evolveIncident, evolveMerging, evolveSeats, evolveMessages, evolveClocks, noteHolderActed]
  const next = steps.reduce((before, step) => step(before, event, meta), state)
  return { ...next, sequence: meta.sequence, lastCommitAt: meta.at }
}

import { wakeAt } from '../core/decide.ts'
import { restsSince } from '../core/retention/rests-since.ts'
import { type Instant, latest } from '../core/time/instant.ts'
import type { Table } from '../ports/table.ts'
import { loadIncident } from './load-incident.ts'

/** A longer chain of merged incidents is not followed. */
const MOST_MERGES = 10

/**
 * Since when an incident has been at rest, with the one that it lives on in if it was merged; null while it is not, or
 * where there is none.
 * @throws PermanentFault when its record is broken.
 */
export async function incidentRest(table: Table, incidentId: string): Promise<Instant | null> {
  let rest: Instant | null = null
  let id = incidentId
  for (let merges = 0; merges <= MOST_MERGES; merges += 1) {
    const { state } = await loadIncident(table, id)
    const own = state && restsSince(state, wakeAt(state))
    if (own === null) return null
    rest = latest(rest, own)
    const next = state?.mergedInto ?? null
    if (next === null) return rest
    id = next
  }
  return null
}

import { LeastRecentlyUsed } from './least-recently-used.ts'
import type { LoadedIncident } from './load-incident.ts'

/** An incident as this process left it with its last commit. Perhaps out of date: then its next commit meets another. */
export interface RecalledIncident {
  readonly loaded: LoadedIncident
  /** When it was read from the table, by this memory's own count. */
  readonly readAt: number
  /** When it was kept, in real milliseconds. */
  readonly keptAtMs: number
}

/** Further commits would make it cheaper to read the incident anew, since its head has moved on meanwhile. */
const MOST_COMMITS = 16
const MOST_INCIDENTS = 8
/** Somebody else has most likely done something to it by then, and a try in vain costs a write. */
const GOOD_FOR_MS = 2000

/** The incidents that one process is recording findings on, so that it need not read each before each of its commits. */
export class IncidentMemory {
  readonly #recalled = new LeastRecentlyUsed<RecalledIncident>({ entries: MOST_INCIDENTS, weight: MOST_INCIDENTS })
  #count = 0

  /** The count by now: what is read from the table from here on is newer than all that was kept before. */
  now(): number {
    return this.#count
  }

  /** Gives it away: who takes it keeps it again if it proves right. Null where nothing recent is known. */
  take(incidentId: string, nowMs: number): RecalledIncident | null {
    const recalled = this.#recalled.get(incidentId)
    this.#recalled.delete(incidentId)
    return recalled !== undefined && nowMs - recalled.keptAtMs <= GOOD_FOR_MS ? recalled : null
  }

  /** @param readAt null where it was read from the table right now. */
  keep(loaded: LoadedIncident, readAt: number | null, nowMs: number): void {
    if (loaded.commits.length > MOST_COMMITS) return
    this.#recalled.set(loaded.incidentId, { loaded, readAt: readAt ?? ++this.#count, keptAtMs: nowMs }, 1)
  }
}

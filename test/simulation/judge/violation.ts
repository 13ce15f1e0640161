import { fold } from '../../../shared/app/load-incident.ts'
import type { StoredCommit } from '../../../shared/app/rows/commit-row.ts'
import type { IncidentEvent } from '../../../shared/core/incident/events.ts'
import type { IncidentState } from '../../../shared/core/incident/state.ts'
import type { SeenCommit } from '../world/evidence.ts'
import type { Played } from '../world/simulate.ts'

/** What must hold, each by a name that a failing seed prints. */
export type Invariant =
  | 'accepted finding is recorded'
  | 'an answered act is recorded'
  | 'nobody is passed over early'
  | 'one incident a group'
  | 'seat is taken, called or calling again'
  | 'no page after the acknowledgement'
  | 'nobody absent is called'
  | 'no needless page'
  | 'one accepted message an effect'
  | 'every stage warned'
  | 'what came back is decided'
  | 'heads equal folds'
  | 'hash chains hold'
  | 'no mark left'
  | 'no overdue wake'
  | 'no unsettled effect'
  | 'a cause is committed once'
  | 'the first page is prompt'
  | 'wakes are prompt'
  | 'within bounds'
  | 'no stuck wake'
  | 'nothing is lost by merging'
  | 'a merged incident is silent'

export interface Violation {
  readonly invariant: Invariant
  readonly incidentId: string | null
  readonly detail: string
}

/** One incident's record as it was stored, with the state after each commit. */
export interface Record {
  readonly incidentId: string
  readonly commits: readonly SeenCommit[]
  readonly states: readonly IncidentState[]
}

/** What every check is given. */
export interface Case {
  readonly played: Played
  readonly records: ReadonlyMap<string, Record>
}

export function caseOf(played: Played): Case {
  const records = new Map<string, Record>()
  for (const [incidentId, commits] of played.evidence.commits) {
    let state: IncidentState | null = null
    const states = commits.map(({ commit }) => {
      state = fold(state, [commit])
      if (state === null) throw new Error(`no state after ${incidentId} ${commit.sequence}`)
      return state
    })
    records.set(incidentId, { incidentId, commits, states })
  }
  return { played, records }
}

/** How many commits had been stored when `order` things had taken effect. */
export function commitsBy({ commits }: Record, order: number): number {
  let count = 0
  while (count < commits.length && (commits[count]?.order ?? 0) <= order) count += 1
  return count
}

export function eventsOf({ commits }: Record): { event: IncidentEvent; commit: StoredCommit; seen: SeenCommit }[] {
  return commits.flatMap((seen) => seen.commit.events.map((event) => ({ event, commit: seen.commit, seen })))
}

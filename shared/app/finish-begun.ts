import type { EventOf, IncidentEvent } from '../core/incident/events.ts'
import type { Table } from '../ports/table.ts'
import type { Dependencies } from './dependencies.ts'
import { finishMerge } from './finish-merge.ts'
import { finishSplit } from './finish-split.ts'
import type { LoadedIncident } from './load-incident.ts'
import { readCommit, type StoredCommit } from './rows/commit-row.ts'
import { commitKey } from './rows/keys.ts'

export type FinishingDependencies = Pick<
  Dependencies,
  'table' | 'real' | 'random' | 'directory' | 'obligations' | 'time'
>

/**
 * What two incidents need is two commits: here the second one is made, as something that follows from the first like its
 * rows. The first keeps its mark until then, so that whatever dies in between comes back to it.
 * @throws whatever kept the second commit from being made.
 */
export async function finishBegun(
  deps: FinishingDependencies,
  { incidentId, state }: LoadedIncident,
  marked: readonly StoredCommit[],
): Promise<void> {
  const concernsOthers = state !== null && (state.absorbed.length > 0 || state.linked.length > 0)
  if (!concernsOthers) return
  for (const event of marked.flatMap(({ events }) => events)) await finish(deps, incidentId, event)
}

/**
 * The commits that still have their mark.
 * @param behind sequences with a mark that the head has passed.
 */
export async function markedCommits(
  table: Table,
  { incidentId, commits }: LoadedIncident,
  behind: readonly number[],
): Promise<StoredCommit[]> {
  const passed = await Promise.all(behind.map((sequence) => table.get('incidents', commitKey(incidentId, sequence))))
  return [...passed.flatMap((item) => (item === null ? [] : [readCommit(item)])), ...commits.filter(hasMark)]
}

function hasMark({ marked }: StoredCommit): boolean {
  return marked
}

async function finish(deps: FinishingDependencies, incidentId: string, event: IncidentEvent): Promise<void> {
  const now = deps.time.now()
  if (event.type === 'IncidentAbsorbed') await finishMerge(deps, incidentId, event.data, now)
  if (isSplit(event)) await finishSplit(deps, incidentId, event.data.splitFrom, now)
}

type Split = EventOf<'IncidentOpened'> & {
  readonly data: { readonly splitFrom: NonNullable<EventOf<'IncidentOpened'>['data']['splitFrom']> }
}

function isSplit(event: IncidentEvent): event is Split {
  return event.type === 'IncidentOpened' && event.data.splitFrom !== undefined
}

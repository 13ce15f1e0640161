import type { Dependencies } from './dependencies.ts'
import { type IncidentView, incidentView } from './incident-view.ts'
import { fold, loadHistory, loadIncident } from './load-incident.ts'
import { type TimelineRow, timelineOf } from './timeline-view.ts'

/** One incident with everything that was tried, from its whole record; null when there is none. */
export async function readIncident(
  { table, directory, obligations }: Pick<Dependencies, 'table' | 'directory' | 'obligations'>,
  incidentId: string,
): Promise<IncidentView | null> {
  const [commits, current] = await Promise.all([loadHistory(table, incidentId), directory.current()])
  const state = fold(null, commits)
  return state === null ? null : incidentView(state, commits, current.directory, obligations)
}

/**
 * The record of one incident; null when there is none.
 * @param after only what follows this sequence.
 */
export async function readTimeline(
  { table }: Pick<Dependencies, 'table'>,
  incidentId: string,
  after = 0,
): Promise<TimelineRow[] | null> {
  const commits = await loadHistory(table, incidentId, after + 1)
  const isKnown = commits.length > 0 || (after > 0 && (await loadIncident(table, incidentId)).state !== null)
  return isKnown ? timelineOf(commits) : null
}

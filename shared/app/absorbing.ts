import type { AbsorbIncident, ClockHistory } from '../core/incident/merging-commands.ts'
import { clockViews } from './clock-views.ts'
import type { Dependencies } from './dependencies.ts'
import { loadWhole, type WholeIncident } from './findings-on-record.ts'
import type { StoredCommit } from './rows/commit-row.ts'

/** Who merges an incident, and why. */
export interface MergedBy {
  readonly incidentId: string
  readonly responderId: string
  readonly note: string
}

/** The command that takes over an incident as its record has it now; null where there is none. */
export async function absorbing(
  deps: Pick<Dependencies, 'table' | 'obligations'>,
  into: string,
  { incidentId, responderId, note }: MergedBy,
): Promise<AbsorbIncident | null> {
  const [theirs, ours] = await Promise.all([loadWhole(deps.table, incidentId), loadWhole(deps.table, into)])
  if (theirs === null) return null
  const newFindings = [...theirs.findings.keys()].filter((key) => !ours?.findings.has(key)).length
  const clocks = clockHistories(theirs, deps.obligations)
  return { type: 'AbsorbIncident', from: theirs.state, newFindings, clocks, responderId, note }
}

function clockHistories(
  { state, commits }: WholeIncident,
  obligations: Dependencies['obligations'],
): readonly ClockHistory[] {
  return clockViews(state.clocks, commits, obligations).map(({ id, stages }) => ({
    clockId: id,
    obligationVersion: versionOf(commits, id),
    stages: stages.map(({ id: stageId, steps, submissions }) => ({ id: stageId, steps, submissions })),
  }))
}

function versionOf(commits: readonly StoredCommit[], clockId: string): number {
  for (const { type, data } of commits.flatMap(({ events }) => events)) {
    if ((type === 'ClockStarted' || type === 'ClockCarried') && data.clockId === clockId) return data.obligationVersion
  }
  return 1
}

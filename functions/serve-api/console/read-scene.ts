import { clockViews } from '../../../shared/app/clock-views.ts'
import type { Dependencies } from '../../../shared/app/dependencies.ts'
import { listIncidents } from '../../../shared/app/incident-list.ts'
import { loadHistory, loadIncident } from '../../../shared/app/load-incident.ts'
import { readCallsForNew, readNextCalls } from '../../../shared/app/read-next-calls.ts'
import { sha256 } from '../../../shared/app/rows/keys.ts'
import type { IncidentState } from '../../../shared/core/incident/state.ts'
import type { Instant } from '../../../shared/core/time/instant.ts'
import { namingOf } from './naming.ts'
import { stepsOf } from './record-step.ts'
import type { IncidentScene, LocalMessage, Scene } from './scene.ts'

export type SceneDependencies = Pick<Dependencies, 'table' | 'real' | 'directory' | 'time' | 'obligations'> & {
  /** The local outbox, by time; missing where messages really leave. */
  readonly messages?: () => readonly LocalMessage[]
}

const OPEN_SHOWN = 20
const CLOSED_SHOWN = 10

/** What there is to show, cheaply: states, but no records yet. */
export interface Glance {
  readonly now: Instant
  /** The same while nothing that the screen shows has changed. */
  readonly tag: string
  readonly open: readonly IncidentState[]
  readonly closed: readonly IncidentState[]
  readonly isMore: boolean
}

/** One look: a strong read for each incident that the list names. */
export async function glance(deps: SceneDependencies): Promise<Glance> {
  const now = deps.time.now()
  const [open, closed, directory] = await Promise.all([
    listIncidents(deps, { status: 'open', limit: OPEN_SHOWN, cursor: null }),
    listIncidents(deps, { status: 'closed', limit: CLOSED_SHOWN, cursor: null }),
    deps.directory.current(),
  ])
  const ids = [...(open?.incidents ?? []), ...(closed?.incidents ?? [])].map(({ id }) => id)
  const loaded = await Promise.all([...new Set(ids)].map((id) => loadIncident(deps.table, id)))
  const states = loaded.flatMap(({ state }) => (state === null ? [] : [state]))
  // Who would be called changes with time alone (a shift, an absence): looked at again every minute.
  const drawnFrom = [
    now.slice(0, 16),
    directory.id,
    deps.messages?.().length,
    ...states.map(({ id, sequence }) => [id, sequence]),
  ]
  return {
    now,
    tag: `"${sha256(JSON.stringify(drawnFrom)).slice(0, 32)}"`,
    open: states.filter(({ status }) => status === 'open'),
    closed: states.filter(({ status }) => status === 'closed'),
    isMore: Boolean(open?.cursor ?? closed?.cursor),
  }
}

/** Everything that the screen says, read from the records of what was seen at a glance. */
export async function readScene(deps: SceneDependencies, seen: Glance, origin: string): Promise<Scene> {
  const { directory } = await deps.directory.current()
  const [open, closed, callsForNew] = await Promise.all([
    Promise.all(seen.open.map((state) => readIncidentScene(deps, state))),
    Promise.all(seen.closed.map((state) => readIncidentScene(deps, state))),
    seen.open.length === 0 ? readCallsForNew(deps, { severity: 'SEV1', accountId: null }) : null,
  ])
  const naming = namingOf(directory, deps.obligations)
  const messages = deps.messages?.() ?? null
  return { origin, now: seen.now, naming, open, closed, isMore: seen.isMore, callsForNew: callsForNew ?? [], messages }
}

async function readIncidentScene(deps: SceneDependencies, state: IncidentState): Promise<IncidentScene> {
  const [commits, next] = await Promise.all([loadHistory(deps.table, state.id), readNextCalls(deps, state.id)])
  // Of the state's own moment, so that the parts agree even while more is being committed.
  const upTo = commits.filter(({ sequence }) => sequence <= state.sequence)
  return { state, steps: stepsOf(upTo), clocks: clockViews(state.clocks, upTo, deps.obligations), next: next ?? [] }
}

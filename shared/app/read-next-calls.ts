import type { Directory } from '../core/directory/directory.ts'
import type { IncidentSeverity } from '../core/severity/severity.ts'
import type { Dependencies } from './dependencies.ts'
import { holdersElsewhere } from './held-seats.ts'
import { loadIncident } from './load-incident.ts'
import { callsForNew, type NextCall, nextCalls } from './next-calls.ts'

type Deps = Pick<Dependencies, 'table' | 'directory' | 'time'>

/** Who would be called next for each seat of an incident; null when there is none. */
export async function readNextCalls(deps: Deps, incidentId: string): Promise<NextCall[] | null> {
  const [{ state }, { directory }] = await Promise.all([loadIncident(deps.table, incidentId), deps.directory.current()])
  if (state === null) return null
  return withHolders(deps, incidentId, (busy) => nextCalls(state, directory, deps.time.now(), busy))
}

/** Who would be called if an incident opened now; null when no policy covers the severity. */
export async function readCallsForNew(
  deps: Deps,
  incident: { readonly severity: IncidentSeverity; readonly accountId: string | null },
): Promise<NextCall[] | null> {
  const { directory } = await deps.directory.current()
  if (!hasPolicy(directory, incident.severity)) return null
  return withHolders(deps, '', (busy) => callsForNew(directory, incident, deps.time.now(), busy))
}

function hasPolicy({ policies }: Directory, severity: IncidentSeverity): boolean {
  return policies.some((policy) => policy.severity === severity)
}

/** As a decision does: if somebody who would be called is busy elsewhere, it is asked again knowing all who are. */
async function withHolders(
  deps: Deps,
  incidentId: string,
  ask: (busy: ReadonlySet<string>) => NextCall[],
): Promise<NextCall[]> {
  const calls = ask(new Set())
  const named = calls.flatMap(({ next }) => (next === null ? [] : [next.responderId]))
  if (named.length === 0) return calls
  const busy = await holdersElsewhere(deps.table, incidentId)
  return named.some((responderId) => busy.has(responderId)) ? ask(busy) : calls
}

import type { Table } from '../ports/table.ts'
import type { Answered } from './ask-incident.ts'
import { type LoadedIncident, loadIncident } from './load-incident.ts'

/** Each step leads to a lower id, so that no chain comes back to itself; a longer one than this was never made. */
const MOST_STEPS = 50

/** The incident as it lives on by now, by way of whatever it was merged into: itself where it was not. */
export async function loadSurvivor(table: Table, incidentId: string): Promise<LoadedIncident> {
  const way = await loadWay(table, incidentId)
  return way[way.length - 1] as LoadedIncident
}

/** The incident, what it was merged into, and so on, up to the one that lives. */
export async function loadWay(table: Table, incidentId: string): Promise<LoadedIncident[]> {
  const way = [await loadIncident(table, incidentId)]
  for (let next = nextOf(way); next !== null && way.length <= MOST_STEPS; next = nextOf(way)) {
    way.push(await loadIncident(table, next))
  }
  return way
}

function nextOf(way: readonly LoadedIncident[]): string | null {
  return way.at(-1)?.state?.mergedInto ?? null
}

/** Asks an incident, and where it was merged, the one that it lives on in. */
export async function askSurvivor<Answer>(
  incidentId: string,
  ask: (incidentId: string) => Promise<Answered<Answer>>,
): Promise<Answered<Answer>> {
  let answered = await ask(incidentId)
  for (let step = 0; step < MOST_STEPS && !answered.ok && answered.reason === 'Merged'; step += 1) {
    answered = await ask(answered.into)
  }
  return answered
}

import type { IncidentState } from '../core/incident/state.ts'
import type { IndexRow } from '../ports/table.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { type IncidentFacts, incidentFacts, type SeatSummary, seatSummary } from './incident-view.ts'
import { loadIncident } from './load-incident.ts'
import { newestRows } from './newest-rows.ts'
import { readHead } from './rows/head-row.ts'
import { shardsOf } from './rows/keys.ts'

type Status = IncidentState['status']

/** The nearest deadline that still counts; null where none does. */
type NextDeadline = { readonly clockId: string; readonly stageId: string; readonly safeDueAt: string } | null

export interface ListedIncident extends IncidentFacts {
  readonly seats: readonly SeatSummary[]
  readonly clocks: readonly { readonly id: string; readonly obligationId: string; readonly status: string }[]
  readonly nextDeadline: NextDeadline
}

export interface IncidentPage {
  readonly incidents: readonly ListedIncident[]
  /** Where the next page begins; null on the last one. */
  readonly cursor: string | null
}

export interface ListRequest {
  /** Null: both. */
  readonly status: Status | null
  /** At most 100. */
  readonly limit: number
  readonly cursor: string | null
}

/**
 * Incidents by opening, newest first. Index rows are hints: what has another status by now, or is not there, is left
 * out, so that a page may be shorter than its limit. Null for a cursor that this list never gave.
 */
export async function listIncidents(
  deps: Pick<Dependencies, 'table' | 'real'>,
  { status, limit, cursor }: ListRequest,
): Promise<IncidentPage | null> {
  const partitions = (status === null ? (['open', 'closed'] as const) : [status]).flatMap((one) => shardsOf(one))
  const page = await newestRows(deps, { table: 'incidents', partitions, isRow: isHeadRow }, limit, cursor)
  return page && { incidents: await readHeads(deps, page.rows, status), cursor: page.cursor }
}

function isHeadRow({ pk, sk }: IndexRow): boolean {
  return /^INC#[\w-]{1,64}$/.test(pk) && sk === 'HEAD'
}

async function readHeads(deps: Pick<Dependencies, 'table' | 'real'>, rows: readonly IndexRow[], status: Status | null) {
  const heads = await batchRead(
    deps,
    rows.map(({ pk, sk }) => ({ table: 'incidents', key: { pk, sk } })),
  )
  const listed = new Map<string, ListedIncident>()
  for (const row of rows) {
    const item = heads.get(keyText(row))
    const state = item && (readHead(item)?.state ?? (await loadIncident(deps.table, row.pk.slice('INC#'.length))).state)
    if (state && (status === null || state.status === status)) listed.set(state.id, asListed(state))
  }
  return [...listed.values()]
}

function asListed(state: IncidentState): ListedIncident {
  const clocks = state.clocks.map(({ id, obligationId, status }) => ({ id, obligationId, status }))
  return { ...incidentFacts(state), seats: state.seats.map(seatSummary), clocks, nextDeadline: nextDeadline(state) }
}

function nextDeadline({ clocks, mergedInto }: IncidentState): NextDeadline {
  if (mergedInto !== null) return null
  const counting = clocks
    .filter(({ status }) => status === 'provisional' || status === 'confirmed')
    .flatMap(({ id: clockId, stages }) =>
      stages.flatMap(({ id: stageId, status, safeDueAt }) =>
        safeDueAt !== null && (status === 'running' || status === 'missed') ? [{ clockId, stageId, safeDueAt }] : [],
      ),
    )
  return counting.sort((a, b) => a.safeDueAt.localeCompare(b.safeDueAt))[0] ?? null
}

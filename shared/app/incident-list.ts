import type { IncidentState } from '../core/incident/state.ts'
import type { IndexRow } from '../ports/table.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { type IncidentFacts, incidentFacts, type SeatSummary, seatSummary } from './incident-view.ts'
import { loadIncident } from './load-incident.ts'
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

/** How far each part of the index was read: the last row of it that a page had. */
type Progress = Readonly<Record<string, IndexRow>>

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
  const progress = cursor === null ? {} : readCursor(cursor, partitions)
  if (progress === null) return null
  const pages = await Promise.all(partitions.map((pk) => pageOf(deps, pk, limit, progress[pk])))
  const rows = pages.flatMap((page) => page.rows).sort(newestFirst)
  const taken = rows.slice(0, limit)
  const isMore = rows.length > limit || pages.some(({ next }) => next !== null)
  const incidents = await readHeads(
    deps,
    taken.map(({ row }) => row),
    status,
  )
  return { incidents, cursor: isMore ? writeCursor(progress, taken) : null }
}

interface Placed {
  readonly partition: string
  readonly row: IndexRow
}

async function pageOf({ table }: Pick<Dependencies, 'table'>, pk: string, limit: number, after: IndexRow | undefined) {
  const query = { pk, limit, descending: true, ...(after === undefined ? {} : { after }) }
  const { rows, next } = await table.queryIndex('incidents', 'list', query)
  return { rows: rows.map((row): Placed => ({ partition: pk, row })), next }
}

/** Of the same instant, rows of one partition keep the index's own order: how far a page came is told by its last row. */
function newestFirst({ row: a }: Placed, { row: b }: Placed): number {
  if (a.at === b.at) return 0
  return a.at < b.at ? 1 : -1
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

function nextDeadline({ clocks }: IncidentState): NextDeadline {
  const counting = clocks
    .filter(({ status }) => status === 'provisional' || status === 'confirmed')
    .flatMap(({ id: clockId, stages }) =>
      stages.flatMap(({ id: stageId, status, safeDueAt }) =>
        safeDueAt !== null && (status === 'running' || status === 'missed') ? [{ clockId, stageId, safeDueAt }] : [],
      ),
    )
  return counting.sort((a, b) => a.safeDueAt.localeCompare(b.safeDueAt))[0] ?? null
}

function writeCursor(before: Progress, taken: readonly Placed[]): string {
  const progress = { ...before, ...Object.fromEntries(taken.map(({ partition, row }) => [partition, row])) }
  const packed = Object.entries(progress).map(([partition, { pk, sk, at }]) => [partition, pk, sk, at])
  return Buffer.from(JSON.stringify(packed)).toString('base64url')
}

function readCursor(cursor: string, partitions: readonly string[]): Progress | null {
  try {
    const packed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(packed) || packed.length === 0) return null
    const entries = packed.map((entry): [string, IndexRow] | null => {
      const isRow = Array.isArray(entry) && entry.length === 4 && entry.every((part) => typeof part === 'string')
      const [partition = '', pk = '', sk = '', at = ''] = isRow ? entry : []
      return partitions.includes(partition) && isHeadRow({ pk, sk, at }) ? [partition, { pk, sk, at }] : null
    })
    return entries.includes(null) ? null : Object.fromEntries(entries.filter((entry) => entry !== null))
  } catch {
    return null
  }
}

/** A store refuses to go on from keys that cannot be: whoever invents some is told so, and it is no fault. */
function isHeadRow({ pk, sk, at }: IndexRow): boolean {
  return /^INC#[\w-]{1,64}$/.test(pk) && sk === 'HEAD' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at)
}

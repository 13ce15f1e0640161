import type { IndexRow, TableName } from '../ports/table.ts'
import type { Dependencies } from './dependencies.ts'

/** A list that is kept in several partitions of the index `list`. */
export interface PartedList {
  readonly table: TableName
  readonly partitions: readonly string[]
  /** Whether an index row can be of this list: cursors come from outside. */
  readonly isRow: (row: IndexRow) => boolean
}

export interface RowsPage {
  readonly rows: readonly IndexRow[]
  /** Where the next page begins; null on the last one. */
  readonly cursor: string | null
}

/** How far each partition was read: the last row of it that a page had. */
type Progress = Readonly<Record<string, IndexRow>>

interface Placed {
  readonly partition: string
  readonly row: IndexRow
}

/** The newest rows of a list, newest first. Null for a cursor that this list never gave. */
export async function newestRows(
  deps: Pick<Dependencies, 'table'>,
  list: PartedList,
  limit: number,
  cursor: string | null,
): Promise<RowsPage | null> {
  const progress = cursor === null ? {} : readCursor(cursor, list)
  if (progress === null) return null
  const pages = await Promise.all(list.partitions.map((pk) => pageOf(deps, list.table, pk, limit, progress[pk])))
  const rows = pages.flatMap((page) => page.rows).sort(newestFirst)
  const taken = rows.slice(0, limit)
  const isMore = rows.length > limit || pages.some(({ next }) => next !== null)
  return { rows: taken.map(({ row }) => row), cursor: isMore ? writeCursor(progress, taken) : null }
}

async function pageOf(
  { table }: Pick<Dependencies, 'table'>,
  name: TableName,
  pk: string,
  limit: number,
  after: IndexRow | undefined,
) {
  const query = { pk, limit, descending: true, ...(after === undefined ? {} : { after }) }
  const { rows, next } = await table.queryIndex(name, 'list', query)
  return { rows: rows.map((row): Placed => ({ partition: pk, row })), next }
}

/** Of the same instant, rows of one partition keep the index's own order: how far a page came is told by its last row. */
function newestFirst({ row: a }: Placed, { row: b }: Placed): number {
  if (a.at === b.at) return 0
  return a.at < b.at ? 1 : -1
}

function writeCursor(before: Progress, taken: readonly Placed[]): string {
  const progress = { ...before, ...Object.fromEntries(taken.map(({ partition, row }) => [partition, row])) }
  const packed = Object.entries(progress).map(([partition, { pk, sk, at }]) => [partition, pk, sk, at])
  return Buffer.from(JSON.stringify(packed)).toString('base64url')
}

/** A store refuses to go on from keys that cannot be: whoever invents some is told so, and it is no fault. */
function readCursor(cursor: string, { partitions, isRow }: PartedList): Progress | null {
  try {
    const packed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(packed) || packed.length === 0) return null
    const entries = packed.map((entry): [string, IndexRow] | null => {
      const hasForm = Array.isArray(entry) && entry.length === 4 && entry.every((part) => typeof part === 'string')
      const [partition = '', pk = '', sk = '', at = ''] = hasForm ? entry : []
      const isIts = partitions.includes(partition) && isInstant(at) && isRow({ pk, sk, at })
      return isIts ? [partition, { pk, sk, at }] : null
    })
    return entries.includes(null) ? null : Object.fromEntries(entries.filter((entry) => entry !== null))
  } catch {
    return null
  }
}

function isInstant(at: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at)
}

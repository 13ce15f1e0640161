import type { Key } from '../../ports/table.ts'
import { checkKey, checkKeyText, PAGE_BYTES, refuse } from './item-limits.ts'
import { compareUtf8, firstIndex } from './ordered-rows.ts'

const PAGE_ITEMS = 1000

interface PageBounds {
  readonly from?: string
  readonly until?: string
  readonly limit?: number
}
interface Bounds extends PageBounds {
  readonly pk: string
}

/** Refuses the questions that DynamoDB refuses. */
export function checkBounds(query: Bounds, after: string | undefined): void {
  checkKeyText('pk', query.pk)
  for (const bound of [query.from, query.until, after]) {
    if (bound !== undefined) checkKeyText('bound', bound)
  }
  checkLimit(query.limit)
  if (query.from !== undefined && query.until !== undefined && compareUtf8(query.from, query.until) > 0) {
    refuse('the lower bound is above the upper one')
  }
  if (after !== undefined && !within(query, after)) refuse('the position to continue after is outside the bounds')
}

export function checkScan(limit: number | undefined, after: Key | undefined): void {
  checkLimit(limit)
  if (after !== undefined) checkKey(after)
}

function checkLimit(limit = PAGE_ITEMS): void {
  if (!Number.isInteger(limit) || limit < 1) refuse(`a page of ${limit} items`)
}

function within(query: PageBounds, text: string): boolean {
  if (query.from !== undefined && compareUtf8(text, query.from) < 0) return false
  return query.until === undefined || compareUtf8(text, query.until) <= 0
}

export interface Reading<Row> {
  /** The text that the bounds are about. */
  readonly textOf: (row: Row) => string
  /** Where a row stands to the one to continue after; null to read from the start. */
  readonly toAfter: ((row: Row) => number) | null
  readonly bytesOf: (row: Row) => number
}

/**
 * One page of rows that are in order. It ends at the limit or at 1 MB; `next` is its last row then. As in DynamoDB, a
 * page that is just full has a `next` although nothing may follow.
 */
export function readPage<Row>(
  rows: readonly Row[],
  query: PageBounds & { readonly descending?: boolean },
  reading: Reading<Row>,
): { rows: readonly Row[]; next: Row | null } {
  const [low, high] = boundsOf(rows, query, reading)
  const inOrder = rows.slice(low, Math.max(low, high))
  if (query.descending) inOrder.reverse()
  return firstPage(inOrder, query.limit, reading.bytesOf)
}

function boundsOf<Row>(
  rows: readonly Row[],
  query: PageBounds & { readonly descending?: boolean },
  { textOf, toAfter }: Reading<Row>,
): [number, number] {
  const { from, until, descending } = query
  const low = from === undefined ? 0 : firstIndex(rows, (row) => compareUtf8(textOf(row), from) >= 0)
  const high = until === undefined ? rows.length : firstIndex(rows, (row) => compareUtf8(textOf(row), until) > 0)
  if (toAfter === null) return [low, high]
  if (descending) return [low, firstIndex(rows, (row) => toAfter(row) >= 0)]
  return [firstIndex(rows, (row) => toAfter(row) > 0), high]
}

function firstPage<Row>(
  rows: readonly Row[],
  limit: number | undefined,
  bytesOf: (row: Row) => number,
): { rows: readonly Row[]; next: Row | null } {
  const most = Math.min(limit ?? PAGE_ITEMS, PAGE_ITEMS)
  let bytes = 0
  let count = 0
  for (const row of rows) {
    bytes += bytesOf(row)
    if (count === most || (count > 0 && bytes > PAGE_BYTES)) break
    count += 1
  }
  const page = rows.slice(0, count)
  return { rows: page, next: count === most || count < rows.length ? (page.at(-1) ?? null) : null }
}

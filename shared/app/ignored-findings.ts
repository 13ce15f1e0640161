import type { IgnoredReason } from '../core/findings/finding.ts'
import type { FindingSummary } from '../core/findings/summary.ts'
import type { Instant } from '../core/time/instant.ts'
import type { IndexRow, Item } from '../ports/table.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { newestRows, type PartedList } from './newest-rows.ts'
import { type HeldBy, readFinding } from './rows/finding-row.ts'
import { shardsOf } from './rows/keys.ts'

/** A finding that does not page, as lists have it. */
export interface IgnoredFinding
  extends Pick<
    FindingSummary,
    | 'findingId'
    | 'source'
    | 'type'
    | 'severity'
    | 'title'
    | 'accountId'
    | 'region'
    | 'resources'
    | 'firstSeenAt'
    | 'lastSeenAt'
  > {
  readonly key: string
  readonly incidentId: string | null
  readonly reason: IgnoredReason
  /** The rule that held it back, as it read then; null where none did. */
  readonly heldBy: HeldBy | null
  readonly recordedAt: Instant
}

export interface IgnoredPage {
  readonly findings: readonly IgnoredFinding[]
  /** Where the next page begins; null on the last one. */
  readonly cursor: string | null
}

const LIST: PartedList = { table: 'findings', partitions: shardsOf('ignored'), isRow: isFindingRow }
/** Where few have the reason that is asked for, so many pages are looked through for one answer. */
const MOST_PAGES = 10

/**
 * Findings that do not page, by when that was recorded, newest first. Index rows are hints: what pages by now is left
 * out, so that a page may be shorter than its limit. Null for a cursor that this list never gave.
 * @param reason only those; null: all.
 */
export async function listIgnored(
  deps: Pick<Dependencies, 'table' | 'real'>,
  {
    reason,
    limit,
    cursor,
  }: { readonly reason: IgnoredReason | null; readonly limit: number; readonly cursor: string | null },
): Promise<IgnoredPage | null> {
  const findings: IgnoredFinding[] = []
  let after = cursor
  for (let looked = 0; looked < MOST_PAGES; looked += 1) {
    const page = await newestRows(deps, LIST, limit - findings.length, after)
    if (page === null) return null
    const read = await readAll(deps, page.rows)
    findings.push(...read.filter((one) => reason === null || one.reason === reason))
    after = page.cursor
    if (after === null || findings.length === limit) break
  }
  return { findings, cursor: after }
}

async function readAll(
  deps: Pick<Dependencies, 'table' | 'real'>,
  rows: readonly IndexRow[],
): Promise<IgnoredFinding[]> {
  const items = await batchRead(
    deps,
    rows.map(({ pk, sk }) => ({ table: 'findings', key: { pk, sk } })),
  )
  return rows.flatMap((row) => asListed(items.get(keyText(row))) ?? [])
}

function asListed(item: Item | undefined): IgnoredFinding | null {
  const known = item === undefined ? null : readFinding(item)
  if (known === null || known.ignoredReason === null || typeof item?.listAt !== 'string') return null
  const { key, findingId, source, type, severity, title, accountId, region, resources, firstSeenAt, lastSeenAt } =
    known.finding
  return {
    ...{ key, findingId, source, type, severity, title, accountId, region, resources, firstSeenAt, lastSeenAt },
    incidentId: known.incidentId,
    reason: known.ignoredReason,
    heldBy: known.heldBy ?? null,
    recordedAt: item.listAt,
  }
}

function isFindingRow({ pk, sk }: IndexRow): boolean {
  return /^F#[0-9a-f]{40}$/.test(pk) && sk === 'F'
}

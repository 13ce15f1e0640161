import { type Instant, plusSeconds, secondsBetween } from '../core/time/instant.ts'
import type { IndexRow, Table } from '../ports/table.ts'
import { dispatchCommits } from './dispatch-commits.ts'
import { heartbeatKey, shardsOf } from './rows/keys.ts'

/** Wakes due within this time are handed out now: the next tick may be late. */
const HANDED_OUT_AHEAD_SECONDS = 120
const PAGE = 100
const MOST_PAGES = 20

type Deps = Parameters<typeof dispatchCommits>[0]

export interface TickReport {
  readonly wakes: number
  readonly dispatched: number
  /** Incidents whose dispatch failed this time; the next tick tries again. */
  readonly failed: readonly string[]
  /** How long ago the oldest commit that was still marked should have been dispatched; 0 when none was. */
  readonly oldestUndispatchedSeconds: number
  /** How long the most overdue wake has been due; 0 when none is. */
  readonly oldestOverdueWakeSeconds: number
}

/**
 * Hands out the wakes that are due soon and dispatches what was left behind: the sign of life that everything lost on
 * its way comes back by. Index rows are hints; whoever follows one reads the item.
 */
export async function tick(deps: Deps): Promise<TickReport> {
  const now = deps.time.now()
  await deps.table.put('incidents', { ...heartbeatKey, at: now })
  const rows = await dueRows(deps.table, plusSeconds(now, HANDED_OUT_AHEAD_SECONDS))
  const heads = rows.filter(({ sk }) => sk === 'HEAD')
  const marks = rows.filter(({ sk, at }) => sk !== 'HEAD' && at <= now)
  if (heads.length > 0) await deps.queues.sendWakes(heads.map(({ pk, at }) => ({ incidentId: idOf(pk), wakeAt: at })))
  const behind = groupByIncident(marks)
  const failed = await dispatchEach(deps, behind)
  return {
    wakes: heads.length,
    dispatched: behind.size - failed.length,
    failed,
    oldestUndispatchedSeconds: oldestSeconds(marks, now),
    oldestOverdueWakeSeconds: oldestSeconds(heads, now),
  }
}

function oldestSeconds(rows: readonly IndexRow[], now: Instant): number {
  return rows.reduce((oldest, { at }) => Math.max(oldest, secondsBetween(at, now)), 0)
}

async function dueRows(table: Table, until: Instant): Promise<IndexRow[]> {
  const shards = await Promise.all(shardsOf('due').map((pk) => dueInShard(table, pk, until)))
  return shards.flat()
}

async function dueInShard(table: Table, pk: string, until: Instant): Promise<IndexRow[]> {
  const rows: IndexRow[] = []
  let after: IndexRow | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { pk, until, limit: PAGE, ...(after === null ? {} : { after }) }
    const answer = await table.queryIndex('incidents', 'due', query)
    rows.push(...answer.rows)
    after = answer.next
    if (after === null) break
  }
  return rows
}

function groupByIncident(marks: readonly IndexRow[]): Map<string, number[]> {
  const byIncident = new Map<string, number[]>()
  for (const { pk, sk } of marks) {
    const id = idOf(pk)
    byIncident.set(id, [...(byIncident.get(id) ?? []), Number(sk.slice('C#'.length))])
  }
  return byIncident
}

async function dispatchEach(deps: Deps, behind: ReadonlyMap<string, readonly number[]>): Promise<string[]> {
  const failed: string[] = []
  for (const [incidentId, sequences] of behind) {
    try {
      await dispatchCommits(deps, incidentId, sequences)
    } catch {
      failed.push(incidentId)
      deps.alarms.raise('DispatchFailed', { incidentId })
    }
  }
  return failed
}

function idOf(pk: string): string {
  return pk.slice('INC#'.length)
}

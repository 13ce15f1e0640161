import { judgeRow, judgeWithIncident } from '../core/retention/judge-row.ts'
import type { SweptKind } from '../core/retention/retention.ts'
import type { Instant } from '../core/time/instant.ts'
import { PermanentFault, TransientFault } from '../ports/faults.ts'
import type { Item, Table, TableName } from '../ports/table.ts'
import type { Dependencies } from './dependencies.ts'
import { incidentRest } from './incident-rest.ts'
import { beginWalk, isDue, readWalks, type Walks, writeWalks } from './rows/retention-walk-row.ts'
import { type SweptItem, sweptItem } from './rows/swept-row.ts'

/** How much one run does at most; the next goes on from there. */
export interface SweepLimits {
  readonly itemsAPage: number
  readonly pagesATable: number
  /** Real time, looked at before each page. */
  readonly workMs: number
}

const HOURLY: SweepLimits = { itemsAPage: 500, pagesATable: 20, workMs: 30_000 }
/** The findings first: most of what goes lies there. */
const TABLES: readonly TableName[] = ['findings', 'incidents']

export interface SweepReport {
  readonly pages: number
  readonly deleted: Readonly<Partial<Record<SweptKind, number>>>
  /** Rows that changed after they were read: kept, and judged again by the next walk. */
  readonly changed: number
  /** Rows that cannot be read, and incidents of rows that cannot: what they speak of is kept. */
  readonly unclear: number
  /** Why it ended early; what was done before is kept, and the next run goes on after it. */
  readonly interrupted: TransientFault | null
}

type Deps = Pick<Dependencies, 'table' | 'time' | 'real'>
type Tally = { -readonly [name in keyof SweepReport]: SweepReport[name] } & {
  deleted: Partial<Record<SweptKind, number>>
}

/** One run over the rows, and what it has learned of their incidents. */
interface Run {
  readonly table: Table
  readonly now: Instant
  readonly stopMs: number
  readonly rests: Map<string, Instant | null>
  readonly tally: Tally
}

/**
 * Deletes what has reached its end, a bounded number of pages at a time. Each table is walked once a day; where a walk
 * stands is written after each page.
 */
export async function sweepRetention(deps: Deps, limits: SweepLimits = HOURLY): Promise<SweepReport> {
  const tally: Tally = { pages: 0, deleted: {}, changed: 0, unclear: 0, interrupted: null }
  const { table, time, real } = deps
  const run: Run = { table, now: time.now(), stopMs: real.nowMs() + limits.workMs, rests: new Map(), tally }
  try {
    let walks = await readWalks(table)
    for (const name of TABLES) walks = await goOn(deps, run, name, walks, limits)
  } catch (fault) {
    if (!(fault instanceof TransientFault)) throw fault
    tally.interrupted = fault
  }
  return tally
}

async function goOn({ real }: Deps, run: Run, name: TableName, before: Walks, limits: SweepLimits): Promise<Walks> {
  let walks = isDue(before[name], run.now) ? { ...before, [name]: beginWalk(run.now) } : before
  for (let page = 0; page < limits.pagesATable; page += 1) {
    const walk = walks[name]
    if (walk === null || walk.isDone || real.nowMs() >= run.stopMs) break
    const after = walk.after === null ? {} : { after: walk.after }
    const { items, next } = await run.table.scanPage(name, { limit: limits.itemsAPage, ...after })
    // One after the other: the sweep is in no hurry, and a quarantined event goes before its parts.
    for (const item of items) await sweepItem(run, name, item)
    run.tally.pages += 1
    walks = { ...walks, [name]: { ...walk, after: next, isDone: next === null } }
    await writeWalks(run.table, walks, run.now)
  }
  return walks
}

async function sweepItem(run: Run, name: TableName, item: Item): Promise<void> {
  const swept = readable(run, name, item)
  if (swept === null || !(await isOver(run, swept))) return
  const { kind } = swept.row
  const { deleted } = run.tally
  if (await run.table.delete(name, item, swept.asJudged)) deleted[kind] = (deleted[kind] ?? 0) + 1
  else run.tally.changed += 1
}

function readable({ tally }: Run, name: TableName, item: Item): SweptItem | null {
  try {
    return sweptItem(name, item)
  } catch {
    tally.unclear += 1
    return null
  }
}

async function isOver(run: Run, { row }: SweptItem): Promise<boolean> {
  const verdict = judgeRow(row, run.now)
  if (verdict !== 'ask-incident' || row.incidentId === null) return verdict === 'delete'
  return judgeWithIncident(row.kind, await restOf(run, row.incidentId), run.now) === 'delete'
}

async function restOf({ table, rests, tally }: Run, incidentId: string): Promise<Instant | null> {
  const known = rests.get(incidentId)
  if (known !== undefined) return known
  const rest = await incidentRest(table, incidentId).catch((fault: unknown) => {
    if (!(fault instanceof PermanentFault)) throw fault
    tally.unclear += 1
    return null
  })
  rests.set(incidentId, rest)
  return rest
}

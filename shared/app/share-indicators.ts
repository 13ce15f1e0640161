import type { FindingSummary } from '../core/findings/summary.ts'
import { type Instant, plusSeconds } from '../core/time/instant.ts'
import type { Item, Table } from '../ports/table.ts'
import type { CommandDependencies } from './ask-incident.ts'
import { linkIncidents } from './link-incidents.ts'
import { putAll } from './put-all.ts'
import type { StoredCommit } from './rows/commit-row.ts'
import { indicatorPk, indicatorRow } from './rows/indicator-row.ts'

/** Of one dispatch: a storm names thousands, and each is a look of its own. */
const MOST_INDICATORS = 5
/** Incidents further apart than this share an address by chance. */
const TOGETHER_WITHIN_SECONDS = 7 * 24 * 3600
/** Of one indicator: the newest. What half the world has must not cost a look at all of it. */
const MOST_SHARED = 10
const MOST_READ = 100

/** A storm brings the same again and again: this process looks once an hour. */
const AGAIN_AFTER_SECONDS = 3600
const MOST_NOTED = 10_000
const NOTED = new WeakMap<Table, Map<string, Instant>>()

/**
 * Remembers what an incident's new findings have in common with the world (an address, a domain, a file), and shows it
 * together with incidents of other accounts that had the same within a week. Again changes nothing.
 */
export async function shareIndicators(
  deps: CommandDependencies,
  incidentId: string,
  commits: readonly StoredCommit[],
  now: Instant,
): Promise<void> {
  const noted = sharedBy(deps.table)
  const isDue = ({ pk, sk }: Item) => (noted.get(`${pk}|${sk}`) ?? '') <= plusSeconds(now, -AGAIN_AFTER_SECONDS)
  const rows = rowsOf(incidentId, commits, now).filter(isDue)
  if (rows.length === 0) return
  await putAll(deps, 'incidents', rows)
  const found = await Promise.all(rows.map((row) => othersWith(deps, row, now)))
  const shared = new Map<string, string[]>()
  for (const { other, indicator } of found.flat()) shared.set(other, [...(shared.get(other) ?? []), indicator])
  for (const [other, indicators] of shared) {
    await linkIncidents(deps, { incidentIds: [incidentId, other], indicators: [...new Set(indicators)] }, now)
  }
  if (noted.size > MOST_NOTED) noted.clear()
  for (const { pk, sk } of rows) noted.set(`${pk}|${sk}`, now)
}

/** When this process last shared an indicator of an incident. */
function sharedBy(table: Table): Map<string, Instant> {
  const noted = NOTED.get(table) ?? new Map<string, Instant>()
  NOTED.set(table, noted)
  return noted
}

function rowsOf(incidentId: string, commits: readonly StoredCommit[], now: Instant): Item[] {
  const events = commits.flatMap((commit) => commit.events)
  const joined = events.flatMap((event): FindingSummary[] =>
    event.type === 'FindingJoined' ? [event.data.finding] : [],
  )
  const rows = new Map<string, Item>()
  for (const { indicators = [], accountId } of joined) {
    for (const indicator of indicators) rows.set(indicator, indicatorRow(indicator, { incidentId, accountId, at: now }))
  }
  return [...rows.values()].slice(0, MOST_INDICATORS)
}

async function othersWith(
  { table }: CommandDependencies,
  row: Item,
  now: Instant,
): Promise<{ other: string; indicator: string }[]> {
  const indicator = String(row.indicator)
  const { items } = await table.query('incidents', { pk: indicatorPk(indicator), limit: MOST_READ })
  const since = plusSeconds(now, -TOGETHER_WITHIN_SECONDS)
  const others = items.filter(
    (item) => item.incidentId !== row.incidentId && item.accountId !== row.accountId && String(item.at) >= since,
  )
  const newest = others.sort((a, b) => (String(a.at) < String(b.at) ? 1 : -1)).slice(0, MOST_SHARED)
  return newest.map((item) => ({ other: String(item.incidentId), indicator }))
}

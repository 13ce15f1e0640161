import { incidentOfEffect } from '../../core/incident/effect-id.ts'
import type { SweptRow } from '../../core/retention/judge-row.ts'
import { latest } from '../../core/time/instant.ts'
import type { Condition, Item, TableName } from '../../ports/table.ts'
import { readFinding } from './finding-row.ts'

export interface SweptItem {
  readonly row: SweptRow
  /** What was judged: the item may only go while it still says so. Empty for one that never changes. */
  readonly asJudged: readonly Condition[]
}

/** How each family of rows is read; what is not named here is never deleted. */
const FAMILIES: Readonly<
  Record<TableName, readonly (readonly [keys: RegExp, read: (item: Item) => SweptItem | null])[]>
> = {
  findings: [
    [/^Q#\d{4}-\d{2}-\d{2}#\d+\|/, quarantined],
    [/^F#[^|]+\|F$/, finding],
  ],
  incidents: [
    [/^FX#[^|]+\|FX$/, claim],
    [/^FX#[^|]+\|R#/, receipt],
    [/^CAUSE#[^|]+\|A$/, answer],
    [/^CODE#[^|]+\|P$/, replyCode],
    [/^PERSON#[^|]+\|INC#/, seat],
    [/^IND#[^|]+\|INC#/, indicator],
  ],
}

/**
 * What a row says of its own end; null for one that is kept: the record, and whatever lacks an instant to count from.
 * @throws SyntaxError when a finding's text is no JSON.
 */
export function sweptItem(table: TableName, item: Item): SweptItem | null {
  const keys = `${item.pk}|${item.sk}`
  const family = FAMILIES[table].find(([pattern]) => pattern.test(keys))
  return family === undefined ? null : family[1](item)
}

/** Its instant is in its key, that of the parts of a long one too. */
function quarantined(item: Item): SweptItem | null {
  return swept(item, { kind: 'quarantine', lastAt: item.sk.split('#')[0] ?? null, incidentId: null }, [])
}

function finding(item: Item): SweptItem | null {
  const known = readFinding(item)
  if (known === null) return awaitedSignal(item)
  const { finding: seen, versions, incidentId } = known
  const updates = Object.values(versions).map(({ updatedAt }) => updatedAt)
  const lastAt = latest(seen.lastSeenAt, ...updates, textOf(item, 'listAt'))
  if (incidentId !== null) return swept(item, { kind: 'incident-finding', lastAt, incidentId }, ['revision'])
  return swept(item, { kind: 'ignored-finding', lastAt, incidentId }, ['revision', 'listAt'])
}

/** An ignored finding may take its place at the same revision: its instant counts. */
function awaitedSignal(item: Item): SweptItem | null {
  const row: SweptRow = { kind: 'awaited-signal', lastAt: textOf(item, 'at'), incidentId: null }
  return swept(item, row, ['revision', 'absorber', 'at'])
}

/** One without an answer may still be somebody's: it is kept. */
function claim(item: Item): SweptItem | null {
  return sweptOfIncident(item, { kind: 'claim', lastAt: null, incidentId: incidentOfFx(item) }, ['takeover', 'answer'])
}

function receipt(item: Item): SweptItem | null {
  const lastAt = textOf(item, 'receivedAt')
  return sweptOfIncident(item, { kind: 'receipt', lastAt, incidentId: incidentOfFx(item) }, ['receivedAt'])
}

function answer(item: Item): SweptItem | null {
  const row: SweptRow = { kind: 'answer', lastAt: textOf(item, 'at'), incidentId: textOf(item, 'incidentId') }
  return swept(item, row, [row.incidentId === null ? 'at' : 'sequence'])
}

function replyCode(item: Item): SweptItem | null {
  const row: SweptRow = { kind: 'reply-code', lastAt: textOf(item, 'at'), incidentId: null }
  return swept(item, row, ['at', 'incidentId', 'role'])
}

function indicator(item: Item): SweptItem | null {
  return swept(item, { kind: 'indicator', lastAt: textOf(item, 'at'), incidentId: null }, ['at'])
}

/** Only one that nobody holds any more: those that are held are in the index. */
function seat(item: Item): SweptItem | null {
  if (item.listPk !== undefined) return null
  return sweptOfIncident(item, { kind: 'let-go-seat', lastAt: null, incidentId: item.sk.split('#')[1] ?? null }, [
    'sequence',
  ])
}

function sweptOfIncident(item: Item, row: SweptRow, judged: readonly string[]): SweptItem | null {
  return row.incidentId === null ? null : swept(item, row, judged)
}

/** @param judged attributes that change whenever the row is written; without one of them it is no row of ours. */
function swept(item: Item, row: SweptRow, judged: readonly string[]): SweptItem | null {
  const asJudged: Condition[] = []
  for (const attribute of judged) {
    const value = item[attribute]
    if (value === undefined) return null
    asJudged.push({ kind: 'equal', attribute, value })
  }
  return { row, asJudged }
}

function incidentOfFx({ pk }: Item): string | null {
  return incidentOfEffect(pk.slice('FX#'.length))
}

function textOf(item: Item, attribute: string): string | null {
  const value = item[attribute]
  return typeof value === 'string' ? value : null
}

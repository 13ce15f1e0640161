import { epochMs, type Instant, instantOf, plusSeconds } from '../core/time/instant.ts'
import type { Item, Key } from '../ports/table.ts'
import type { Dependencies } from './dependencies.ts'
import { quarantinedText } from './quarantined-text.ts'
import { SHARDS, sha256 } from './rows/keys.ts'

/** One refused finding of a quarantined event, and where its fault is. */
export interface QuarantineError {
  readonly findingId: string | null
  /** Where in the event; empty for the whole. */
  readonly path: string
  readonly expected: string
}

/** An event that fits no schema, in part or as a whole. */
export interface Quarantined {
  readonly id: string
  readonly at: Instant
  /** Of the first error. */
  readonly reason: string
  /** At most 50. */
  readonly errors: readonly QuarantineError[]
  readonly eventBytes: number
  /** As it came, or as JSON text where it is nested too deep; null in lists where it is longer than 16 KB. */
  readonly event: unknown
  /** When it was last tried again; null where it never was. */
  readonly triedAt: Instant | null
  /** When all of it was taken in at last; null while it is open. */
  readonly settledAt: Instant | null
  /** What became of its findings then, at most 50; null while it is open. */
  readonly results: readonly SettledResult[] | null
}

/** What became of a finding whose event was in quarantine. */
export interface SettledResult {
  readonly findingId: string | null
  readonly outcome: string
  readonly incidentId: string | null
}

type Deps = Pick<Dependencies, 'table' | 'random' | 'alarms'>

/** A code point takes at most four bytes: 300 KB an item, where the table allows 400. */
const PART_LENGTH = 75_000
const MOST_ERRORS = 50
const MOST_RESULTS = 50
const LISTED_EVENT_BYTES = 16 * 1024
/** `q-`, when it came in milliseconds, and a random part. */
export const QUARANTINE_ID = /^q-([0-9a-z]{6,10})-[0-9a-f]{12}$/
/** The list looks back this far. */
export const LISTED_DAYS = 30

/**
 * Keeps an event that could not be read, whole, and raises an alarm. Parts of a long one are written before the item
 * that names them.
 * @returns the quarantine id.
 */
export async function quarantine(
  { table, random, alarms }: Deps,
  event: unknown,
  errors: readonly QuarantineError[],
  at: Instant,
): Promise<string> {
  const id = `q-${epochMs(at).toString(36)}-${sha256(random.id()).slice(0, 12)}`
  const text = quarantinedText(event)
  const [first = '', ...more] = text.match(new RegExp(`[\\s\\S]{1,${PART_LENGTH}}`, 'gu')) ?? []
  const key = keyOf(id, at)
  for (const [index, body] of more.entries()) await table.put('findings', { ...partKey(key, index + 1), body })
  const kept = errorsText(errors)
  const bytes = Buffer.byteLength(text, 'utf8')
  await table.put('findings', { ...key, id, at, errors: kept, bytes, parts: more.length + 1, body: first })
  alarms.raise('Quarantined', { quarantineId: id })
  return id
}

/** What still does not fit, when it is tried again: its reason may be another one by now. */
export async function keepInQuarantine(
  { table }: Pick<Dependencies, 'table'>,
  { id, at }: Pick<Quarantined, 'id' | 'at'>,
  errors: readonly QuarantineError[],
  now: Instant,
): Promise<void> {
  await table.update('findings', keyOf(id, at), { set: { errors: errorsText(errors), triedAt: now } })
}

/** Notes that all of it was taken in. */
export async function settleQuarantined(
  { table }: Pick<Dependencies, 'table'>,
  { id, at }: Pick<Quarantined, 'id' | 'at'>,
  results: readonly SettledResult[],
  now: Instant,
): Promise<void> {
  const kept = results
    .slice(0, MOST_RESULTS)
    .map(({ findingId, outcome, incidentId }): SettledResult => ({ findingId, outcome, incidentId }))
  const set = { settledAt: now, triedAt: now, results: JSON.stringify(kept) }
  await table.update('findings', keyOf(id, at), { set })
}

function errorsText(errors: readonly QuarantineError[]): string {
  return JSON.stringify(errors.slice(0, MOST_ERRORS))
}

export type QuarantineStatus = 'open' | 'settled'

/**
 * The newest quarantined events of the last 30 days, newest first.
 * @param status only those; null: all.
 * @param before only those older than the one of this id; null: from now on back. An id of another form finds nothing.
 */
export async function listQuarantine(
  { table, time }: Pick<Dependencies, 'table' | 'time'>,
  limit: number,
  status: QuarantineStatus | null = null,
  before: string | null = null,
): Promise<Quarantined[]> {
  const end = before === null ? '~' : (keyOfId(before)?.sk ?? '')
  const isMeant = ({ sk, settledAt }: Item) =>
    sk < end && (status === null || (settledAt === undefined) === (status === 'open'))
  const found: Item[] = []
  for (let day = 0; day < LISTED_DAYS && found.length < limit; day += 1) {
    const at = plusSeconds(time.now(), -day * 24 * 3600)
    if (at.slice(0, 10) > end) continue
    const shards = shardsOfDay(at)
    const pages = await Promise.all(shards.map((pk) => newestOf(table, pk, limit, isMeant)))
    found.push(...pages.flat().sort((a, b) => (a.sk < b.sk ? 1 : -1)))
  }
  return found.slice(0, limit).map((item) => asListed(item))
}

/** One quarantined event with its whole text; null when there is none of this id. */
export async function readQuarantine({ table }: Pick<Dependencies, 'table'>, id: string): Promise<Quarantined | null> {
  const key = keyOfId(id)
  if (key === null) return null
  const item = await table.get('findings', key)
  if (item === null) return null
  const numbers = Array.from({ length: Number(item.parts) - 1 }, (_, index) => index + 1)
  const parts = await Promise.all(numbers.map((number) => table.get('findings', partKey(key, number))))
  const text = [item, ...parts].map((part) => String(part?.body ?? '')).join('')
  return { ...withoutEvent(item), event: JSON.parse(text) }
}

async function newestOf(
  table: Dependencies['table'],
  pk: string,
  limit: number,
  isMeant: (item: Item) => boolean,
): Promise<Item[]> {
  const heads: Item[] = []
  let after: string | null = null
  do {
    const page: { items: readonly Item[]; next: string | null } = await table.query('findings', {
      pk,
      descending: true,
      limit,
      ...(after === null ? {} : { after }),
    })
    heads.push(...page.items.filter((item) => typeof item.parts === 'number' && isMeant(item)))
    after = page.next
  } while (after !== null && heads.length < limit)
  return heads.slice(0, limit)
}

function asListed(item: Item): Quarantined {
  const isShort = Number(item.bytes) <= LISTED_EVENT_BYTES
  return { ...withoutEvent(item), event: isShort ? JSON.parse(String(item.body)) : null }
}

function withoutEvent({ id, at, errors, bytes, triedAt, settledAt, results }: Item): Omit<Quarantined, 'event'> {
  const read = JSON.parse(String(errors)) as QuarantineError[]
  return {
    ...{ id: String(id), at: String(at), reason: reasonOf(read[0]), errors: read, eventBytes: Number(bytes) },
    triedAt: triedAt === undefined ? null : String(triedAt),
    settledAt: settledAt === undefined ? null : String(settledAt),
    results: results === undefined ? null : (JSON.parse(String(results)) as SettledResult[]),
  }
}

/** What was expected, and where. */
export function reasonOf(error: QuarantineError | undefined): string {
  return `${error?.path || 'the event'}: expected ${error?.expected ?? 'a finding'}`
}

function keyOf(id: string, at: Instant): Key {
  const shard = Number.parseInt(sha256(id).slice(0, 4), 16) % SHARDS
  return { pk: shardsOfDay(at)[shard] ?? '', sk: `${at}#${id}` }
}

/** Null for an id of another form. */
function keyOfId(id: string): Key | null {
  const [, ms] = QUARANTINE_ID.exec(id) ?? []
  return ms === undefined ? null : keyOf(id, instantOf(Number.parseInt(ms, 36)))
}

/** After its first part in the order of keys. */
function partKey({ pk, sk }: Key, number: number): Key {
  return { pk, sk: `${sk}#${String(number).padStart(3, '0')}` }
}

function shardsOfDay(at: Instant): string[] {
  return Array.from({ length: SHARDS }, (_, shard) => `Q#${at.slice(0, 10)}#${shard}`)
}

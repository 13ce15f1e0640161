import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { wakeAt } from '../../core/decide.ts'
import type { IncidentState } from '../../core/incident/state.ts'
import type { Instant } from '../../core/time/instant.ts'
import { PermanentFault } from '../../ports/faults.ts'
import type { Item } from '../../ports/table.ts'
import { LeastRecentlyUsed } from '../least-recently-used.ts'
import { bytesOf, canonical } from './commit-row.ts'
import { dueAttributes, headKey, listAttributes } from './keys.ts'

/** A head beyond this raises an alarm; it is written all the same. */
export const MOST_HEAD_BYTES = 64 * 1024

/** The shape of the saved state. A head of another shape is not trusted: its commits are folded from the start. */
const HEAD_FORMAT = 4

/** What a load starts from: the fold of all commits up to `sequence`. */
export interface Head {
  readonly sequence: number
  /** The hash of the commit at `sequence`. */
  readonly hash: string
  readonly state: IncidentState
  readonly wakeAt: Instant | null
}

/** What is asked of many heads, and of a head many times. */
export type Glance = Pick<IncidentState, 'severity' | 'status' | 'mergedInto'>

/**
 * The head's row: due at its wake, listed by status and opening, with what a glance tells. The state is deflated: it repeats itself a lot, a
 * write is billed by the kilobyte, and what a head must hold after hours without an answer stays small.
 */
export function headRow(state: IncidentState, hash: string): Item {
  const wake = wakeAt(state)
  const { text, plain } = canonical(state)
  const row: Item = {
    ...headKey(state.id),
    ...(wake === null ? {} : { ...dueAttributes(state.id, wake), wakeAt: wake }),
    ...listAttributes(state.status, state.id, state.openedAt),
    format: HEAD_FORMAT,
    sequence: state.sequence,
    severity: state.severity,
    status: state.status,
    ...(state.mergedInto === null ? {} : { mergedInto: state.mergedInto }),
    hash,
    body: deflateRawSync(text).toString('base64'),
  }
  if (plain !== null) WRITTEN.set(row, plain)
  return row
}

/** What reading a row would give, of rows that this process has made. */
const WRITTEN = new WeakMap<Item, IncidentState>()

/** Keeps the state of a head that this process has just stored, as `recallHead` would after reading it. */
export function rememberHead(row: Item): void {
  const state = WRITTEN.get(row)
  const body = String(row.body)
  if (state !== undefined) STATES.set(row.pk, { body, state }, body.length)
}

/**
 * Null when the head is of another format: its commits are to be folded from the start.
 * @throws PermanentFault when the row is no head.
 */
export function readHead(item: Item): Head | null {
  return headOf(item, inflated)
}

/** States that this process has read, by the head's row. In memory each takes many times its text, which is its weight. */
const STATES = new LeastRecentlyUsed<{ readonly body: string; readonly state: IncidentState }>({
  entries: 200,
  weight: 256 * 1024,
})

/** What `readHead` gives, though the same bytes are read once only: the same state is the same object. */
export function recallHead(item: Item): Head | null {
  return headOf(item, (body) => {
    const kept = STATES.get(item.pk)
    if (kept?.body === body) return kept.state
    const state = inflated(body)
    STATES.set(item.pk, { body, state }, body.length)
    return state
  })
}

function headOf(item: Item, stateOf: (body: string) => IncidentState): Head | null {
  const { body, hash, sequence } = item
  if (typeof body !== 'string' || typeof hash !== 'string' || typeof sequence !== 'number') {
    throw new PermanentFault(`${item.pk} ${item.sk} is no head`)
  }
  if (item.format !== HEAD_FORMAT) return null
  return { sequence, hash, state: stateOf(body), wakeAt: typeof item.wakeAt === 'string' ? item.wakeAt : null }
}

function inflated(body: string): IncidentState {
  return JSON.parse(inflateRawSync(Buffer.from(body, 'base64')).toString()) as IncidentState
}

/**
 * Severity, status and where the incident lives on, from the row's attributes; a head written before it had them is
 * read. Null when the head is of another format.
 * @throws PermanentFault when the row is no head.
 */
export function glanceAt(head: Item): Glance | null {
  const { severity, status, mergedInto = null } = head
  if (head.format !== HEAD_FORMAT || severity === undefined || status === undefined)
    return readHead(head)?.state ?? null
  return { severity, status, mergedInto } as Glance
}

export function isOversized(row: Item): boolean {
  return bytesOf(String(row.body)) > MOST_HEAD_BYTES
}

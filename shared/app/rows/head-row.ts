import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { wakeAt } from '../../core/decide.ts'
import type { IncidentState } from '../../core/incident/state.ts'
import type { Instant } from '../../core/time/instant.ts'
import { PermanentFault } from '../../ports/faults.ts'
import type { Item } from '../../ports/table.ts'
import { bytesOf, canonicalJson } from './commit-row.ts'
import { dueAttributes, headKey, listAttributes } from './keys.ts'

/** A head beyond this raises an alarm; it is written all the same. */
export const MOST_HEAD_BYTES = 64 * 1024

/** The shape of the saved state. A head of another shape is not trusted: its commits are folded from the start. */
const HEAD_FORMAT = 3

/** What a load starts from: the fold of all commits up to `sequence`. */
export interface Head {
  readonly sequence: number
  /** The hash of the commit at `sequence`. */
  readonly hash: string
  readonly state: IncidentState
  readonly wakeAt: Instant | null
}

/**
 * The head's row: due at its wake, listed by status and opening. The state is deflated: it repeats itself a lot, a
 * write is billed by the kilobyte, and what a head must hold after hours without an answer stays small.
 */
export function headRow(state: IncidentState, hash: string): Item {
  const wake = wakeAt(state)
  return {
    ...headKey(state.id),
    ...(wake === null ? {} : { ...dueAttributes(state.id, wake), wakeAt: wake }),
    ...listAttributes(state.status, state.id, state.openedAt),
    format: HEAD_FORMAT,
    sequence: state.sequence,
    hash,
    body: deflateRawSync(canonicalJson(state)).toString('base64'),
  }
}

/**
 * Null when the head is of another format: its commits are to be folded from the start.
 * @throws PermanentFault when the row is no head.
 */
export function readHead(item: Item): Head | null {
  if (typeof item.body !== 'string' || typeof item.hash !== 'string' || typeof item.sequence !== 'number') {
    throw new PermanentFault(`${item.pk} ${item.sk} is no head`)
  }
  if (item.format !== HEAD_FORMAT) return null
  const state = JSON.parse(inflateRawSync(Buffer.from(item.body, 'base64')).toString()) as IncidentState
  const wake = typeof item.wakeAt === 'string' ? item.wakeAt : null
  return { sequence: item.sequence, hash: item.hash, state, wakeAt: wake }
}

export function isOversized(row: Item): boolean {
  return bytesOf(String(row.body)) > MOST_HEAD_BYTES
}

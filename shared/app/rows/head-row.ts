import { wakeAt } from '../../core/decide.ts'
import { type PackedClock, packClock, unpackClock } from '../../core/incident/packed-clock.ts'
import type { IncidentState } from '../../core/incident/state.ts'
import type { Instant } from '../../core/time/instant.ts'
import { PermanentFault } from '../../ports/faults.ts'
import type { Item } from '../../ports/table.ts'
import { bytesOf, canonicalJson } from './commit-row.ts'
import { dueAttributes, headKey, listAttributes } from './keys.ts'

/** Beyond this a head sheds history. */
export const MOST_HEAD_BYTES = 64 * 1024

/** What a load starts from: the fold of all commits up to `sequence`. */
export interface Head {
  readonly sequence: number
  /** The hash of the commit at `sequence`. */
  readonly hash: string
  readonly state: IncidentState
  readonly wakeAt: Instant | null
}

/** Clocks are packed: many of them must fit. */
type Packed<State> = State extends unknown ? Omit<State, 'clocks'> & { readonly clocks: readonly PackedClock[] } : never
type StoredState = Packed<IncidentState>

/** The head's row: due at its wake, listed by status and opening. */
export function headRow(state: IncidentState, hash: string): Item {
  const wake = wakeAt(state)
  return {
    ...headKey(state.id),
    ...(wake === null ? {} : { ...dueAttributes(state.id, wake), wakeAt: wake }),
    ...listAttributes(state.status, state.id, state.openedAt),
    sequence: state.sequence,
    hash,
    body: canonicalJson({ ...state, clocks: state.clocks.map(packClock) }),
  }
}

/** @throws PermanentFault when the row is no head. */
export function readHead(item: Item): Head {
  if (typeof item.body !== 'string' || typeof item.hash !== 'string' || typeof item.sequence !== 'number') {
    throw new PermanentFault(`${item.pk} ${item.sk} is no head`)
  }
  const stored = JSON.parse(item.body) as StoredState
  const state: IncidentState = { ...stored, clocks: stored.clocks.map(unpackClock) }
  const wake = typeof item.wakeAt === 'string' ? item.wakeAt : null
  return { sequence: item.sequence, hash: item.hash, state, wakeAt: wake }
}

export function isOversized(row: Item): boolean {
  return bytesOf(String(row.body)) > MOST_HEAD_BYTES
}

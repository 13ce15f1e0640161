import type { IncidentState } from '../core/incident/state.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Table } from '../ports/table.ts'
import { REMEMBERED_CAUSE } from './dispatch-rows.ts'
import { bytesOf, canonicalJson } from './rows/commit-row.ts'
import { causeKey, sha256 } from './rows/keys.ts'

/** What a request with an idempotency key was answered, and by what it is known again. */
export interface Kept {
  /** The fingerprint of what was sent; null where no key was given. */
  readonly sent: string | null
  readonly answer: unknown
}

/** A longer answer is not kept: its row would not fit. */
const MOST_KEPT_BYTES = 300 * 1024

/** @param scope what the key belongs to: the same key elsewhere is another. */
export function requestCause(scope: string, key: string): string {
  // A key's own slashes are encoded, so that no key can reach into another scope.
  return `${REMEMBERED_CAUSE}${scope}/${encodeURIComponent(key)}`
}

export function sentPrint(sent: unknown): string {
  return sha256(typeof sent === 'string' ? sent : canonicalJson(sent)).slice(0, 16)
}

export async function readKept(table: Table, cause: string): Promise<Kept | null> {
  const row = await table.get('incidents', causeKey(cause))
  return row === null ? null : (JSON.parse(String(row.answer)) as Kept)
}

/**
 * Keeps an answer that no commit carries.
 * @returns the one that counts: whoever was first.
 */
export async function keepAnswer(
  table: Table,
  cause: string,
  kept: Kept,
  { state, now }: { readonly state: IncidentState | null; readonly now: Instant },
): Promise<Kept> {
  const answer = JSON.stringify(kept)
  if (bytesOf(answer) > MOST_KEPT_BYTES) return kept
  const where = state === null ? {} : { incidentId: state.id, sequence: state.sequence }
  if (await table.put('incidents', { ...causeKey(cause), ...where, at: now, answer }, [{ kind: 'absent' }])) return kept
  return (await readKept(table, cause)) ?? kept
}

import canonicalize from 'canonicalize'
import type { CommitMeta } from '../../core/incident/draft.ts'
import type { IncidentEvent } from '../../core/incident/events.ts'
import { plusSeconds } from '../../core/time/instant.ts'
import { PermanentFault } from '../../ports/faults.ts'
import type { Item } from '../../ports/table.ts'
import { LeastRecentlyUsed } from '../least-recently-used.ts'
import { upcast } from '../upcast-events.ts'
import { inKeyOrder, UNSURE } from './key-order.ts'
import { commitKey, dueAttributes, sha256 } from './keys.ts'

/** A commit that nobody has dispatched after this time is picked up by the tick. */
const DISPATCH_WITHIN_SECONDS = 30
/** What one item of the table can hold, with room for its keys. Decisions aim at 64 KB and stay far below. */
export const MOST_COMMIT_BYTES = 350 * 1024
/** The hash before the first commit. */
export const NO_HASH = '0'.repeat(64)

export interface Cause {
  readonly id: string
  /** What the door answered, kept so that the same cause gets the same answer. */
  readonly answer: unknown
}

/** One atomic, numbered, hash-chained step of an incident's record. */
export interface Commit extends CommitMeta {
  readonly directoryVersion: string
  readonly causes: readonly Cause[]
  readonly events: readonly IncidentEvent[]
  readonly previousHash: string
}

export interface StoredCommit extends Commit {
  readonly hash: string
  /** Still to be dispatched. */
  readonly marked: boolean
}

/** The commit as stored: canonical JSON (RFC 8785), so that its SHA-256 can be checked to the byte. */
export function commitRow(commit: Commit): Item & { readonly body: string; readonly hash: string } {
  const { text: body, plain } = canonical({ format: 1 as const, ...commit })
  const due = dueAttributes(commit.incidentId, plusSeconds(commit.at, DISPATCH_WITHIN_SECONDS))
  const row = { ...commitKey(commit.incidentId, commit.sequence), ...due, body, hash: sha256(body) }
  if (plain !== null) WRITTEN.set(row, storedCommit(plain, row))
  return row
}

/** @throws PermanentFault when the row is no commit. */
export function readCommit(item: Item): StoredCommit {
  if (typeof item.body !== 'string' || typeof item.hash !== 'string') {
    throw new PermanentFault(`${item.pk} ${item.sk} is no commit`)
  }
  const commit = JSON.parse(item.body) as Written
  return storedCommit({ ...commit, events: commit.events.map((event) => upcast(event)) }, item)
}

type Written = Commit & { readonly format: 1 }

function storedCommit({ format: _format, ...commit }: Written, item: Item): StoredCommit {
  return { ...commit, hash: String(item.hash), marked: item.duePk !== undefined }
}

/** What reading a row would give, of rows that this process has made. */
const WRITTEN = new WeakMap<Item, StoredCommit>()

/** Commits that this process has parsed, by their place. In memory each takes a few times its text, which is its weight. */
const PARSED = new LeastRecentlyUsed<{ readonly body: string; readonly commit: StoredCommit }>({
  entries: 500,
  weight: 4 * 1024 * 1024,
})

/**
 * What `readCommit` gives, though the same bytes at the same place are parsed once only: a commit never changes. The
 * same commit is the same object, which nobody may alter. Checks of the record read with `readCommit`.
 * @throws PermanentFault when the row is no commit.
 */
export function recallCommit(item: Item): StoredCommit {
  const place = `${item.pk} ${item.sk}`
  const kept = PARSED.get(place)
  const isKnown = kept !== undefined && kept.commit.hash === item.hash && kept.body === item.body
  const marked = item.duePk !== undefined
  if (isKnown && kept.commit.marked === marked) return kept.commit
  const commit = isKnown ? { ...kept.commit, marked } : readCommit(item)
  const body = String(item.body)
  PARSED.set(place, { body, commit }, body.length)
  return commit
}

/**
 * Keeps a commit whose row this process has just stored, as `recallCommit` would after reading it.
 * @returns the commit; null where only reading it tells.
 */
export function rememberCommit(row: Item & { readonly body: string }): StoredCommit | null {
  const commit = WRITTEN.get(row)
  if (commit === undefined) return null
  PARSED.set(`${row.pk} ${row.sk}`, { body: row.body, commit }, row.body.length)
  return commit
}

/** RFC 8785: `JSON.stringify` over ordered keys where that gives it, which takes a fraction of the time. */
export function canonicalJson(value: unknown): string {
  return canonical(value).text
}

/** @returns also what reading the text would give; null where only reading it tells. */
export function canonical<Value>(value: Value): { readonly text: string; readonly plain: Value | null } {
  const ordered = inKeyOrder(value)
  const quick = ordered === UNSURE ? undefined : JSON.stringify(ordered)
  // A surrogate on its own is written as an escape, and is no canonical text.
  if (quick !== undefined && !quick.includes('\\ud')) return { text: quick, plain: ordered as Value }
  const text = canonicalize(value)
  if (text === undefined) throw new PermanentFault('nothing to write')
  return { text, plain: null }
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}

/** Muster's own actor, where no person acted. */
export const MUSTER_ACTOR = 'muster'

import { hash } from 'node:crypto'
import type { Instant } from '../../core/time/instant.ts'
import type { Key } from '../../ports/table.ts'

/** Index partitions: enough that no one of them is hot, few enough to be read each minute. */
export const SHARDS = 4

export const headKey = (incidentId: string): Key => ({ pk: incidentPk(incidentId), sk: 'HEAD' })
export const incidentPk = (incidentId: string): string => `INC#${incidentId}`
export const commitSk = (sequence: number): string => `C#${String(sequence).padStart(6, '0')}`
export const commitKey = (incidentId: string, sequence: number): Key => ({
  pk: incidentPk(incidentId),
  sk: commitSk(sequence),
})
/** What a commit's key names; null for any other item. */
export function readCommitKey({ pk, sk }: Key): { incidentId: string; sequence: number } | null {
  if (!pk.startsWith('INC#') || !/^C#\d{6,}$/.test(sk)) return null
  return { incidentId: pk.slice('INC#'.length), sequence: Number(sk.slice('C#'.length)) }
}

export const effectKey = (effectId: string): Key => ({ pk: `FX#${effectId}`, sk: 'FX' })
export const receiptKey = (effectId: string, receiptId: string): Key => ({ pk: `FX#${effectId}`, sk: `R#${receiptId}` })
export const causeKey = (cause: string): Key => ({ pk: `CAUSE#${sha256(cause)}`, sk: 'A' })
export const groupKey = (groupHash: string): Key => ({ pk: `GRP#${groupHash}`, sk: 'P' })
export const heldSeatKey = (responderId: string, incidentId: string, role: string): Key => ({
  pk: `PERSON#${responderId}`,
  sk: `INC#${incidentId}#${role}`,
})
/** Who holds the seat that such a key names; null for any other item. */
export function readHolder({ pk, sk }: Key): string | null {
  return pk.startsWith('PERSON#') && sk.startsWith('INC#') ? pk.slice('PERSON#'.length) : null
}
export const replyCodeKey = (responderId: string, code: string): Key => ({ pk: `CODE#${responderId}#${code}`, sk: 'P' })
export const findingKey = (key: string): Key => ({ pk: `F#${nameHash(key).slice(0, 40)}`, sk: 'F' })
export const noteKey = (incidentId: string, noteId: string): Key => ({ pk: `NOTE#${incidentId}`, sk: noteId })
/** When the tick last ran. */
export const heartbeatKey: Key = { pk: 'SYS#tick', sk: 'STATE' }
/** How far the sweep of what has an end has come. */
export const retentionKey: Key = { pk: 'SYS#retention', sk: 'STATE' }
export const directoryPointerKey: Key = { pk: 'DIR', sk: 'NOW' }

/** The incident of one episode of one group: two openings of it collide on their first commit. */
export function incidentIdOf(groupHash: string, episode: number): string {
  return `inc-${nameHash(`${groupHash}#${episode}`).slice(0, 16)}`
}

export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}

/** Names that were hashed lately: each is needed several times, and in a storm the hashing shows. */
const HASHED = new Map<string, string>()
const MOST_HASHED = 5000

/** As `sha256`, for the names of things. */
export function nameHash(name: string): string {
  const known = HASHED.get(name)
  if (known !== undefined) return known
  const hashed = sha256(name)
  if (HASHED.size >= MOST_HASHED) HASHED.clear()
  HASHED.set(name, hashed)
  return hashed
}

function shardOf(id: string): number {
  return Number.parseInt(nameHash(id).slice(0, 4), 16) % SHARDS
}

/** The `due` index: what must be looked at, and when. */
export function dueAttributes(incidentId: string, dueAt: Instant): { duePk: string; dueAt: string } {
  return { duePk: `due#${shardOf(incidentId)}`, dueAt }
}

/** The `list` index: open and closed incidents by opening, ignored findings by arrival. */
export function listAttributes(list: string, id: string, listAt: Instant): { listPk: string; listAt: string } {
  return { listPk: `${list}#${shardOf(id)}`, listAt }
}

export function shardsOf(prefix: string): string[] {
  return Array.from({ length: SHARDS }, (_, shard) => `${prefix}#${shard}`)
}

import { mayDecide } from '../core/clocks/who-decides.ts'
import { findResponder } from '../core/directory/directory.ts'
import type { Refusal } from '../core/incident/commands.ts'
import type { NoteRef } from '../core/incident/event-parts.ts'
import type { EventType } from '../core/incident/events.ts'
import type { Instant } from '../core/time/instant.ts'
import { PermanentFault } from '../ports/faults.ts'
import type { DoorDependencies } from './dependencies.ts'
import { loadHistory, loadIncident } from './load-incident.ts'
import type { StoredCommit } from './rows/commit-row.ts'
import { noteKey, sha256 } from './rows/keys.ts'

/** A confidential text, as whoever may read it sees it. */
export interface LegalNote {
  readonly incidentId: string
  readonly noteId: string
  /** The event of the record that the note belongs to. */
  readonly type: EventType
  readonly sequence: number
  readonly at: Instant
  /** Who wrote it. */
  readonly responderId: string
  readonly text: string
}

/** What is sealed: the salt lies with the text, so that nobody can try texts against the hash on the record. */
interface Sealed {
  readonly salt: string
  readonly text: string
}

/** A note before it is written: its place and hash are known, so that the record can name them. */
export interface PreparedNote {
  readonly ref: NoteRef
  /** Seals and stores it; however often it is called, once. Must be done before the commit that names it. */
  readonly write: () => Promise<void>
}

export function prepareNote(
  { table, random, cipher }: Pick<DoorDependencies, 'table' | 'random' | 'cipher'>,
  incidentId: string,
  text: string,
): PreparedNote {
  const noteId = `note-${sha256(random.id()).slice(0, 16)}`
  const salt = sha256(`${random.id()}${random.id()}`)
  const write = async () => {
    const sealed: Sealed = { salt, text }
    await table.put('incidents', { ...noteKey(incidentId, noteId), sealed: await cipher.seal(JSON.stringify(sealed)) })
  }
  let written: Promise<void> | null = null
  return {
    ref: { noteId, noteHash: noteHashOf(salt, text) },
    write: () => {
      written ??= write()
      return written
    },
  }
}

function noteHashOf(salt: string, text: string): string {
  return sha256(salt + text)
}

export type NoteAnswer = { readonly ok: true; readonly note: LegalNote } | Refusal

/**
 * A confidential note, for whoever decides about clocks: the holder of the Legal seat and people with that role (where
 * nobody has it, the Commander who decides in their place).
 * @throws PermanentFault when it was altered, or is not the one that the record names.
 */
export async function readNote(
  deps: Pick<DoorDependencies, 'table' | 'directory' | 'time' | 'cipher'>,
  incidentId: string,
  noteId: string,
  responderId: string,
): Promise<NoteAnswer> {
  const [{ state }, { directory }] = await Promise.all([loadIncident(deps.table, incidentId), deps.directory.current()])
  if (state === null) return { ok: false, reason: 'NotFound', what: 'incident' }
  const reader = findResponder(directory, responderId)
  if (!reader || !mayDecide(state, directory, responderId, deps.time.now())) {
    return {
      ok: false,
      reason: 'Forbidden',
      why: 'legal notes are read by the Legal Counsel seat and people with that role',
    }
  }
  const named = await eventNaming(deps.table, incidentId, noteId)
  const row = named && (await deps.table.get('incidents', noteKey(incidentId, noteId)))
  if (!named || !row) return { ok: false, reason: 'NotFound', what: `note ${noteId}` }
  const { salt, text } = JSON.parse(await deps.cipher.open(String(row.sealed))) as Sealed
  if (noteHashOf(salt, text) !== named.noteHash) throw new PermanentFault(`note ${noteId} is not the one on the record`)
  const { noteHash: _hash, ...about } = named
  return { ok: true, note: { incidentId, noteId, ...about, text } }
}

type Naming = Omit<LegalNote, 'incidentId' | 'noteId' | 'text'> & { readonly noteHash: string }

/** A note counts only where the record names it: a refused request may have left one behind. */
async function eventNaming(
  table: DoorDependencies['table'],
  incidentId: string,
  noteId: string,
): Promise<Naming | null> {
  for (const commit of await loadHistory(table, incidentId)) {
    const found = namingIn(commit, noteId)
    if (found !== null) return found
  }
  return null
}

function namingIn({ events, sequence, at, actor }: StoredCommit, noteId: string): Naming | null {
  for (const { type, data } of events) {
    if (!('noteId' in data) || data.noteId !== noteId) continue
    return { type, sequence, at, responderId: actor, noteHash: String(data.noteHash) }
  }
  return null
}

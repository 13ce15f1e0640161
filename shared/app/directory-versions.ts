import { type Directory, EMPTY_DIRECTORY } from '../core/directory/directory.ts'
import type { Instant } from '../core/time/instant.ts'
import { ConflictFault, PermanentFault } from '../ports/faults.ts'
import type { Item, Query, Table } from '../ports/table.ts'
import type { Dependencies } from './dependencies.ts'
import { canonicalJson } from './rows/commit-row.ts'
import { directoryPointerKey, sha256 } from './rows/keys.ts'

export interface DirectoryVersion {
  readonly id: string
  readonly directory: Directory
}

export interface DirectoryReader {
  /** The version that the pointer names now, read strongly; versions are immutable and kept in memory. */
  current(): Promise<DirectoryVersion>
  /** The version that a pointer read elsewhere names. */
  pointedAt(pointer: Item | null): Promise<DirectoryVersion>
  /** The newest version that this process has read: a hint. */
  latest(): DirectoryVersion
  /** One version by id. Rejects with `PermanentFault` when there is none. */
  version(id: string): Promise<DirectoryVersion>
}

/** DynamoDB holds 400 KB an item; a character may take four bytes. */
const PART_LENGTH = 90_000

const EMPTY: DirectoryVersion = { id: 'none', directory: EMPTY_DIRECTORY }

/** Of imports at the same time the last to point wins; each tries for so long. */
const POINT_FOR_MS = 10_000
const POINT_AGAIN_MS = 20

/**
 * Stores a directory as an immutable version, parts first, then points at it: all or nothing. The same directory again
 * changes nothing.
 * @returns the version's id.
 * @throws ConflictFault when others keep changing the pointer for ten seconds.
 */
export async function importDirectory(
  { table, real, random }: Pick<Dependencies, 'table' | 'real' | 'random'>,
  directory: Directory,
  now: Instant,
): Promise<string> {
  const text = canonicalJson(directory)
  const id = sha256(text).slice(0, 16)
  const parts = text.match(new RegExp(`[\\s\\S]{1,${PART_LENGTH}}`, 'gu')) ?? []
  for (const [index, body] of parts.entries()) await table.put('incidents', { ...partKey(id, index), body })
  const until = real.nowMs() + POINT_FOR_MS
  while (!(await point(table, { versionId: id, parts: parts.length, importedAt: now }))) {
    if (real.nowMs() >= until) throw new ConflictFault('the directory is being changed by others, again and again')
    await real.sleep(POINT_AGAIN_MS * (1 + random.unit()))
  }
  return id
}

/** False when somebody else moved the pointer meanwhile. */
async function point(table: Table, to: { versionId: string; parts: number; importedAt: Instant }): Promise<boolean> {
  const before = await table.get('incidents', directoryPointerKey)
  if (before?.versionId === to.versionId) return true
  const number = typeof before?.number === 'number' ? before.number : 0
  const unchanged =
    before === null ? ({ kind: 'absent' } as const) : ({ kind: 'equal', attribute: 'number', value: number } as const)
  return table.put('incidents', { ...directoryPointerKey, ...to, number: number + 1 }, [unchanged])
}

/** Reads the pointer each time and each version once. */
export function directoryReader(table: Table): DirectoryReader {
  const versions = new Map<string, DirectoryVersion>([[EMPTY.id, EMPTY]])
  const version = async (id: string): Promise<DirectoryVersion> => {
    const known = versions.get(id) ?? { id, directory: await readParts(table, id) }
    versions.set(id, known)
    return known
  }
  let latest = EMPTY
  const pointedAt = async (pointer: Item | null) => {
    latest = await version(typeof pointer?.versionId === 'string' ? pointer.versionId : EMPTY.id)
    return latest
  }
  const current = async () => pointedAt(await table.get('incidents', directoryPointerKey))
  return { version, pointedAt, latest: () => latest, current }
}

async function readParts(table: Table, id: string): Promise<Directory> {
  let text = ''
  let after: string | null = null
  do {
    const query: Query = { pk: `DIR#${id}`, limit: 100, ...(after === null ? {} : { after }) }
    const page: Awaited<ReturnType<Table['query']>> = await table.query('incidents', query)
    text += page.items.map(({ body }) => String(body)).join('')
    after = page.next
  } while (after !== null)
  if (text === '') throw new PermanentFault(`no directory version ${id}`)
  return JSON.parse(text) as Directory
}

function partKey(id: string, index: number): { pk: string; sk: string } {
  return { pk: `DIR#${id}`, sk: `PART#${String(index).padStart(4, '0')}` }
}

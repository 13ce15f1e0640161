import { type Instant, plusSeconds } from '../../core/time/instant.ts'
import type { Key, Table, TableName } from '../../ports/table.ts'
import { retentionKey } from './keys.ts'

/** Where the walk over one table stands. */
export interface Walk {
  readonly beganAt: Instant
  /** The last row that was judged; null before the first. */
  readonly after: Key | null
  readonly isDone: boolean
}

/** Null for a table that was never walked. */
export type Walks = Readonly<Record<TableName, Walk | null>>

/** What is kept for months need not be looked at each hour: reading a table is what it costs. */
const A_WALK_EACH_SECONDS = 24 * 3600
const NONE: Walks = { incidents: null, findings: null }

/** A row that cannot be read begins the walks anew: they only do what is due. */
export async function readWalks(table: Table): Promise<Walks> {
  const item = await table.get('incidents', retentionKey)
  if (typeof item?.body !== 'string') return NONE
  try {
    return { ...NONE, ...(JSON.parse(item.body) as Walks) }
  } catch {
    return NONE
  }
}

export async function writeWalks(table: Table, walks: Walks, now: Instant): Promise<void> {
  await table.put('incidents', { ...retentionKey, at: now, body: JSON.stringify(walks) })
}

export function beginWalk(now: Instant): Walk {
  return { beganAt: now, after: null, isDone: false }
}

/** Whether a new walk begins: one that is not done goes on first. */
export function isDue(walk: Walk | null, now: Instant): boolean {
  return walk === null || (walk.isDone && now >= plusSeconds(walk.beganAt, A_WALK_EACH_SECONDS))
}

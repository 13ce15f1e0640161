import { instantOf } from '../../../shared/core/time/instant.ts'
import type { StormFinding } from './storm-events.ts'

export const STORM_KINDS = ['distinct', 'duplicates', 'groups'] as const
export type StormKind = (typeof STORM_KINDS)[number]

/** In a batch of a queue, and in a request to Alertmanager. */
export const A_BATCH = 10
const IN_A_GROUP = 10
/** Coprime to any size that is a power of ten, or a few of them: an order in which neighbours are of different groups. */
const STRIDE = 7919
/** The provider's last change: a minute ago. */
const UPDATED = instantOf(Date.now() - 60_000)

/**
 * What each storm consists of: so many distinct findings of one group; the very same again; and groups of ten, one
 * finding of each in turn.
 */
export function stormOf(kind: StormKind, size: number, prefix = ''): StormFinding[] {
  if (kind === 'groups') return Array.from({ length: size }, (_, index) => groupedFinding(size, index, prefix))
  return Array.from({ length: size }, (_, index) => stormFinding(`${prefix}a`, index, `${prefix}payments-api-role`))
}

function groupedFinding(size: number, index: number, prefix: string): StormFinding {
  const place = (index * STRIDE) % size
  const group = place % groupsOf('groups', size)
  return stormFinding(`${prefix}b`, place, `${prefix}role-${String(group).padStart(5, '0')}`)
}

export function stormFinding(prefix: string, number: number, user: string): StormFinding {
  const id = `${Buffer.from(prefix).toString('hex')}${String(number).padStart(8, '0')}`.padStart(32, '0')
  return { id, user, count: 1, updatedAt: UPDATED }
}

/** Incidents that a storm belongs to. */
export function groupsOf(kind: StormKind, size: number): number {
  return kind === 'groups' ? Math.ceil(size / IN_A_GROUP) : 1
}

export function batchesOf<One>(all: readonly One[], size = A_BATCH): One[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, batch) => all.slice(batch * size, (batch + 1) * size))
}

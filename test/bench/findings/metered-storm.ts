import { countingTable } from '../../../shared/adapters/counting/table.ts'
import { unitsTable } from '../cost/units-table.ts'
import { BenchMuster } from './bench-muster.ts'
import { ItemWrites } from './item-writes.ts'
import { invocationText } from './queue-batch.ts'
import { openStore, type StoreName } from './store.ts'
import type { StormFinding } from './storm-events.ts'
import { batchesOf, STORM_KINDS, stormOf } from './storms.ts'

/** One storm, batch after batch, each with all that follows from it: what it asks of the database. */
export interface MeteredStorm {
  readonly kind: (typeof STORM_KINDS)[number] | 'raised counts'
  readonly findings: number
  readonly requestsPerFinding: number
  /** Of one batch, by its distinct findings; batches that open incidents, and so page, are left out. */
  readonly mostRequestsPerDistinctFinding: number
  readonly readUnitsPerFinding: number
  /** Of the tables; those of the indexes are apart. */
  readonly writeUnitsPerFinding: number
  readonly indexWritesPerFinding: number
  /** Items that one batch wrote more than once: kinds of keys, with how often at most. */
  readonly writtenTwice: Readonly<Record<string, number>>
}

export async function meteredStorms(name: StoreName, size: number): Promise<MeteredStorm[]> {
  const store = await openStore(name)
  const units = unitsTable(store.table)
  const counting = countingTable(units.table, store.table)
  const writes = new ItemWrites(counting.table)
  const muster = await BenchMuster.start(writes.table)
  try {
    const storms: MeteredStorm[] = []
    for (const kind of STORM_KINDS) storms.push(await storm(kind, stormOf(kind, size)))
    const raised = stormOf('distinct', size).map((one) => ({ ...one, count: 2, updatedAt: new Date().toISOString() }))
    return [...storms, await storm('raised counts', raised)]
  } finally {
    await muster.stop()
    await store.stop()
  }

  async function storm(kind: MeteredStorm['kind'], findings: readonly StormFinding[]): Promise<MeteredStorm> {
    const sum = { requests: 0, read: 0, write: 0, index: 0 }
    const twice: Record<string, number> = {}
    let most = 0
    for (const batch of batchesOf(findings)) {
      const one = await oneBatch(batch)
      sum.requests += one.requests
      sum.read += one.read
      sum.write += one.write
      sum.index += one.index
      if (one.opened > 0) continue
      most = Math.max(most, one.requests / new Set(batch.map(({ id }) => id)).size)
      for (const [item, times] of one.twice) twice[kindOf(item)] = Math.max(twice[kindOf(item)] ?? 0, times)
    }
    const each = (total: number) => total / findings.length
    return {
      kind,
      findings: findings.length,
      requestsPerFinding: each(sum.requests),
      mostRequestsPerDistinctFinding: most,
      readUnitsPerFinding: each(sum.read),
      writeUnitsPerFinding: each(sum.write),
      indexWritesPerFinding: each(sum.index),
      writtenTwice: twice,
    }
  }

  async function oneBatch(batch: readonly StormFinding[]) {
    muster.provider.forget()
    counting.reset()
    units.reset()
    writes.taken()
    await muster.invoke(invocationText(batch))
    await muster.settled()
    const { reads, writes: written, indexWrites } = counting.counts()
    const opened = muster.provider.paged(0).incidents
    return { requests: reads + written, ...units.units(), index: indexWrites, opened, twice: writes.taken() }
  }
}

/** `incidents INC#… HEAD` of any incident. */
function kindOf(item: string): string {
  const [table, pk = '', sk = ''] = item.split(' ')
  return `${table} ${pk.split('#')[0]} ${sk.split('#')[0]}`
}

import { beforeEach, describe, expect, test } from 'vitest'
import { countingTable } from '../../shared/adapters/counting/table.ts'
import { MemoryTable } from '../../shared/adapters/memory/table.ts'
import type { Table } from '../../shared/ports/table.ts'
import { describeTableContract } from './table-contract.ts'

describeTableContract('counting over memory', async () => ({
  table: countingTable(new MemoryTable()).table,
  close: async () => {},
}))

describe('the counting table', () => {
  const key = { pk: 'x', sk: 'x' }
  const due = { duePk: 'shard', dueAt: '1' }
  let counting: ReturnType<typeof countingTable>
  let table: Table
  beforeEach(() => {
    counting = countingTable(new MemoryTable())
    table = counting.table
  })
  const indexWrites = async (write: () => Promise<unknown>): Promise<number> => {
    counting.reset()
    await write()
    return counting.counts().indexWrites
  }

  test('counts requests and items by method', async () => {
    await table.put('incidents', key)
    await table.putMany('findings', [key, { ...key, sk: 'y' }])
    await table.get('incidents', key)
    await table.get('incidents', { ...key, sk: 'absent' })
    await table.query('findings', { pk: 'x' })
    await table.batchGet([{ table: 'findings', key }])
    for await (const _ of table.scan('findings'));
    expect(counting.counts()).toEqual({
      reads: 5,
      writes: 2,
      itemsRead: 1 + 2 + 1 + 2,
      itemsWritten: 3,
      indexWrites: 0,
      byMethod: { put: 1, putMany: 1, get: 2, query: 1, batchGet: 1, scan: 1 },
    })
  })

  test('a write whose condition does not hold is a request, and no item', async () => {
    await table.put('incidents', { ...key, ...due }, [{ kind: 'present' }])
    await table.update('incidents', key, { set: due })
    expect(counting.counts()).toMatchObject({ writes: 2, itemsWritten: 0, indexWrites: 0, reads: 0 })
  })

  test('a row that comes or goes is one index write, one that moves is two', async () => {
    expect(await indexWrites(() => table.put('incidents', { ...key, ...due }))).toBe(1)
    expect(await indexWrites(() => table.put('incidents', { ...key, ...due, note: 'other' }))).toBe(0)
    expect(await indexWrites(() => table.update('incidents', key, { set: { dueAt: '2' } }))).toBe(2)
    expect(await indexWrites(() => table.update('incidents', key, { set: { duePk: 'other' } }))).toBe(2)
    expect(await indexWrites(() => table.update('incidents', key, { set: { note: 'new' } }))).toBe(0)
    expect(await indexWrites(() => table.update('incidents', key, { remove: ['dueAt'] }))).toBe(1)
    expect(await indexWrites(() => table.update('incidents', key, { remove: ['duePk'] }))).toBe(0)
  })

  test('a deletion is a write of the item and of its index rows; of an absent item it is a request', async () => {
    await table.put('incidents', { ...key, ...due })
    expect(await indexWrites(() => table.delete('incidents', key))).toBe(1)
    expect(counting.counts()).toMatchObject({ writes: 1, itemsWritten: 1 })
    expect(await indexWrites(() => table.delete('incidents', key))).toBe(0)
    expect(counting.counts()).toMatchObject({ writes: 1, itemsWritten: 0, byMethod: { delete: 1 } })
  })

  test('each page of a scan is a request', async () => {
    await table.putMany('findings', [key, { ...key, sk: 'y' }])
    counting.reset()
    await table.scanPage('findings', { limit: 1 })
    expect(counting.counts()).toMatchObject({ reads: 1, itemsRead: 1, byMethod: { scanPage: 1 } })
  })

  test('both indexes count', async () => {
    const both = { ...key, ...due, listPk: 'open', listAt: '1' }
    expect(await indexWrites(() => table.put('incidents', both))).toBe(2)
    expect(await indexWrites(() => table.putMany('incidents', [{ ...both, dueAt: '2', listPk: 'closed' }]))).toBe(4)
    expect(await indexWrites(() => table.put('incidents', key))).toBe(2)
  })

  test('what was left over is not counted as written', async () => {
    const throttled: Table = Object.assign(new MemoryTable(), {
      putMany: async (_: string, items: readonly (typeof key)[]) => items.slice(1),
    })
    const half = countingTable(throttled)
    await half.table.putMany('incidents', [
      { ...key, ...due },
      { ...key, sk: 'y', ...due },
    ])
    expect(half.counts()).toMatchObject({ writes: 1, itemsWritten: 1, indexWrites: 1 })
  })

  test('reset starts again, and earlier counts stay as they were', async () => {
    await table.put('incidents', key)
    const before = counting.counts()
    counting.reset()
    await table.get('incidents', key)
    expect([before.writes, before.reads]).toEqual([1, 0])
    expect(counting.counts()).toMatchObject({ writes: 0, reads: 1 })
  })
})

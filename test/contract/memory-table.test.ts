import { describe, expect, test } from 'vitest'
import { MemoryTable } from '../../shared/adapters/memory/table.ts'
import { PermanentFault } from '../../shared/ports/faults.ts'
import { describeTableContract } from './table-contract.ts'

describeTableContract('memory', async () => ({ table: new MemoryTable(), close: async () => {} }))

/** Limits of the service that the embedded database does not know. */
describe('the memory table, as strict as the service', () => {
  const key = { pk: 'x', sk: 'x' }

  test.each([
    ['an empty index key', { duePk: '', dueAt: 'x' }],
    ['an index key above 1,024 bytes', { duePk: 'x', dueAt: 'x'.repeat(1025) }],
    ['an index partition above 2,048 bytes', { listPk: 'x'.repeat(2049) }],
    ['a number too small to keep', { n: 1e-131 }],
    ['an item whose text is above 400 KB in bytes, not in characters', { text: 'é'.repeat(205_000) }],
  ])('%s is refused', async (_, attributes) => {
    await expect(new MemoryTable().put('incidents', { ...key, ...attributes })).rejects.toThrow(PermanentFault)
  })

  test('a key counts in bytes', async () => {
    await expect(new MemoryTable().get('incidents', { pk: 'x', sk: 'é'.repeat(513) })).rejects.toThrow(PermanentFault)
    expect(await new MemoryTable().get('incidents', { pk: 'x', sk: 'é'.repeat(512) })).toBeNull()
  })

  test('a boolean has no order', async () => {
    const put = new MemoryTable().put('incidents', key, [{ kind: 'lower', attribute: 'b', value: true }])
    await expect(put).rejects.toThrow(PermanentFault)
  })

  test('an update that makes an item too large is refused and changes nothing', async () => {
    const table = new MemoryTable()
    await table.put('incidents', { ...key, a: 'x'.repeat(300_000) })
    const update = table.update('incidents', key, { set: { b: 'x'.repeat(200_000) } })
    await expect(update).rejects.toThrow(PermanentFault)
    expect(Object.keys((await table.get('incidents', key)) ?? {})).toEqual(['pk', 'sk', 'a'])
  })

  test('a batch answers 16 MB and leaves the rest over', async () => {
    const table = new MemoryTable()
    const keys = Array.from({ length: 45 }, (_, n) => ({ pk: 'large', sk: `${n}` }))
    for (const one of keys) await table.put('incidents', { ...one, body: 'x'.repeat(400_000) })
    const { items, leftOver } = await table.batchGet(keys.map((one) => ({ table: 'incidents', key: one })))
    expect([items.length, leftOver.length]).toEqual([41, 4])
    expect(leftOver).toEqual(keys.slice(41).map((one) => ({ table: 'incidents', key: one })))
  })

  test('a condition compares text by its UTF-8 bytes (the embedded database goes by code units)', async () => {
    const table = new MemoryTable()
    await table.put('incidents', { ...key, t: '\uffee' })
    expect(await table.put('incidents', key, [{ kind: 'lower', attribute: 't', value: '😀' }])).toBe(true)
  })

  test('negative zero is zero, as a number on the wire', async () => {
    const table = new MemoryTable()
    await table.put('incidents', { ...key, n: -0 })
    expect(Object.is((await table.get('incidents', key))?.n, 0)).toBe(true)
  })
})

import { expect, test } from 'vitest'
import { PermanentFault } from '../../shared/ports/faults.ts'
import type { Table, TableName } from '../../shared/ports/table.ts'

export function describeBatches(table: () => Table): void {
  test('a batch reads both tables, leaves out what is absent, and asks for left-over keys again', async () => {
    await table().put('incidents', { pk: 'batch#two', sk: 'x', of: 'incidents' })
    await table().put('findings', { pk: 'batch#two', sk: 'x', of: 'findings' })
    const key = { pk: 'batch#two', sk: 'x' }
    const { items, leftOver } = await table().batchGet([
      { table: 'incidents', key },
      { table: 'findings', key },
      { table: 'findings', key: { pk: 'batch#two', sk: 'absent' } },
    ])
    expect(leftOver).toEqual([])
    expect(items).toHaveLength(2)
    for (const name of ['incidents', 'findings'] as const) {
      expect(items).toContainEqual({ table: name, item: { ...key, of: name } })
    }
  })

  test('asking for what is left over again gets everything', async () => {
    const keys = Array.from({ length: 8 }, (_, at) => ({ pk: 'batch#large', sk: `${at}` }))
    for (const key of keys) await table().put('incidents', { ...key, body: 'x'.repeat(390_000) })
    let asked: readonly { table: TableName; key: { pk: string; sk: string } }[] = keys.map((key) => ({
      table: 'incidents',
      key,
    }))
    const got: string[] = []
    for (let round = 0; asked.length > 0 && round < 20; round += 1) {
      const { items, leftOver } = await table().batchGet(asked)
      for (const read of leftOver) expect(asked).toContainEqual(read)
      got.push(...items.map(({ item }) => item.sk))
      asked = leftOver
    }
    expect(got.sort()).toEqual(keys.map((key) => key.sk))
  })

  test('many items are put at once, and 100 are read at once', async () => {
    const items = Array.from({ length: 100 }, (_, at) => ({ pk: 'batch#many', sk: `${at}`, at }))
    for (let at = 0; at < 100; at += 25) expect(await table().putMany('findings', items.slice(at, at + 25))).toEqual([])
    const read = await table().batchGet(items.map((key) => ({ table: 'findings', key })))
    expect(read.items.map(({ item }) => item.at).sort()).toEqual(items.map(({ at }) => at).sort())
  })

  test('an empty batch is nothing to do', async () => {
    expect(await table().batchGet([])).toEqual({ items: [], leftOver: [] })
    expect(await table().putMany('incidents', [])).toEqual([])
  })
}

export function describeRefusals(table: () => Table): void {
  const key = { pk: 'no#x', sk: 'x' }
  const refused: [string, () => Promise<unknown>][] = [
    ['an empty partition key', () => table().put('incidents', { pk: '', sk: 'x' })],
    ['an empty sort key', () => table().get('incidents', { pk: 'x', sk: '' })],
    ['a partition key above 2,048 bytes', () => table().put('incidents', { pk: 'x'.repeat(2049), sk: 'x' })],
    ['a sort key above 1,024 bytes', () => table().put('incidents', { pk: 'x', sk: 'x'.repeat(1025) })],
    ['an index key that is no text', () => table().put('incidents', { ...key, duePk: 'x', dueAt: 5 })],
    ['a number that is none', () => table().put('incidents', { ...key, n: Number.NaN })],
    ['a number that would lose digits', () => table().put('incidents', { ...key, n: 2 ** 60 })],
    ['a change of the key', () => table().update('incidents', key, { set: { sk: 'y' } })],
    ['an attribute both set and removed', () => table().update('incidents', key, { set: { a: 1 }, remove: ['a'] })],
    [
      '101 keys',
      () =>
        table().batchGet(Array.from({ length: 101 }, (_, n) => ({ table: 'incidents', key: { pk: 'x', sk: `${n}` } }))),
    ],
    [
      '26 items',
      () =>
        table().putMany(
          'incidents',
          Array.from({ length: 26 }, (_, n) => ({ pk: 'x', sk: `${n}` })),
        ),
    ],
    [
      'a key twice in a read',
      () =>
        table().batchGet([
          { table: 'incidents', key },
          { table: 'incidents', key },
        ]),
    ],
    ['a key twice in a write', () => table().putMany('incidents', [key, key])],
    ['a page of nothing', () => table().query('incidents', { pk: 'x', limit: 0 })],
    ['bounds the wrong way round', () => table().query('incidents', { pk: 'x', from: 'b', until: 'a' })],
    ['a position outside the bounds', () => table().query('incidents', { pk: 'x', from: 'b', after: 'a' })],
  ]
  test.each(refused)('%s is refused for good', async (_, ask) => {
    await table().put('incidents', key)
    await expect(ask()).rejects.toThrow(PermanentFault)
  })
}

export function describeScans(table: () => Table): void {
  test('a scan gives every item once', async () => {
    const items = Array.from({ length: 1100 }, (_, n) => ({ pk: `scan#${n % 7}`, sk: `${n}`, n }))
    for (let at = 0; at < items.length; at += 25) await table().putMany('findings', items.slice(at, at + 25))
    const seen: number[] = []
    for await (const item of table().scan('findings')) {
      if (item.pk.startsWith('scan#')) seen.push(Number(item.n))
    }
    expect(seen.sort((left, right) => left - right)).toEqual(items.map(({ n }) => n))
  })
}

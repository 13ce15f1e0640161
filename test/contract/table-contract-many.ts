import { expect, test } from 'vitest'
import { PermanentFault } from '../../shared/ports/faults.ts'
import type { Item, Key, Table, TableName } from '../../shared/ports/table.ts'

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
    ['a deletion without a sort key', () => table().delete('incidents', { pk: 'x', sk: '' })],
    ['a page of a scan of nothing', () => table().scanPage('incidents', { limit: 0 })],
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

  /** Walks over the items of one test, page by page; between two pages something else may happen. */
  async function walk(prefix: string, limit: number, between: (page: readonly Item[]) => Promise<unknown>) {
    const seen: string[] = []
    let after: Key | null = null
    do {
      const page: Awaited<ReturnType<Table['scanPage']>> = await table().scanPage('findings', {
        limit,
        ...(after === null ? {} : { after }),
      })
      expect(page.items.length).toBeLessThanOrEqual(limit)
      const ours = page.items.filter(({ pk }) => pk.startsWith(prefix))
      seen.push(...ours.map(({ pk, sk }) => `${pk} ${sk}`))
      await between(ours)
      after = page.next
    } while (after !== null)
    return seen.sort()
  }

  test('pages of a scan give every item once, wherever they end', async () => {
    const items = Array.from({ length: 30 }, (_, n) => ({ pk: `page#${n % 4}`, sk: `${n}` }))
    for (let at = 0; at < items.length; at += 25) await table().putMany('findings', items.slice(at, at + 25))
    const wanted = items.map(({ pk, sk }) => `${pk} ${sk}`).sort()
    for (const limit of [13, 50, 1000]) expect(await walk('page#', limit, async () => undefined)).toEqual(wanted)
  })

  test('a walk goes on after an item that was deleted meanwhile, and misses none that stayed', async () => {
    const items = Array.from({ length: 40 }, (_, n) => ({ pk: `swept#${n % 5}`, sk: String(n).padStart(2, '0') }))
    for (let at = 0; at < items.length; at += 25) await table().putMany('findings', items.slice(at, at + 25))
    const seen = await walk('swept#', 9, (page) => Promise.all(page.map((key) => table().delete('findings', key))))
    expect(seen).toEqual(items.map(({ pk, sk }) => `${pk} ${sk}`).sort())
    expect(await walk('swept#', 1000, async () => undefined)).toEqual([])
  })

  test('a page of a scan ends at about 1 MB, and says where', async () => {
    for (const sk of ['1', '2', '3', '4']) {
      await table().put('incidents', { pk: 'scan-large', sk, body: 'x'.repeat(390_000) })
    }
    const page = await table().scanPage('incidents', {})
    expect(page.items.reduce((sum, { body }) => sum + String(body ?? '').length, 0)).toBeLessThan(1_600_000)
    expect(page.next).toEqual({ pk: page.items.at(-1)?.pk, sk: page.items.at(-1)?.sk })
  })
}

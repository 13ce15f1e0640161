import { expect, test } from 'vitest'
import type { IndexRow, Table } from '../../shared/ports/table.ts'

export function describeQueries(table: () => Table): void {
  const sortKeys = async (query: Parameters<Table['query']>[1]): Promise<string[]> =>
    (await table().query('incidents', query)).items.map((item) => item.sk)
  const fill = (pk: string, keys: readonly string[]): Promise<unknown> =>
    Promise.all(keys.map((sk) => table().put('incidents', { pk, sk })))

  test('items come in the order of their sort keys, forwards and backwards', async () => {
    await fill('q#order', ['b', 'a', 'HEAD', 'C#000010', 'C#000009'])
    expect(await sortKeys({ pk: 'q#order' })).toEqual(['C#000009', 'C#000010', 'HEAD', 'a', 'b'])
    expect(await sortKeys({ pk: 'q#order', descending: true })).toEqual(['b', 'a', 'HEAD', 'C#000010', 'C#000009'])
  })

  test('the order is that of UTF-8 bytes, not of code units', async () => {
    await fill('q#bytes', ['😀', '\uffee', 'z', 'é', '山', 'za'])
    expect(await sortKeys({ pk: 'q#bytes' })).toEqual(['z', 'za', 'é', '山', '\uffee', '😀'])
  })

  test('bounds are inclusive, either may be left out, and need not be there', async () => {
    await fill('q#bounds', ['a', 'b', 'c', 'cc', 'd'])
    expect(await sortKeys({ pk: 'q#bounds', from: 'b', until: 'c' })).toEqual(['b', 'c'])
    expect(await sortKeys({ pk: 'q#bounds', from: 'c' })).toEqual(['c', 'cc', 'd'])
    expect(await sortKeys({ pk: 'q#bounds', until: 'b' })).toEqual(['a', 'b'])
    expect(await sortKeys({ pk: 'q#bounds', from: 'bb', until: 'cx', descending: true })).toEqual(['cc', 'c'])
    expect(await sortKeys({ pk: 'q#bounds', from: 'x' })).toEqual([])
    expect(await sortKeys({ pk: 'q#nothing' })).toEqual([])
  })

  test('the head sorts above the commits, so that one descending page is the load', async () => {
    await fill('q#load', ['C#000001', 'C#000002', 'HEAD'])
    expect(await sortKeys({ pk: 'q#load', descending: true, limit: 2 })).toEqual(['HEAD', 'C#000002'])
  })

  test.each([false, true])('pages follow one another (descending: %s)', async (descending) => {
    const keys = Array.from({ length: 7 }, (_, at) => `k${at}`)
    await fill(`q#pages${descending}`, keys)
    const wanted = descending ? keys.slice(1, 6).reverse() : keys.slice(1, 6)
    const seen: string[] = []
    let after: string | null | undefined
    while (after !== null) {
      const query = { pk: `q#pages${descending}`, from: 'k1', until: 'k5', descending, limit: 2 }
      const page = await table().query('incidents', { ...query, ...(after !== undefined && { after }) })
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map((item) => item.sk))
      after = page.next
    }
    expect(seen).toEqual(wanted)
  })

  test('a partition of 1,001 items takes two pages of at most 1,000', async () => {
    const items = Array.from({ length: 1001 }, (_, at) => ({ pk: 'q#1001', sk: String(at).padStart(4, '0') }))
    for (let at = 0; at < items.length; at += 25) await table().putMany('incidents', items.slice(at, at + 25))
    const first = await table().query('incidents', { pk: 'q#1001' })
    expect([first.items.length, first.next]).toEqual([1000, '0999'])
    const second = await table().query('incidents', { pk: 'q#1001', after: '0999' })
    expect([second.items.map((item) => item.sk), second.next]).toEqual([['1000'], null])
  })

  test('a page ends at about 1 MB, and says where', async () => {
    for (const sk of ['1', '2', '3', '4'])
      await table().put('incidents', { pk: 'q#large', sk, body: 'x'.repeat(390_000) })
    const page = await table().query('incidents', { pk: 'q#large' })
    expect(page.items.length).toBeLessThan(4)
    expect(page.next).toBe(page.items.at(-1)?.sk)
    const rest = await table().query('incidents', { pk: 'q#large', after: String(page.next) })
    expect([...page.items, ...rest.items].map((item) => item.sk)).toEqual(['1', '2', '3', '4'])
  })

  test('a position to continue after need not be there any more', async () => {
    await fill('q#after', ['a', 'c'])
    expect(await sortKeys({ pk: 'q#after', after: 'b' })).toEqual(['c'])
    expect(await sortKeys({ pk: 'q#after', after: 'b', descending: true })).toEqual(['a'])
  })
}

export function describeIndexes(table: () => Table): void {
  const rows = async (index: 'due' | 'list', pk: string): Promise<readonly IndexRow[]> =>
    (await table().queryIndex('incidents', index, { pk, limit: 100 })).rows

  test('an item is in an index while it has both attributes', async () => {
    const key = { pk: 'ix#sparse', sk: 'x' }
    const row = { ...key, at: '2027-03-01T00:00:00Z' }
    await table().put('incidents', { ...key, duePk: 'ix#sparse' })
    expect(await rows('due', 'ix#sparse')).toEqual([])
    await table().update('incidents', key, { set: { dueAt: row.at } })
    expect(await rows('due', 'ix#sparse')).toEqual([row])
    await table().update('incidents', key, { remove: ['dueAt'] })
    expect(await rows('due', 'ix#sparse')).toEqual([])
  })

  test('it leaves when it is put without them, and moves when they change', async () => {
    const key = { pk: 'ix#moves', sk: 'x' }
    await table().put('incidents', { ...key, duePk: 'ix#moves', dueAt: 'b', listPk: 'ix#moves', listAt: 'l' })
    expect(await rows('list', 'ix#moves')).toEqual([{ ...key, at: 'l' }])
    await table().put('incidents', { ...key, duePk: 'ix#moved', dueAt: 'a' })
    expect([await rows('due', 'ix#moves'), await rows('list', 'ix#moves')]).toEqual([[], []])
    expect(await rows('due', 'ix#moved')).toEqual([{ ...key, at: 'a' }])
    await table().put('incidents', key)
    expect(await rows('due', 'ix#moved')).toEqual([])
  })

  test('items that were put together are in it', async () => {
    const items = ['1', '2'].map((sk) => ({ pk: 'ix#many', sk, listPk: 'ix#many', listAt: sk }))
    await table().putMany('incidents', items)
    expect(await rows('list', 'ix#many')).toEqual(items.map(({ pk, sk }) => ({ pk, sk, at: sk })))
  })

  test('an index holds the rows of its own table only', async () => {
    await table().put('findings', { pk: 'ix#own', sk: 'x', duePk: 'ix#own', dueAt: '1' })
    expect(await rows('due', 'ix#own')).toEqual([])
  })

  test('rows come in order of their instant, within inclusive bounds, both ways', async () => {
    for (const at of ['3', '1', '2', '4']) {
      await table().put('incidents', { pk: `ix#order#${at}`, sk: 'x', duePk: 'ix#order', dueAt: at })
    }
    const ats = async (query: object): Promise<string[]> =>
      (await table().queryIndex('incidents', 'due', { pk: 'ix#order', limit: 100, ...query })).rows.map(({ at }) => at)
    expect(await ats({})).toEqual(['1', '2', '3', '4'])
    expect(await ats({ descending: true })).toEqual(['4', '3', '2', '1'])
    expect(await ats({ from: '2', until: '3' })).toEqual(['2', '3'])
    expect(await ats({ until: '2' })).toEqual(['1', '2'])
    expect(await ats({ from: '3', limit: 1 })).toEqual(['3'])
  })

  test.each([false, true])(
    'pages follow one another, also among rows of one instant (descending: %s)',
    async (descending) => {
      const pk = `ix#pages${descending}`
      const items = Array.from({ length: 9 }, (_, n) => ({ pk: `${pk}#${n}`, sk: 'x', duePk: pk, dueAt: `${n % 2}` }))
      await table().putMany('incidents', items)
      const seen: IndexRow[] = []
      let after: IndexRow | null | undefined
      while (after !== null) {
        const query = { pk, descending, limit: 2, from: '0', until: '1', ...(after !== undefined && { after }) }
        const page = await table().queryIndex('incidents', 'due', query)
        expect(page.rows.length).toBeLessThanOrEqual(2)
        seen.push(...page.rows)
        after = page.next
      }
      const inOrder = items.map((item) => item.dueAt).sort()
      expect(seen.map((row) => row.at)).toEqual(descending ? inOrder.reverse() : inOrder)
      expect(seen.map((row) => row.pk).sort()).toEqual(items.map((item) => item.pk))
    },
  )
}

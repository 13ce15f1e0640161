import { expect, test } from 'vitest'
import { PermanentFault } from '../../shared/ports/faults.ts'
import type { Condition, Item, Table } from '../../shared/ports/table.ts'

export function describeItems(table: () => Table): void {
  test('an absent item is null', async () => {
    expect(await table().get('incidents', { pk: 'one#absent', sk: 'x' })).toBeNull()
  })

  test('an item comes back as it was put: text, numbers, booleans, the empty text', async () => {
    const item = {
      pk: 'one#kinds',
      sk: 'x',
      text: 'Müller, 山田, 👩‍🚒 "\\\n',
      empty: '',
      whole: 42,
      part: -0.5,
      yes: true,
      no: false,
    }
    expect(await table().put('incidents', item)).toBe(true)
    expect(await table().get('incidents', { pk: 'one#kinds', sk: 'x' })).toEqual(item)
  })

  test('a put replaces the whole item', async () => {
    await table().put('incidents', { pk: 'one#replaced', sk: 'x', a: 1, b: 2 })
    await table().put('incidents', { pk: 'one#replaced', sk: 'x', b: 3 })
    expect(await table().get('incidents', { pk: 'one#replaced', sk: 'x' })).toEqual({
      pk: 'one#replaced',
      sk: 'x',
      b: 3,
    })
  })

  test('the two tables are apart', async () => {
    await table().put('findings', { pk: 'one#apart', sk: 'x' })
    expect(await table().get('incidents', { pk: 'one#apart', sk: 'x' })).toBeNull()
  })

  test('what a caller changes afterwards is not stored', async () => {
    const item: { pk: string; sk: string; a: number } = { pk: 'one#copied', sk: 'x', a: 1 }
    await table().put('incidents', item)
    item.a = 2
    const read = await table().get('incidents', item)
    expect(read).toMatchObject({ a: 1 })
    Object.assign(read ?? {}, { a: 3 })
    expect(await table().get('incidents', item)).toMatchObject({ a: 1 })
  })

  test('an item of nearly 400 KB is kept, one above is refused', async () => {
    const key = { pk: 'one#large', sk: 'x' }
    expect(await table().put('incidents', { ...key, body: 'x'.repeat(409_000) })).toBe(true)
    await expect(table().put('incidents', { ...key, body: 'x'.repeat(409_600) })).rejects.toThrow(PermanentFault)
    expect(String((await table().get('incidents', key))?.body)).toHaveLength(409_000)
  })
}

export function describeConditions(table: () => Table): void {
  const there = async (pk: string, attributes: Record<string, string | number | boolean>): Promise<Item> => {
    const item = { pk, sk: 'x', ...attributes }
    await table().put('incidents', item)
    return item
  }

  test('absent: the first put holds, the second does not and changes nothing', async () => {
    const put = (a: number): Promise<boolean> =>
      table().put('incidents', { pk: 'if#absent', sk: 'x', a }, [{ kind: 'absent' }])
    expect([await put(1), await put(2)]).toEqual([true, false])
    expect(await table().get('incidents', { pk: 'if#absent', sk: 'x' })).toMatchObject({ a: 1 })
  })

  test('present: holds only where the item is', async () => {
    const item = await there('if#present', {})
    expect(await table().put('incidents', { ...item, a: 1 }, [{ kind: 'present' }])).toBe(true)
    expect(await table().put('incidents', { ...item, sk: 'y' }, [{ kind: 'present' }])).toBe(false)
    expect(await table().get('incidents', { pk: 'if#present', sk: 'y' })).toBeNull()
  })

  test('equal: value and type count; without the item or the attribute it does not hold', async () => {
    const item = await there('if#equal', { n: 1, t: '1', b: true })
    const holds = (attribute: string, value: string | number | boolean, sk = 'x'): Promise<boolean> =>
      table().put('incidents', { ...item, sk }, [{ kind: 'equal', attribute, value }])
    expect(await Promise.all([holds('n', 1), holds('t', '1'), holds('b', true)])).toEqual([true, true, true])
    expect(await holds('n', 2)).toBe(false)
    expect(await holds('n', '1')).toBe(false)
    expect(await holds('b', false)).toBe(false)
    expect(await holds('other', 1)).toBe(false)
    expect(await holds('n', 1, 'y')).toBe(false)
  })

  test('lower: strictly, by number and by text, and only of the same type', async () => {
    const item = await there('if#lower', { n: 9, t: 'b' })
    const holds = (attribute: string, value: string | number, sk = 'x'): Promise<boolean> =>
      table().put('incidents', { ...item, sk }, [{ kind: 'lower', attribute, value }])
    expect([await holds('n', 10), await holds('n', 9), await holds('n', 8)]).toEqual([true, false, false])
    expect([await holds('t', 'ba'), await holds('t', 'b'), await holds('t', 'a')]).toEqual([true, false, false])
    expect([await holds('n', 'z'), await holds('other', 1), await holds('n', 10, 'y')]).toEqual([false, false, false])
  })

  test('absent-or-lower: holds without the item, then only upwards', async () => {
    const put = (n: number): Promise<boolean> =>
      table().put('incidents', { pk: 'if#up', sk: 'x', n }, [{ kind: 'absent-or-lower', attribute: 'n', value: n }])
    expect([await put(5), await put(5), await put(4), await put(6)]).toEqual([true, false, false, true])
    expect(await table().get('incidents', { pk: 'if#up', sk: 'x' })).toMatchObject({ n: 6 })
  })

  test('absent-or-lower: an item without the attribute is not lower', async () => {
    const item = await there('if#without', {})
    const condition = { kind: 'absent-or-lower', attribute: 'n', value: 1 } as const
    expect(await table().put('incidents', { ...item, n: 1 }, [condition])).toBe(false)
  })

  test('of several conditions every one must hold', async () => {
    const item = await there('if#all', { a: 1, b: 2 })
    const both = (b: number): Promise<boolean> =>
      table().put('incidents', item, [
        { kind: 'equal', attribute: 'a', value: 1 },
        { kind: 'absent-or-lower', attribute: 'b', value: b },
      ])
    expect([await both(3), await both(2)]).toEqual([true, false])
  })

  test('of 50 conditional puts at once exactly one holds', async () => {
    const puts = Array.from({ length: 50 }, (_, by) =>
      table().put('incidents', { pk: 'if#race', sk: 'x', by }, [{ kind: 'absent' }]),
    )
    const held = await Promise.all(puts)
    expect(held.filter((one) => one)).toHaveLength(1)
    expect(await table().get('incidents', { pk: 'if#race', sk: 'x' })).toMatchObject({ by: held.indexOf(true) })
  })
}

export function describeDeletions(table: () => Table): void {
  test('what is deleted is gone, and deleting it again says the same', async () => {
    const key = { pk: 'del#once', sk: 'x' }
    await table().put('incidents', { ...key, a: 1 })
    await table().put('incidents', { ...key, sk: 'y' })
    await table().put('findings', key)
    expect([await table().delete('incidents', key), await table().delete('incidents', key)]).toEqual([true, true])
    expect(await table().get('incidents', key)).toBeNull()
    expect(await table().get('incidents', { ...key, sk: 'y' })).not.toBeNull()
    expect(await table().get('findings', key)).not.toBeNull()
  })

  test('a condition that does not hold deletes nothing', async () => {
    const key = { pk: 'del#if', sk: 'x' }
    await table().put('incidents', { ...key, a: 1, status: 'open' })
    const when = (a: number): Promise<boolean> =>
      table().delete('incidents', key, [
        { kind: 'equal', attribute: 'status', value: 'open' },
        { kind: 'equal', attribute: 'a', value: a },
      ])
    expect(await when(2)).toBe(false)
    expect(await table().get('incidents', key)).toEqual({ ...key, a: 1, status: 'open' })
    expect(await when(1)).toBe(true)
    expect(await when(1)).toBe(false)
  })

  test('conditions speak of the item that is there', async () => {
    const key = { pk: 'del#absent', sk: 'x' }
    const when = (...conditions: Condition[]): Promise<boolean> => table().delete('incidents', key, conditions)
    expect([await when({ kind: 'present' }), await when({ kind: 'absent' })]).toEqual([false, true])
    expect(await when({ kind: 'absent-or-lower', attribute: 'n', value: 1 })).toBe(true)
    await table().put('incidents', { ...key, n: 5 })
    expect([await when({ kind: 'absent' }), await when({ kind: 'lower', attribute: 'n', value: 5 })]).toEqual([
      false,
      false,
    ])
    expect(await when({ kind: 'lower', attribute: 'n', value: 6 })).toBe(true)
    expect(await table().get('incidents', key)).toBeNull()
  })

  test('it leaves both indexes and its partition, and may come again', async () => {
    const item = { pk: 'del#index', sk: 'x', duePk: 'del#due', dueAt: '1', listPk: 'del#list', listAt: '1' }
    await table().put('incidents', item)
    await table().put('incidents', { ...item, sk: 'y' })
    await table().delete('incidents', item)
    const rows = async (index: 'due' | 'list', pk: string): Promise<string[]> =>
      (await table().queryIndex('incidents', index, { pk, limit: 10 })).rows.map(({ sk }) => sk)
    expect([await rows('due', 'del#due'), await rows('list', 'del#list')]).toEqual([['y'], ['y']])
    expect((await table().query('incidents', { pk: item.pk })).items.map(({ sk }) => sk)).toEqual(['y'])
    expect(await table().put('incidents', item, [{ kind: 'absent' }])).toBe(true)
    expect(await rows('due', 'del#due')).toHaveLength(2)
  })

  test('of 20 deletions of one version at once exactly one holds', async () => {
    const key = { pk: 'del#race', sk: 'x' }
    await table().put('incidents', { ...key, version: 1 })
    const one = (): Promise<boolean> =>
      table().delete('incidents', key, [{ kind: 'equal', attribute: 'version', value: 1 }])
    const held = await Promise.all(Array.from({ length: 20 }, one))
    expect(held.filter((done) => done)).toHaveLength(1)
  })
}

export function describeUpdates(table: () => Table): void {
  test('an update sets and removes, and leaves the rest', async () => {
    const key = { pk: 'up#some', sk: 'x' }
    await table().put('incidents', { ...key, a: 1, b: 2, c: 3 })
    expect(await table().update('incidents', key, { set: { a: 'one', d: '' }, remove: ['b', 'never'] })).toBe(true)
    expect(await table().get('incidents', key)).toEqual({ ...key, a: 'one', c: 3, d: '' })
  })

  test('an update of an absent item is false and creates nothing', async () => {
    const key = { pk: 'up#absent', sk: 'x' }
    expect(await table().update('incidents', key, { set: { a: 1 } })).toBe(false)
    expect(await table().update('incidents', key, { set: { a: 1 } }, [{ kind: 'absent' }])).toBe(false)
    const condition = { kind: 'absent-or-lower', attribute: 'a', value: 9 } as const
    expect(await table().update('incidents', key, { set: { a: 1 } }, [condition])).toBe(false)
    expect(await table().get('incidents', key)).toBeNull()
  })

  test('a condition that does not hold changes nothing', async () => {
    const key = { pk: 'up#if', sk: 'x' }
    await table().put('incidents', { ...key, a: 1 })
    const to = (a: number, from: number): Promise<boolean> =>
      table().update('incidents', key, { set: { a } }, [{ kind: 'equal', attribute: 'a', value: from }])
    expect([await to(2, 1), await to(3, 1)]).toEqual([true, false])
    expect(await table().get('incidents', key)).toEqual({ ...key, a: 2 })
  })

  test('an update that changes nothing says whether the item is there', async () => {
    const key = { pk: 'up#nothing', sk: 'x' }
    expect(await table().update('incidents', key, {})).toBe(false)
    await table().put('incidents', key)
    expect(await table().update('incidents', key, {})).toBe(true)
    expect(await table().get('incidents', key)).toEqual(key)
  })

  test('names that the service reserves, or that hold signs, are attributes like any other', async () => {
    const item = { pk: 'up#names', sk: 'x', status: 'open', 'a.b': 1, 'x-y z': 2, ttl: 3 }
    await table().put('incidents', item)
    const condition = { kind: 'equal', attribute: 'status', value: 'open' } as const
    expect(await table().update('incidents', item, { set: { 'a.b': 2 }, remove: ['x-y z'] }, [condition])).toBe(true)
    expect(await table().get('incidents', item)).toEqual({ pk: 'up#names', sk: 'x', status: 'open', 'a.b': 2, ttl: 3 })
  })
}

import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../../shared/adapters/memory/table.ts'
import { unitsTable } from '../../../bench/cost/units-table.ts'

const KEY = { pk: 'INC#1', sk: 'HEAD' }
const sized = (bytes: number, sk = KEY.sk) => {
  const names = Buffer.byteLength(`pk${KEY.pk}sk${sk}body`)
  return { ...KEY, sk, body: 'x'.repeat(bytes - names) }
}

let memory = new MemoryTable()
let metered = unitsTable(memory)

beforeEach(() => {
  memory = new MemoryTable()
  metered = unitsTable(memory)
})

async function units(work: () => Promise<unknown>): Promise<{ read: number; write: number }> {
  metered.reset()
  await work()
  return metered.units()
}

describe('what a read is billed', () => {
  it('by 4 KB of the item, and one unit for none', async () => {
    expect(await units(() => metered.table.get('incidents', KEY))).toEqual({ read: 1, write: 0 })
    await memory.put('incidents', sized(4097))
    expect(await units(() => metered.table.get('incidents', KEY))).toEqual({ read: 2, write: 0 })
  })

  it('a batch by each of its items, a query by all of them together', async () => {
    await memory.put('incidents', sized(1000, 'a'))
    await memory.put('incidents', sized(1000, 'b'))
    const reads = ['a', 'b', 'c'].map((sk) => ({ table: 'incidents', key: { ...KEY, sk } }) as const)
    expect(await units(() => metered.table.batchGet(reads))).toEqual({ read: 3, write: 0 })
    expect(await units(() => metered.table.query('incidents', { pk: KEY.pk }))).toEqual({ read: 1, write: 0 })
  })

  it('a page of a scan by its items together', async () => {
    await memory.put('incidents', sized(1000, 'a'))
    await memory.put('incidents', sized(4000, 'b'))
    expect(await units(() => metered.table.scanPage('incidents', {}))).toEqual({ read: 2, write: 0 })
  })

  it('an index by half a unit', async () => {
    const query = { pk: 'due#0', limit: 10 }
    expect(await units(() => metered.table.queryIndex('incidents', 'due', query))).toEqual({ read: 0.5, write: 0 })
  })
})

describe('what a write is billed', () => {
  it('by each KB of the larger of before and after', async () => {
    expect(await units(() => metered.table.put('incidents', sized(1024)))).toEqual({ read: 0, write: 1 })
    expect(await units(() => metered.table.put('incidents', sized(2049)))).toEqual({ read: 0, write: 3 })
    expect(await units(() => metered.table.put('incidents', sized(100)))).toEqual({ read: 0, write: 3 })
  })

  it('a refused condition by what is there', async () => {
    await memory.put('incidents', sized(3000))
    const refused = () => metered.table.put('incidents', sized(100), [{ kind: 'absent' }])
    expect(await units(refused)).toEqual({ read: 0, write: 3 })
    expect(await units(() => metered.table.update('incidents', { ...KEY, sk: 'none' }, { remove: ['x'] }))).toEqual({
      read: 0,
      write: 1,
    })
  })

  it('a deletion by what is gone', async () => {
    await memory.put('incidents', sized(3000))
    expect(await units(() => metered.table.delete('incidents', KEY))).toEqual({ read: 0, write: 3 })
    expect(await units(() => metered.table.delete('incidents', KEY))).toEqual({ read: 0, write: 1 })
  })

  it('each of several at the same moment', async () => {
    const puts = () => Promise.all(['a', 'b', 'c'].map((sk) => metered.table.put('incidents', sized(1025, sk))))
    expect(await units(puts)).toEqual({ read: 0, write: 6 })
  })

  it('an update by the whole item, many by each', async () => {
    await memory.put('incidents', sized(3000))
    expect(await units(() => metered.table.update('incidents', KEY, { set: { on: true } }))).toEqual({
      read: 0,
      write: 3,
    })
    const many = () => metered.table.putMany('incidents', [sized(1025, 'a'), sized(100, 'b')])
    expect(await units(many)).toEqual({ read: 0, write: 3 })
  })
})

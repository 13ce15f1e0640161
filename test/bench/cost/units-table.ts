import type { Item, Key, Table } from '../../../shared/ports/table.ts'
import { itemBytes, readUnits, writeUnits } from './billing-units.ts'

/** What was billed of a table itself; its indexes are counted elsewhere. */
export interface Units {
  readonly read: number
  readonly write: number
}

const bytesOf = (item: Item | null) => (item === null ? 0 : itemBytes(item))
const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk })

/** Adds up what DynamoDB would bill for what goes through a table, by the sizes of the items. */
export function unitsTable(table: Table): { table: Table; units(): Units; reset(): void } {
  let tally = { read: 0, write: 0 }
  const read = (bytes: number, consistency: 'strong' | 'eventual' = 'strong') => {
    tally.read += readUnits(bytes, consistency)
  }
  const written = async (name: Parameters<Table['get']>[0], key: Key, before: Item | null) => {
    const after = await table.get(name, keyOf(key))
    tally.write += writeUnits(bytesOf(before), bytesOf(after))
  }
  const metered: Table = {
    scan: (name) => table.scan(name),
    async scanPage(name, page) {
      const answer = await table.scanPage(name, page)
      read(answer.items.reduce((sum, item) => sum + itemBytes(item), 0))
      return answer
    },
    async get(name, key) {
      const item = await table.get(name, key)
      read(bytesOf(item))
      return item
    },
    async batchGet(reads) {
      const answer = await table.batchGet(reads)
      for (const { item } of answer.items) read(bytesOf(item))
      // One unit for each key that has no item.
      for (let missing = answer.items.length; missing < reads.length - answer.leftOver.length; missing += 1) read(0)
      return answer
    },
    async query(name, query) {
      const answer = await table.query(name, query)
      read(answer.items.reduce((sum, item) => sum + itemBytes(item), 0))
      return answer
    },
    async queryIndex(name, index, query) {
      const answer = await table.queryIndex(name, index, query)
      const sizes = answer.rows.map(({ pk, sk, at }) =>
        itemBytes({ pk, sk, [`${index}Pk`]: query.pk, [`${index}At`]: at }),
      )
      read(
        sizes.reduce((sum, bytes) => sum + bytes, 0),
        'eventual',
      )
      return answer
    },
    async put(name, item, conditions) {
      const before = await table.get(name, keyOf(item))
      const done = await table.put(name, item, conditions)
      await written(name, item, before)
      return done
    },
    async update(name, key, change, conditions) {
      const before = await table.get(name, key)
      const done = await table.update(name, key, change, conditions)
      await written(name, key, before)
      return done
    },
    async delete(name, key, conditions) {
      const before = await table.get(name, key)
      const done = await table.delete(name, key, conditions)
      await written(name, key, before)
      return done
    },
    async putMany(name, items) {
      const before = await Promise.all(items.map((item) => table.get(name, keyOf(item))))
      const leftOver = await table.putMany(name, items)
      await Promise.all(items.map((item, index) => written(name, item, before[index] ?? null)))
      return leftOver
    },
  }
  return {
    table: metered,
    units: () => ({ ...tally }),
    reset: () => {
      tally = { read: 0, write: 0 }
    },
  }
}

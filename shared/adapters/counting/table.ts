import type { Attribute, Item, Key, Table, TableName } from '../../ports/table.ts'

export interface Counts {
  /** Requests that read, and requests that write (a refused condition is paid for as well). */
  readonly reads: number
  readonly writes: number
  readonly itemsRead: number
  readonly itemsWritten: number
  /** As DynamoDB bills a keys-only index: 1 for a row that comes or goes, 2 for one that moves. */
  readonly indexWrites: number
  /** Requests of each method. */
  readonly byMethod: Readonly<Partial<Record<keyof Table, number>>>
}

type Change = Parameters<Table['update']>[2]
type Tally = { -readonly [name in keyof Omit<Counts, 'byMethod'>]: number } & {
  readonly byMethod: Partial<Record<keyof Table, number>>
}

/**
 * Counts what goes through a table. To know what a write does to the indexes it looks at the item before it, uncounted,
 * in `before` (the same table if not given); two writes of one item at the same moment are counted by the same look.
 */
export function countingTable(
  table: Table,
  before: Pick<Table, 'get'> = table,
): { table: Table; counts(): Counts; reset(): void } {
  let tally = emptyTally()
  return {
    table: decorated(table, before, () => tally),
    counts: () => ({ ...tally, byMethod: { ...tally.byMethod } }),
    reset: () => {
      tally = emptyTally()
    },
  }
}

function emptyTally(): Tally {
  return { reads: 0, writes: 0, itemsRead: 0, itemsWritten: 0, indexWrites: 0, byMethod: {} }
}

function decorated(table: Table, before: Pick<Table, 'get'>, current: () => Tally): Table {
  return {
    ...countedReads(table, current),
    async put(name, item, conditions) {
      const old = await before.get(name, keyOf(item))
      request(current(), 'writes', 'put')
      const done = await table.put(name, item, conditions)
      if (done) written(current(), old, item)
      return done
    },
    async update(name, key, change, conditions) {
      const old = await before.get(name, key)
      request(current(), 'writes', 'update')
      const done = await table.update(name, key, change, conditions)
      if (done && old !== null) written(current(), old, changed(old, change))
      return done
    },
    async delete(name, key, conditions) {
      const old = await before.get(name, key)
      request(current(), 'writes', 'delete')
      const done = await table.delete(name, key, conditions)
      if (done && old !== null) written(current(), old, null)
      return done
    },
    async putMany(name, items) {
      const olds = await Promise.all(items.map((item) => before.get(name, keyOf(item))))
      request(current(), 'writes', 'putMany')
      const leftOver = await table.putMany(name, items)
      const failed = new Set(leftOver.map((item) => JSON.stringify(keyOf(item))))
      for (const [at, item] of items.entries()) {
        if (!failed.has(JSON.stringify(keyOf(item)))) written(current(), olds[at] ?? null, item)
      }
      return leftOver
    },
  }
}

function countedReads(
  table: Table,
  current: () => Tally,
): Pick<Table, 'get' | 'batchGet' | 'query' | 'queryIndex' | 'scan' | 'scanPage'> {
  return {
    async get(name, key) {
      request(current(), 'reads', 'get')
      const item = await table.get(name, key)
      current().itemsRead += item === null ? 0 : 1
      return item
    },
    async batchGet(reads) {
      request(current(), 'reads', 'batchGet')
      const answer = await table.batchGet(reads)
      current().itemsRead += answer.items.length
      return answer
    },
    async query(name, query) {
      request(current(), 'reads', 'query')
      const answer = await table.query(name, query)
      current().itemsRead += answer.items.length
      return answer
    },
    async queryIndex(name, index, query) {
      request(current(), 'reads', 'queryIndex')
      const answer = await table.queryIndex(name, index, query)
      current().itemsRead += answer.rows.length
      return answer
    },
    async scanPage(name, page) {
      request(current(), 'reads', 'scanPage')
      const answer = await table.scanPage(name, page)
      current().itemsRead += answer.items.length
      return answer
    },
    scan: (name) => countedScan(table, name, current),
  }
}

/** A scan counts as one request: its pages are not seen from here. */
async function* countedScan(table: Table, name: TableName, current: () => Tally): AsyncIterable<Item> {
  request(current(), 'reads', 'scan')
  for await (const item of table.scan(name)) {
    current().itemsRead += 1
    yield item
  }
}

function request(tally: Tally, kind: 'reads' | 'writes', method: keyof Table): void {
  tally[kind] += 1
  tally.byMethod[method] = (tally.byMethod[method] ?? 0) + 1
}

function written(tally: Tally, old: Item | null, item: Item | null): void {
  tally.itemsWritten += 1
  tally.indexWrites += rowWrites(old, item, 'duePk', 'dueAt') + rowWrites(old, item, 'listPk', 'listAt')
}

function rowWrites(old: Item | null, item: Item | null, partition: string, sort: string): number {
  const before = rowOf(old, partition, sort)
  const after = rowOf(item, partition, sort)
  if (before === after) return 0
  return before === null || after === null ? 1 : 2
}

function rowOf(item: Item | null, partition: string, sort: string): string | null {
  const row: (Attribute | undefined)[] = [item?.[partition], item?.[sort]]
  return row.includes(undefined) ? null : JSON.stringify(row)
}

function changed(old: Item, { set = {}, remove = [] }: Change): Item {
  const kept = Object.entries({ ...old, ...set }).filter(([name]) => !remove.includes(name))
  return { ...Object.fromEntries(kept), ...keyOf(old) }
}

function keyOf({ pk, sk }: Key): Key {
  return { pk, sk }
}

import type {
  Attribute,
  Condition,
  IndexName,
  IndexQuery,
  Item,
  Key,
  Query,
  ScanPage,
  Table,
  TableName,
  TableRead,
} from '../../ports/table.ts'
import { allHold, checkConditions } from './conditions.ts'
import { BATCH_BYTES, checkAttribute, checkItem, checkKey, itemBytes, refuse } from './item-limits.ts'
import { compareUtf8 } from './ordered-rows.ts'
import { checkBounds, checkScan, readPage } from './paging.ts'
import { compareKeys, compareRows, StoredTable } from './stored-table.ts'

type Change = Parameters<Table['update']>[2]

/**
 * The table in memory: DynamoDB's answers and limits without DynamoDB. Each method does its work in one turn, so that
 * calls never interleave inside it; whoever simulates faults wraps it.
 */
export class MemoryTable implements Table {
  readonly #tables: Record<TableName, StoredTable> = { incidents: new StoredTable(), findings: new StoredTable() }

  async get(table: TableName, key: Key): Promise<Item | null> {
    checkKey(key)
    return copyOrNull(this.#tables[table].find(key))
  }

  async batchGet(reads: readonly TableRead[]): ReturnType<Table['batchGet']> {
    checkBatch(
      reads.map(({ table, key }) => `${table} ${keyText(key)}`),
      100,
    )
    for (const { key } of reads) checkKey(key)
    const items: { table: TableName; item: Item }[] = []
    const leftOver: TableRead[] = []
    let bytes = 0
    for (const read of reads) {
      const item = this.#tables[read.table].find(read.key)
      bytes += item === undefined ? 0 : itemBytes(item)
      if (bytes > BATCH_BYTES) leftOver.push(read)
      else if (item !== undefined) items.push({ table: read.table, item: { ...item } })
    }
    return { items, leftOver }
  }

  async put(table: TableName, item: Item, conditions: readonly Condition[] = []): Promise<boolean> {
    checkItem(item)
    checkConditions(conditions)
    if (!allHold(this.#tables[table].find(item), conditions)) return false
    this.#tables[table].store(stored(item))
    return true
  }

  async update(table: TableName, key: Key, change: Change, conditions: readonly Condition[] = []): Promise<boolean> {
    checkKey(key)
    checkChange(change)
    checkConditions(conditions)
    const item = this.#tables[table].find(key)
    if (item === undefined || !allHold(item, conditions)) return false
    const changed = withChange(item, change)
    checkItem(changed)
    this.#tables[table].store(stored(changed))
    return true
  }

  async delete(table: TableName, key: Key, conditions: readonly Condition[] = []): Promise<boolean> {
    checkKey(key)
    checkConditions(conditions)
    if (!allHold(this.#tables[table].find(key), conditions)) return false
    this.#tables[table].remove(key)
    return true
  }

  async putMany(table: TableName, items: readonly Item[]): Promise<readonly Item[]> {
    checkBatch(items.map(keyText), 25)
    for (const item of items) checkItem(item)
    for (const item of items) this.#tables[table].store(stored(item))
    return []
  }

  async query(table: TableName, query: Query): ReturnType<Table['query']> {
    const { after } = query
    checkBounds(query, after)
    const page = readPage(this.#tables[table].partition(query.pk), query, {
      textOf: (item) => item.sk,
      toAfter: after === undefined ? null : (item) => compareUtf8(item.sk, after),
      bytesOf: itemBytes,
    })
    return { items: page.rows.map((item) => ({ ...item })), next: page.next?.sk ?? null }
  }

  async queryIndex(table: TableName, index: IndexName, query: IndexQuery): ReturnType<Table['queryIndex']> {
    const { after } = query
    checkBounds(query, after?.at)
    const page = readPage(this.#tables[table].indexRows(index, query.pk), query, {
      textOf: (row) => row.at,
      toAfter: after === undefined ? null : (row) => compareRows(row, after),
      bytesOf: (row) => itemBytes({ ...row }),
    })
    return { rows: page.rows.map((row) => ({ ...row })), next: page.next === null ? null : { ...page.next } }
  }

  async *scan(table: TableName): AsyncIterable<Item> {
    for (const item of this.#tables[table].everything()) yield { ...item }
  }

  /** In the order of the keys; the service's own is another one. */
  async scanPage(table: TableName, { limit, after }: ScanPage): ReturnType<Table['scanPage']> {
    checkScan(limit, after)
    const inOrder = this.#tables[table].everything().sort(compareKeys)
    const page = readPage(inOrder, limit === undefined ? {} : { limit }, {
      textOf: (item) => item.pk,
      toAfter: after === undefined ? null : (item) => compareKeys(item, after),
      bytesOf: itemBytes,
    })
    return { items: page.rows.map((item) => ({ ...item })), next: page.next === null ? null : keyOf(page.next) }
  }
}

function checkBatch(keys: readonly string[], most: number): void {
  if (keys.length > most) refuse(`a batch of ${keys.length}, at most ${most} are allowed`)
  if (new Set(keys).size < keys.length) refuse('the same key twice in a batch')
}

/** Told apart also where a key holds what divides it. */
function keyText({ pk, sk }: Key): string {
  return `${pk.length} ${pk} ${sk}`
}

function checkChange({ set = {}, remove = [] }: Change): void {
  const names = [...Object.keys(set), ...remove]
  if (new Set(names).size < names.length) refuse('the same attribute twice in a change')
  if (names.includes('pk') || names.includes('sk')) refuse('a change of the key')
  for (const [name, value] of Object.entries(set)) checkAttribute(name, value)
}

function withChange(item: Item, { set = {}, remove = [] }: Change): Item {
  const kept = Object.entries({ ...item, ...set }).filter(([name]) => !remove.includes(name))
  return { ...Object.fromEntries(kept), pk: item.pk, sk: item.sk }
}

/** A copy as the service would keep it: there is no negative zero in it. */
function stored(item: Item): Item {
  const values = Object.entries(item).map(([name, value]): [string, Attribute] => [name, value === 0 ? 0 : value])
  return { ...Object.fromEntries(values), pk: item.pk, sk: item.sk }
}

function keyOf({ pk, sk }: Key): Key {
  return { pk, sk }
}

function copyOrNull(item: Item | undefined): Item | null {
  return item === undefined ? null : { ...item }
}

import type { IndexName, IndexRow, Item, Key } from '../../ports/table.ts'
import { compareUtf8, firstIndex, insertRow, removeRow } from './ordered-rows.ts'

/** One table: its items by partition and in order, and the rows of its two sparse indexes beside them. */
export class StoredTable {
  readonly #partitions = new Map<string, Item[]>()
  readonly #indexes = { due: new Map<string, IndexRow[]>(), list: new Map<string, IndexRow[]>() }

  partition(pk: string): readonly Item[] {
    return this.#partitions.get(pk) ?? []
  }

  indexRows(index: IndexName, pk: string): readonly IndexRow[] {
    return this.#indexes[index].get(pk) ?? []
  }

  everything(): Item[] {
    return [...this.#partitions.values()].flat()
  }

  find(key: Key): Item | undefined {
    const items = this.partition(key.pk)
    const item = items[firstIndex(items, (other) => compareUtf8(other.sk, key.sk) >= 0)]
    return item?.sk === key.sk ? item : undefined
  }

  store(item: Item): void {
    const before = this.find(item)
    insertRow(rowsOf(this.#partitions, item.pk), item, (left, right) => compareUtf8(left.sk, right.sk))
    this.#move('due', before, item)
    this.#move('list', before, item)
  }

  remove(key: Key): void {
    const item = this.find(key)
    if (item === undefined) return
    const items = rowsOf(this.#partitions, key.pk)
    removeRow(items, item, compareKeys)
    if (items.length === 0) this.#partitions.delete(key.pk)
    this.#move('due', item, null)
    this.#move('list', item, null)
  }

  #move(index: IndexName, before: Item | undefined, after: Item | null): void {
    const rows = this.#indexes[index]
    const old = before === undefined ? null : indexEntry(index, before)
    if (old !== null) removeRow(rowsOf(rows, old.pk), old.row, compareRows)
    const entry = after === null ? null : indexEntry(index, after)
    if (entry !== null) insertRow(rowsOf(rows, entry.pk), entry.row, compareRows)
  }
}

/** Where an item stands in an index; null when it lacks one of the index's two attributes. */
function indexEntry(index: IndexName, item: Item): { pk: string; row: IndexRow } | null {
  const pk = item[`${index}Pk`]
  const at = item[`${index}At`]
  return typeof pk === 'string' && typeof at === 'string' ? { pk, row: { pk: item.pk, sk: item.sk, at } } : null
}

export function compareKeys(left: Key, right: Key): number {
  return compareUtf8(left.pk, right.pk) || compareUtf8(left.sk, right.sk)
}

export function compareRows(left: IndexRow, right: IndexRow): number {
  return compareUtf8(left.at, right.at) || compareKeys(left, right)
}

function rowsOf<Row>(rows: Map<string, Row[]>, pk: string): Row[] {
  const there = rows.get(pk)
  if (there !== undefined) return there
  const fresh: Row[] = []
  rows.set(pk, fresh)
  return fresh
}

import { shardsOf } from '../../../shared/app/rows/keys.ts'
import type { IndexName, IndexQuery, IndexRow, Item, Key } from '../../../shared/ports/table.ts'
import type { World } from './world.ts'

interface Entry extends IndexRow {
  readonly indexPk: string
}

/** One index as it is seen: behind its items, with rows that linger and rows of items that were never there. */
export class ModelledIndex {
  readonly #world: World
  readonly #name: IndexName
  readonly #rows = new Map<string, Entry>()
  /** Which write of an item is shown: an older one never replaces a newer one. */
  readonly #shown = new Map<string, number>()
  #writes = 0

  constructor(world: World, name: IndexName) {
    this.#world = world
    this.#name = name
  }

  /** An item was written: its row follows, some time later. */
  follow(item: Item): void {
    const { faults, random } = this.#world
    if (this.#entryOf(item) === null && !this.#shown.has(keyText(item))) return
    this.#writes += 1
    const write = this.#writes
    const lagMs = faults.strikes('index-lag')
      ? random.integer(1_000, 45_000)
      : random.integer(0, this.#world.latencyMs[1])
    if (lagMs === 0) this.#show(item, write)
    else this.#world.after(lagMs, () => this.#show(item, write))
    if (this.#name === 'due' && faults.strikes('ghost-row')) this.#haunt(item)
  }

  #show(item: Item, write: number): void {
    const key = keyText(item)
    if ((this.#shown.get(key) ?? 0) >= write) return
    this.#shown.set(key, write)
    const entry = this.#entryOf(item)
    if (entry === null) this.#rows.delete(key)
    else this.#rows.set(key, entry)
  }

  #entryOf(item: Item): Entry | null {
    const { pk, sk, [`${this.#name}Pk`]: indexPk, [`${this.#name}At`]: at } = item
    return typeof indexPk === 'string' && typeof at === 'string' ? { indexPk, at, pk, sk } : null
  }

  /** A row without an item: of an incident that never was, or of a commit that this one does not have. */
  #haunt({ pk }: Item): void {
    const { random } = this.#world
    const row = random.chance(0.5) ? { pk: 'INC#ghost', sk: 'HEAD' } : { pk, sk: 'C#000999' }
    const entry: Entry = { ...row, indexPk: random.pick(shardsOf('due')), at: this.#world.now() }
    this.#rows.set(keyText(row), entry)
    this.#world.after(random.integer(5_000, 90_000), () => this.#rows.delete(keyText(row)))
  }

  query({ pk, from, until, limit, after, descending }: IndexQuery): { rows: IndexRow[]; next: IndexRow | null } {
    const rows = [...this.#rows.values()]
      .filter(
        (row) =>
          row.indexPk === pk && (from === undefined || row.at >= from) && (until === undefined || row.at <= until),
      )
      .sort(compare)
    if (descending) rows.reverse()
    const begin =
      after === undefined
        ? 0
        : rows.findIndex((row) => (descending ? compare(row, after) < 0 : compare(row, after) > 0))
    if (begin < 0) return { rows: [], next: null }
    const page = rows.slice(begin, begin + limit).map(({ at, pk: itemPk, sk }) => ({ at, pk: itemPk, sk }))
    return { rows: page, next: begin + limit < rows.length ? (page.at(-1) ?? null) : null }
  }
}

function keyText({ pk, sk }: Key): string {
  return `${pk}|${sk}`
}

function compare(a: IndexRow, b: IndexRow): number {
  const [left, right] = [`${a.at} ${keyText(a)}`, `${b.at} ${keyText(b)}`]
  return left < right ? -1 : Number(left > right)
}

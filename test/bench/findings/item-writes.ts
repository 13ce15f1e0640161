import type { Key, Table } from '../../../shared/ports/table.ts'
import { WRITING, watchedTable } from './watched-table.ts'

/** Keeps how often each item was written. */
export class ItemWrites {
  readonly table: Table
  readonly #writes = new Map<string, number>()

  constructor(table: Table) {
    this.table = watchedTable(table, (method, [name, written]) => {
      if (!WRITING.has(method)) return
      for (const key of [written].flat() as Key[]) this.#written(`${name} ${key.pk} ${key.sk}`)
    })
  }

  /** Those that were written more than once since this was last asked, as `table pk sk`, and how often. */
  taken(): Map<string, number> {
    const again = new Map([...this.#writes].filter(([, writes]) => writes > 1))
    this.#writes.clear()
    return again
  }

  #written(item: string): void {
    this.#writes.set(item, (this.#writes.get(item) ?? 0) + 1)
  }
}

import type { Table } from '../../../shared/ports/table.ts'

export const WRITING: ReadonlySet<string> = new Set(['put', 'putMany', 'update', 'delete'])

/** The table itself, and before each call a word of it: whatever methods a table has. */
export function watchedTable(table: Table, called: (method: string, args: readonly unknown[]) => void): Table {
  return new Proxy(table, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function' || typeof name !== 'string') return method
      return (...args: unknown[]) => {
        called(name, args)
        return method.apply(target, args)
      }
    },
  })
}

import type { Table } from '../../shared/ports/table.ts'

/** What the table's stream does on AWS: tells of each commit that is stored. It only makes dispatch faster. */
export function feedingTable(table: Table, committed: (incidentId: string, sequence: number) => void): Table {
  return {
    get: (name, key) => table.get(name, key),
    batchGet: (reads) => table.batchGet(reads),
    update: (name, key, change, conditions) => table.update(name, key, change, conditions),
    putMany: (name, items) => table.putMany(name, items),
    query: (name, query) => table.query(name, query),
    queryIndex: (name, index, query) => table.queryIndex(name, index, query),
    scan: (name) => table.scan(name),
    put: async (name, item, conditions) => {
      const stored = await table.put(name, item, conditions)
      if (stored && item.sk.startsWith('C#'))
        committed(item.pk.slice('INC#'.length), Number(item.sk.slice('C#'.length)))
      return stored
    },
  }
}

import type { Item, Table } from '../../shared/ports/table.ts'
import type { LocalQueues } from './local-queues.ts'

/**
 * What the table's stream and the `due` index do on AWS: tells of each commit that is stored, and of each head's wake.
 * This process is the only one that writes here, so nothing is missed.
 */
export function feedingTable(table: Table, queues: LocalQueues): Table {
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
      if (stored) await tell(item, queues)
      return stored
    },
  }
}

async function tell(item: Item, queues: LocalQueues): Promise<void> {
  const incidentId = item.pk.slice('INC#'.length)
  if (item.sk.startsWith('C#')) queues.sendCommit(incidentId, Number(item.sk.slice('C#'.length)))
  else if (item.sk === 'HEAD' && typeof item.wakeAt === 'string')
    await queues.sendWakes([{ incidentId, wakeAt: item.wakeAt }])
  else if (item.sk === 'HEAD') queues.forgetWake(incidentId)
}

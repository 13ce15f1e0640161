import { headKey } from '../../shared/app/rows/keys.ts'
import type { Item, Table } from '../../shared/ports/table.ts'
import type { LocalQueues } from './local-queues.ts'

/**
 * What the table's stream and the `due` index do on AWS: tells of each commit that may have been stored, and of each
 * head's wake. Also after a Put whose answer was lost: to hear of a commit twice or in vain does no harm.
 */
export function feedingTable(table: Table, queues: LocalQueues): Table {
  return {
    get: (name, key) => table.get(name, key),
    batchGet: (reads) => table.batchGet(reads),
    update: (name, key, change, conditions) => table.update(name, key, change, conditions),
    delete: (name, key, conditions) => table.delete(name, key, conditions),
    putMany: (name, items) => table.putMany(name, items),
    query: (name, query) => table.query(name, query),
    queryIndex: (name, index, query) => table.queryIndex(name, index, query),
    scan: (name) => table.scan(name),
    scanPage: (name, page) => table.scanPage(name, page),
    put: async (name, item, conditions) => {
      const incidentId = item.pk.slice('INC#'.length)
      if (item.sk === 'HEAD') return putHead(table, queues, incidentId, item, () => table.put(name, item, conditions))
      try {
        return await table.put(name, item, conditions)
      } finally {
        if (item.sk.startsWith('C#')) queues.sendCommits(incidentId, [Number(item.sk.slice('C#'.length))])
      }
    },
  }
}

async function putHead(
  table: Table,
  queues: LocalQueues,
  incidentId: string,
  head: Item,
  put: () => Promise<boolean>,
): Promise<boolean> {
  let stored = false
  try {
    stored = await put()
    return stored
  } finally {
    const there = stored ? head : await table.get('incidents', headKey(incidentId)).catch(() => null)
    if (there !== null) hear(queues, incidentId, there)
  }
}

/** What a head's row says of the next wake. */
export function hear(queues: LocalQueues, incidentId: string, head: Item): void {
  queues.hearOfHead(incidentId, Number(head.sequence), typeof head.wakeAt === 'string' ? head.wakeAt : null)
}

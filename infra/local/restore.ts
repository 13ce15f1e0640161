import { unsettledEffect } from '../../shared/app/effects.ts'
import { loadIncident } from '../../shared/app/load-incident.ts'
import type { Item, Table } from '../../shared/ports/table.ts'
import { hear } from './feeding-table.ts'
import type { LocalQueues } from './local-queues.ts'

/**
 * Rebuilds the queues from the table after a start: commits that were not dispatched, messages without an outcome, and
 * wakes. Claims without a result belong to a process that is gone: they count as expired.
 */
export async function restoreQueues(table: Table, queues: LocalQueues): Promise<void> {
  for await (const item of table.scan('incidents')) {
    if (item.sk === 'HEAD') await restoreHead(table, item, queues)
    else if (item.sk.startsWith('C#') && item.duePk !== undefined) {
      queues.sendCommits(item.pk.slice('INC#'.length), [Number(item.sk.slice('C#'.length))])
    } else if (item.sk === 'FX' && item.answer === undefined) {
      await table.update('incidents', item, { set: { leaseUntilMs: 0 } })
    }
  }
}

async function restoreHead(table: Table, item: Item, queues: LocalQueues): Promise<void> {
  hear(queues, item.pk.slice('INC#'.length), item)
  const { state } = await loadIncident(table, item.pk.slice('INC#'.length))
  if (state === null) return
  const effects = Object.keys(state.unsettled).flatMap((effectId) => unsettledEffect(state, effectId) ?? [])
  await queues.sendEffects(effects)
}

import { unsettledEffect } from '../../shared/app/effects.ts'
import { readHead } from '../../shared/app/rows/head-row.ts'
import type { Item, Table } from '../../shared/ports/table.ts'
import type { LocalQueues } from './local-queues.ts'

/**
 * Rebuilds the queues from the table after a start: commits that were not dispatched, messages without an outcome, and
 * wakes. Claims without a result belong to a process that is gone: they count as expired.
 */
export async function restoreQueues(table: Table, queues: LocalQueues): Promise<void> {
  for await (const item of table.scan('incidents')) {
    if (item.sk === 'HEAD') await restoreHead(item, queues)
    else if (item.sk.startsWith('C#') && item.duePk !== undefined) {
      queues.sendCommit(item.pk.slice('INC#'.length), Number(item.sk.slice('C#'.length)))
    } else if (item.sk === 'FX' && item.answer === undefined) {
      await table.update('incidents', item, { set: { leaseUntilMs: 0 } })
    }
  }
}

async function restoreHead(item: Item, queues: LocalQueues): Promise<void> {
  const { state, wakeAt } = readHead(item)
  const effects = Object.keys(state.unsettled).flatMap((effectId) => unsettledEffect(state, effectId) ?? [])
  await queues.sendEffects(effects)
  if (wakeAt !== null) await queues.sendWakes([{ incidentId: state.id, wakeAt }])
}

import { receiptKey } from '../../../shared/app/rows/keys.ts'
import type { Returned } from '../world/evidence.ts'
import { type Case, eventsOf, type Record, type Violation } from './violation.ts'

/** What came back and has its row was decided: a channel that never works is marked, a running call has moved on. */
export async function judgeReceipts(judged: Case): Promise<Violation[]> {
  const { evidence, town } = judged.played
  const rows = await Promise.all(
    evidence.returned.map(({ receipt }) => town.table.base.get('incidents', receiptKey(receipt.effectId, receipt.id))),
  )
  return evidence.returned.flatMap((returned, index) => {
    const record = judged.records.get(returned.incidentId)
    return rows[index] === null || record === undefined ? [] : judgeReceipt(returned, record)
  })
}

function judgeReceipt({ incidentId, responderId, receipt }: Returned, record: Record): Violation[] {
  const { effectId, meaning } = receipt
  const wrong = (detail: string): Violation[] => [
    { invariant: 'what came back is decided', incidentId, detail: `${effectId} to ${responderId}: ${detail}` },
  ]
  const state = record.states.at(-1)
  if (meaning === 'noted' || state === undefined) return []
  const channelId = channelOf(record, effectId)
  if (meaning === 'refused' && !state.refusedChannels.includes(`${responderId}/${channelId}`)) {
    return wrong('refused, and its channel is not marked')
  }
  const attempts = state.seats.flatMap(({ engagement, checkIn }) => [...(engagement?.open ?? []), checkIn])
  const waits = attempts.some((attempt) =>
    attempt?.calls.some((made) => made.effectId === effectId && made.outcome !== 'failed'),
  )
  return waits ? wrong('it is still waited for') : []
}

function channelOf(record: Record, effectId: string): string | null {
  for (const { event } of eventsOf(record)) {
    const { data } = event
    if ('channelId' in data && 'effectId' in data && data.effectId === effectId) return data.channelId
  }
  return null
}

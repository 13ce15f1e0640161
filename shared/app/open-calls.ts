import { type Seat, seatOf } from '../core/incident/state.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Table } from '../ports/table.ts'
import { loadIncident } from './load-incident.ts'
import { type CodedSeat, codesOf, isAlive, oldestAlive, readReplyCode } from './rows/reply-code-row.ts'

/** Seats of one person that are looked at, the latest first: who is called for more must say which one is meant. */
const LATEST = 10

/**
 * The seats for which a person was called by text and may answer without naming one: those whose call runs, else those
 * that still look for somebody.
 */
export async function openCalls(table: Table, responderId: string, now: Instant): Promise<CodedSeat[]> {
  const listed = await table.queryIndex('incidents', 'list', {
    pk: codesOf(responderId),
    from: oldestAlive(now),
    descending: true,
    limit: LATEST,
  })
  // The index is a hint: each row is looked at itself.
  const items = await Promise.all(listed.rows.map(({ pk, sk }) => table.get('incidents', { pk, sk })))
  const codes = items.flatMap((item) => (item === null ? [] : [readReplyCode(item)])).filter((row) => isAlive(row, now))
  const looked = await Promise.all(codes.map(async (code) => ({ code, want: await wantOf(table, code) })))
  const running = looked.filter(({ want }) => want === 'running')
  return (running.length > 0 ? running : looked.filter(({ want }) => want === 'searching')).map(({ code }) => code)
}

type Want = 'running' | 'searching' | 'nothing'

async function wantOf(table: Table, { incidentId, role, responderId }: CodedSeat): Promise<Want> {
  const { state } = await loadIncident(table, incidentId)
  const seat = state?.status === 'open' ? seatOf(state, role) : undefined
  if (seat === undefined) return 'nothing'
  if (isCalled(seat, responderId)) return 'running'
  return seat.engagement === null || seat.holder === responderId ? 'nothing' : 'searching'
}

/** Called for it, or asked for a sign of life. */
function isCalled({ engagement, checkIn }: Seat, responderId: string): boolean {
  return [...(engagement?.open ?? []), checkIn].some((attempt) => attempt?.responderId === responderId)
}

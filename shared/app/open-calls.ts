import { type Seat, seatOf } from '../core/incident/state.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Table } from '../ports/table.ts'
import { loadSurvivor } from './follow-merged.ts'
import { type CodedSeat, codesOf, isAlive, oldestAlive, type ReplyCode, readReplyCode } from './rows/reply-code-row.ts'

/** Seats of one person that are looked at, the latest first: who is called for more must say which one is meant. */
const LATEST = 10

/** What a seat wants of a person, by what they would mean first. A holder who says so again is fine, and changes nothing. */
const WANTS = ['answer', 'somebody', 'nothing-more'] as const
type Want = (typeof WANTS)[number] | null

/**
 * The seats that a person may mean who was called by text and names none: those that wait for their answer, else those
 * that still look for somebody, else, unless they decline, those that they hold.
 */
export async function openCalls(
  table: Table,
  responderId: string,
  action: 'acknowledge' | 'decline',
  now: Instant,
): Promise<CodedSeat[]> {
  const codes = await codesShown(table, responderId, now)
  const looked = await Promise.all(codes.map((code) => look(table, code)))
  const wants = action === 'decline' ? WANTS.slice(0, 2) : WANTS
  const first = wants.find((one) => looked.some(({ want }) => want === one))
  const wanting = looked.flatMap(({ seat, want }) => (want !== null && want === first ? [seat] : []))
  // Seats of incidents that were merged are one by now.
  return [...new Map(wanting.map((seat) => [`${seat.incidentId} ${seat.role}`, seat])).values()]
}

/** The index is a hint: each row is looked at itself. */
async function codesShown(table: Table, responderId: string, now: Instant): Promise<ReplyCode[]> {
  const { rows } = await table.queryIndex('incidents', 'list', {
    pk: codesOf(responderId),
    from: oldestAlive(now),
    descending: true,
    limit: LATEST,
  })
  const items = await Promise.all(rows.map(({ pk, sk }) => table.get('incidents', { pk, sk })))
  return items.flatMap((item) => (item === null ? [] : [readReplyCode(item)])).filter((row) => isAlive(row, now))
}

interface Looked {
  /** Of the incident that the code's lives on in. */
  readonly seat: CodedSeat
  readonly want: Want
}

async function look(table: Table, { role, responderId, ...code }: CodedSeat): Promise<Looked> {
  const { incidentId, state } = await loadSurvivor(table, code.incidentId)
  const seat = state?.status === 'open' ? seatOf(state, role) : undefined
  return { seat: { incidentId, role, responderId }, want: wantOf(seat, responderId) }
}

function wantOf(seat: Seat | undefined, responderId: string): Want {
  if (seat === undefined) return null
  if (isCalled(seat, responderId)) return 'answer'
  if (seat.holder === responderId) return 'nothing-more'
  return seat.engagement === null ? null : 'somebody'
}

/** Called for it, asked for a sign of life, or silent since. */
function isCalled({ engagement, checkIn, holder, silent }: Seat, responderId: string): boolean {
  const attempts = [...(engagement?.open ?? []), checkIn]
  return (silent && holder === responderId) || attempts.some((attempt) => attempt?.responderId === responderId)
}

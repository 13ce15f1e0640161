import type { EventOf, IncidentEvent } from '../core/incident/events.ts'
import type { Instant } from '../core/time/instant.ts'
import { TransientFault } from '../ports/faults.ts'
import type { Table } from '../ports/table.ts'
import { loadSurvivor } from './follow-merged.ts'
import type { StoredCommit } from './rows/commit-row.ts'
import { replyCodeKey } from './rows/keys.ts'
import {
  type CodedSeat,
  candidateCodes,
  isAlive,
  type ReplyCode,
  readReplyCode,
  replyCodeRow,
} from './rows/reply-code-row.ts'

/** The kind of channel whose pages can be answered by text. */
const ANSWERED_BY_TEXT = 'sms'
/** Somebody else may take the same code at the same moment. */
const MOST_TRIES = 4

/** A code that the seat may have, with the row that is there now. */
interface Place {
  readonly code: string
  readonly before: ReplyCode | null
}

/**
 * Gives every seat that a commit pages for by text its code, or notes that its code is shown again. Where each of a
 * seat's codes stands for another open incident of that person, it has none: the page then has its link only.
 * @throws TransientFault when others keep taking the codes.
 */
export async function keepReplyCodes(table: Table, { incidentId, events, at }: StoredCommit): Promise<void> {
  const pages = events.filter(isTextPage).map(({ data }) => data)
  const people = [...Map.groupBy(pages, ({ responderId }) => responderId).values()]
  await Promise.all(
    people.map(async (seats) => {
      // One after the other: two seats of one person may have a code in common.
      for (const { role, responderId } of seats) await keepReplyCode(table, { incidentId, role, responderId }, at)
    }),
  )
}

/** Which code a text shows for a seat; null where it has none, or where nobody can tell now: a link beats a late page. */
export async function findReplyCode(table: Table, channel: string, seat: CodedSeat): Promise<string | null> {
  if (channel !== ANSWERED_BY_TEXT) return null
  try {
    return await codeOfSeat(table, seat)
  } catch (fault) {
    if (fault instanceof TransientFault) return null
    throw fault
  }
}

async function codeOfSeat(table: Table, seat: CodedSeat): Promise<string | null> {
  for (const code of candidateCodes(seat)) {
    const row = await readCode(table, seat.responderId, code)
    if (row === null) return null
    if (standsFor(row, seat)) return code
  }
  return null
}

/** What a person's code stands for; null for one that nobody gave, or whose time is over. */
export async function openCode(
  table: Table,
  responderId: string,
  code: string,
  now: Instant,
): Promise<ReplyCode | null> {
  const row = await readCode(table, responderId, code)
  return row !== null && isAlive(row, now) ? row : null
}

function isTextPage(event: IncidentEvent): event is EventOf<'PageRequested'> {
  return event.type === 'PageRequested' && event.data.channel === ANSWERED_BY_TEXT
}

async function keepReplyCode(table: Table, seat: CodedSeat, at: Instant): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const place = await placeFor(table, seat, at)
    if (place === null || (await take(table, seat, place, at))) return
  }
  throw new TransientFault(`the reply codes of ${seat.incidentId} are being taken by others`)
}

/**
 * The code that the seat has, else the first that nobody ever gave: rows stay, so none of the seat's own follows it. Only
 * then one whose seat is over: its text is still on that person's phone.
 */
async function placeFor(table: Table, seat: CodedSeat, at: Instant): Promise<Place | null> {
  const others: ReplyCode[] = []
  for (const code of candidateCodes(seat)) {
    const before = await readCode(table, seat.responderId, code)
    if (before === null || standsFor(before, seat)) return { code, before }
    others.push(before)
  }
  for (const before of others) if (await isOver(table, before, at)) return { code: before.code, before }
  return null
}

/** False when the row is not as it was read. */
async function take(table: Table, seat: CodedSeat, { code, before }: Place, at: Instant): Promise<boolean> {
  const row = replyCodeRow({ ...seat, code, at })
  if (before === null) return table.put('incidents', row, [{ kind: 'absent' }])
  if (standsFor(before, seat) && before.at >= at) return true
  return table.put('incidents', row, [
    { kind: 'equal', attribute: 'incidentId', value: before.incidentId },
    { kind: 'equal', attribute: 'role', value: before.role },
    { kind: 'equal', attribute: 'at', value: before.at },
  ])
}

async function isOver(table: Table, row: ReplyCode, at: Instant): Promise<boolean> {
  if (!isAlive(row, at)) return true
  const { state } = await loadSurvivor(table, row.incidentId)
  return state === null || state.status === 'closed'
}

function standsFor(row: ReplyCode, { incidentId, role }: CodedSeat): boolean {
  return row.incidentId === incidentId && row.role === role
}

async function readCode(table: Table, responderId: string, code: string): Promise<ReplyCode | null> {
  const item = await table.get('incidents', replyCodeKey(responderId, code))
  return item === null ? null : readReplyCode(item)
}

import type { IncidentEvent } from '../core/incident/events.ts'
import type { IncidentState } from '../core/incident/state.ts'
import type { Item, Table } from '../ports/table.ts'
import { heldSeatKey } from './rows/keys.ts'

/** Seats of a person that are looked at: enough to know that there is one elsewhere. */
const FIRST_SEATS = 10

/**
 * Of the people whom these events call in a first round, those who hold a seat on another incident, with those known
 * before; null when there are no more of them.
 */
export async function heldElsewhere(
  table: Table,
  incidentId: string,
  events: readonly IncidentEvent[],
  known: ReadonlySet<string>,
): Promise<ReadonlySet<string> | null> {
  const called = new Set(events.flatMap((event) => calledInFirstRound(event)))
  const fresh = [...called].filter((responderId) => !known.has(responderId))
  const busy = await holdersElsewhere(table, incidentId, fresh)
  return busy.length === 0 ? null : new Set([...known, ...busy])
}

/** Of these people, those who hold a seat on another incident. */
export async function holdersElsewhere(
  table: Table,
  incidentId: string,
  responderIds: readonly string[],
): Promise<string[]> {
  const found = await Promise.all(responderIds.map((responderId) => holdsAnother(table, responderId, incidentId)))
  return responderIds.filter((_, index) => found[index])
}

function calledInFirstRound(event: IncidentEvent): string[] {
  return event.type === 'PageRequested' && event.data.round === 1 ? [event.data.responderId] : []
}

/** Rows are in the index only while the seat is held. */
async function holdsAnother(table: Table, responderId: string, incidentId: string): Promise<boolean> {
  const held = await table.queryIndex('incidents', 'list', { pk: heldList(responderId), limit: FIRST_SEATS })
  return held.rows.some(({ sk }) => !sk.startsWith(`INC#${incidentId}#`))
}

function heldList(responderId: string): string {
  return `held#${responderId}`
}

/** The rows that say who holds which seat of an incident, as of one commit: holders now, and those who held before. */
export function heldSeatRows(before: IncidentState | null, after: IncidentState): Item[] {
  const rows = new Map<string, Item>()
  const put = (responderId: string, role: string, holds: boolean) => {
    const key = heldSeatKey(responderId, after.id, role)
    const listed = holds ? { listPk: heldList(responderId), listAt: after.lastCommitAt } : {}
    rows.set(`${key.pk}|${key.sk}`, { ...key, ...listed, sequence: after.sequence })
  }
  const was = heldSeats(before)
  const is = heldSeats(after)
  for (const [responderId, role] of was) if (!includes(is, responderId, role)) put(responderId, role, false)
  for (const [responderId, role] of is) if (!includes(was, responderId, role)) put(responderId, role, true)
  return [...rows.values()]
}

function heldSeats(state: IncidentState | null): (readonly [string, string])[] {
  if (state === null || state.status === 'closed') return []
  return state.seats.flatMap(({ holder, role }) => (holder === null ? [] : [[holder, role] as const]))
}

function includes(held: readonly (readonly [string, string])[], responderId: string, role: string): boolean {
  return held.some(([person, seat]) => person === responderId && seat === role)
}

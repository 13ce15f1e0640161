import type { IncidentEvent } from '../core/incident/events.ts'
import type { IncidentState } from '../core/incident/state.ts'
import type { IndexRow, Item, Table } from '../ports/table.ts'
import { heldSeatKey, readHolder } from './rows/keys.ts'

/** One partition of the index for all held seats: they are few, and one question tells of everybody. */
const HELD_LIST = 'held'
const ROWS_AT_ONCE = 1000

/** Whether these events call one of these people in a first round. */
export function callsOneOf(events: readonly IncidentEvent[], people: ReadonlySet<string>): boolean {
  return calledInFirstRound(events).some((responderId) => people.has(responderId))
}

export function callsSomebody(events: readonly IncidentEvent[]): boolean {
  return calledInFirstRound(events).length > 0
}

/** Everybody who holds a seat on another incident: a hint, as any index. Rows are in it only while the seat is held. */
export async function holdersElsewhere(table: Table, incidentId: string): Promise<ReadonlySet<string>> {
  const holders = new Set<string>()
  let after: IndexRow | null = null
  do {
    const page: Awaited<ReturnType<Table['queryIndex']>> = await table.queryIndex('incidents', 'list', {
      pk: HELD_LIST,
      limit: ROWS_AT_ONCE,
      ...(after === null ? {} : { after }),
    })
    for (const row of page.rows) {
      const responderId = readHolder(row)
      if (responderId !== null && !row.sk.startsWith(`INC#${incidentId}#`)) holders.add(responderId)
    }
    after = page.next
  } while (after !== null)
  return holders
}

function calledInFirstRound(events: readonly IncidentEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'PageRequested' && event.data.round === 1 ? [event.data.responderId] : [],
  )
}

/** The rows that say who holds which seat of an incident, as of one commit: holders now, and those who held before. */
export function heldSeatRows(before: IncidentState | null, after: IncidentState): Item[] {
  const rows = new Map<string, Item>()
  const put = (responderId: string, role: string, holds: boolean) => {
    const key = heldSeatKey(responderId, after.id, role)
    const listed = holds ? { listPk: HELD_LIST, listAt: after.lastCommitAt } : {}
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

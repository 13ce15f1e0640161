import { absenceAt, findResponder, hasLeft } from '../../../shared/core/directory/directory.ts'
import type { IncidentEvent } from '../../../shared/core/incident/events.ts'
import type { IncidentState } from '../../../shared/core/incident/state.ts'
import type { Accepted } from '../world/evidence.ts'
import { type Case, commitsBy, eventsOf, type Record, type Violation } from './violation.ts'

/** What the providers took, against what was committed when its sender began to read. */
export function judgeMessages(judged: Case): Violation[] {
  const { accepted } = judged.played.evidence
  return [...accepted.flatMap((one) => judgeMessage(judged, one)), ...judgeRepeats(judged)]
}

function judgeMessage(judged: Case, one: Accepted): Violation[] {
  const record = judged.records.get(one.message.incidentId)
  if (record === undefined) return [needless(one, 'of an incident without a record')]
  const state = record.states[commitsBy(record, one.readFrom) - 1]
  if (state === undefined) return [needless(one, 'before anything was committed')]
  return [...judgeWanted(one, state), ...judgeAcknowledged(record, one), ...judgePresence(judged, one)]
}

function needless({ message }: Accepted, why: string): Violation {
  const detail = `${message.kind} ${message.effectId} to ${message.responderId}: ${why}`
  return { invariant: 'no needless page', incidentId: message.incidentId, detail }
}

/** A page is for seats that want it: not taken, the attempt still running, the incident open. */
function judgeWanted(one: Accepted, state: IncidentState): Violation[] {
  const { kind, responderId, effectId } = one.message
  if (kind !== 'page' && kind !== 'check-in') return []
  if (state.status === 'closed') return [needless(one, 'the incident is closed')]
  if (one.roles.length === 0) return [needless(one, 'for no seat')]
  return one.roles.flatMap((role) => {
    const seat = state.seats.find((other) => other.role === role)
    const attempts = kind === 'page' ? (seat?.engagement?.open ?? []) : [seat?.checkIn]
    const running = attempts.some(
      (attempt) => attempt?.responderId === responderId && attempt.calls.some((made) => made.effectId === effectId),
    )
    return running ? [] : [needless(one, `the attempt for ${role} has ended`)]
  })
}

/** By the events alone: after a qualified acknowledgement nothing calls for the seat until something sets it free. */
function judgeAcknowledged(record: Record, { message, roles, readFrom }: Accepted): Violation[] {
  if (message.kind !== 'page') return []
  const { incidentId, effectId, responderId } = message
  return roles
    .filter((role) => isTaken(record, role, readFrom))
    .map((role): Violation => {
      const detail = `${effectId} to ${responderId} for ${role}, read from #${readFrom}`
      return { invariant: 'no page after the acknowledgement', incidentId, detail }
    })
}

function isTaken(record: Record, role: string, order: number): boolean {
  let holder: string | null = null
  for (const { event, seen } of eventsOf(record)) {
    if (seen.order > order) break
    if ('role' in event.data && event.data.role === role) holder = holderAfter(holder, event)
  }
  return holder !== null
}

/** Who holds a seat so that nobody else need come: not while acting, silent, or handing it over. */
function holderAfter(holder: string | null, event: IncidentEvent): string | null {
  switch (event.type) {
    case 'SeatAcknowledged':
      return event.data.acting ? null : event.data.responderId
    case 'CheckInAnswered':
      return event.data.responderId
    case 'SeatHandedOver':
    case 'CheckInMissed':
      return null
    case 'SeatDeclined':
      return event.data.responderId === holder ? null : holder
    default:
      return holder
  }
}

/** Whoever is called was there by some directory that was current while its sender read. */
function judgePresence({ played }: Case, { message, readFrom, calledAt, roles }: Accepted): Violation[] {
  const { directories } = played.evidence
  const before = directories.findLastIndex(({ order }) => order <= readFrom)
  const current = directories.slice(Math.max(before, 0)).filter(({ order }, index) => index === 0 || order <= calledAt)
  const present = current.some(({ directory }) => {
    const responder = findResponder(directory, message.responderId)
    return responder !== undefined && !hasLeft(responder, message.at) && absenceAt(responder, message.at) === null
  })
  if (present) return []
  const detail = `${message.kind} ${message.effectId} to ${message.responderId} for ${roles.join('+')}`
  return [{ invariant: 'nobody absent is called', incidentId: message.incidentId, detail }]
}

/** A second one of the same message needs a fault that hit its sender. */
function judgeRepeats({ played }: Case): Violation[] {
  const { accepted, harm } = played.evidence
  const times = new Map<string, Accepted[]>()
  for (const one of accepted) times.set(one.message.effectId, [...(times.get(one.message.effectId) ?? []), one])
  return [...times].flatMap(([effectId, all]) => {
    const excused = harm.get(effectId) ?? 0
    if (all.length <= 1 + excused) return []
    const incidentId = all[0]?.message.incidentId ?? null
    return [
      {
        invariant: 'one accepted message an effect' as const,
        incidentId,
        detail: `${effectId} left ${all.length} times, ${excused} excused`,
      },
    ]
  })
}

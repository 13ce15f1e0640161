import { INCIDENT_COMMANDER } from '../../../shared/core/directory/directory.ts'
import type { IncidentState, Seat } from '../../../shared/core/incident/state.ts'
import { seatsWakeAt } from '../../../shared/core/paging/seats-wake.ts'
import { ringsAtNight } from '../../../shared/core/severity/severity.ts'
import { plusSeconds, secondsBetween } from '../../../shared/core/time/instant.ts'
import type { Case, Record, Violation } from './violation.ts'

/** A page asked for this long ago and neither accepted nor given up means that nobody is being called. */
const CALLED_WITHIN_SECONDS = 75

/** At the end every seat of a bad incident is taken, being called for, or exhausted and calling again. */
export function judgeSeats({ played, records }: Case): Violation[] {
  const now = played.town.world.now()
  return [...records.values()].flatMap((record) => {
    const state = record.states.at(-1)
    if (state === undefined || state.status === 'closed' || !ringsAtNight(state.severity)) return []
    const missing = state.seats.some(({ role }) => role === INCIDENT_COMMANDER) ? [] : ['it has no Commander’s seat']
    const idle = state.seats.flatMap((seat) => whyIdle(played.evidence.accepted, record, state, seat, now))
    return [...missing, ...idle].map((detail): Violation => {
      return { invariant: 'seat is taken, called or calling again', incidentId: record.incidentId, detail }
    })
  })
}

type Log = Case['played']['evidence']['accepted']

function whyIdle(log: Log, record: Record, state: IncidentState, seat: Seat, now: string): string[] {
  const search = seat.engagement
  if (search === null) return seat.holder === null ? [`${seat.role}: nobody holds it and nobody is called`] : []
  const wakeAt = seatsWakeAt({ ...state, seats: [seat] })
  if (wakeAt === null || secondsBetween(wakeAt, now) > 10) return [`${seat.role}: its wake ${wakeAt} has passed`]
  if (search.open.length === 0) {
    const resumesAt = search.pausedUntil
    if (resumesAt === null) return [`${seat.role}: neither called nor paused`]
    return seat.exhausted || seat.acting ? [] : [`${seat.role}: pauses without being exhausted`]
  }
  return search.open.flatMap(({ responderId, calls, windowStartsAt }) => {
    const left = log.some(({ message, roles }) => {
      const own = message.incidentId === record.incidentId && message.responderId === responderId
      return own && roles.includes(seat.role) && calls.some(({ effectId }) => effectId === message.effectId)
    })
    if (left) return []
    const last = calls.at(-1)?.requestedAt ?? now
    const late = plusSeconds(last, CALLED_WITHIN_SECONDS) < now || windowStartsAt !== null
    return late ? [`${seat.role}: ${responderId} is said to be called, and no provider knows of it`] : []
  })
}

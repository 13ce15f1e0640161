import type { Attempt, IncidentState, Seat } from '../incident/state.ts'
import { ringsAtNight } from '../severity/severity.ts'
import { earliest, type Instant } from '../time/instant.ts'
import { nextStep } from './attempt.ts'

/** The earliest instant at which `settleSeats` has something to decide; null when nothing is due by itself. */
export function seatsWakeAt(state: IncidentState): Instant | null {
  if (state.status === 'closed') return null
  return earliest(...state.seats.flatMap((seat) => [engagementWakeAt(state, seat), checkInWakeAt(seat)]))
}

function engagementWakeAt(state: IncidentState, seat: Seat): Instant | null {
  const search = seat.engagement
  if (search === null) return null
  if (search.open.length > 0) return earliest(...search.open.map((attempt) => stepAt(attempt, seat)))
  if (search.pausedUntil !== null) return search.pausedUntil
  if (search.deferred !== null && !ringsAtNight(state.severity)) return search.deferred.until
  return state.lastCommitAt
}

function checkInWakeAt(seat: Seat): Instant | null {
  if (seat.holder === null || seat.engagement !== null) return null
  return seat.checkIn === null ? seat.checkInDueAt : stepAt(seat.checkIn, seat)
}

function stepAt(attempt: Attempt, seat: Seat): Instant {
  return nextStep(attempt, seat.ackWithinSeconds).at
}

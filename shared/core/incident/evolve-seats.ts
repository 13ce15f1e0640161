import { earliest, type Instant, latest, plusSeconds } from '../time/instant.ts'
import type { CommitMeta } from './draft.ts'
import type { EventOf, IncidentEvent } from './events.ts'
import { pauseSeconds } from './pause.ts'
import type { Attempt, Call, Engagement, IncidentState, Seat } from './state.ts'

type SeverityChanged = EventOf<'SeverityRaised' | 'SeverityLowered'>

const FIRST_ROUND: Engagement = {
  round: 1,
  tried: [],
  declined: [],
  open: [],
  handedTo: null,
  pausedUntil: null,
  deferred: null,
}

/** Seats: who is called for them, who holds them. */
export function evolveSeats(state: IncidentState, event: IncidentEvent, meta: CommitMeta): IncidentState {
  if (event.type === 'SeatOpened') return { ...state, seats: [...state.seats, newSeat(event)] }
  if (event.type === 'SeverityRaised' || event.type === 'SeverityLowered') {
    return { ...state, seats: state.seats.map((seat) => changePace(seat, event)) }
  }
  if (event.type === 'IncidentClosed' || event.type === 'IncidentMerged')
    return { ...state, seats: state.seats.map(stopSeat) }
  if (event.type === 'IncidentReopened') return { ...state, seats: state.seats.map((seat) => resumeSeat(seat, meta)) }
  if (event.type === 'MessageSent') return onCalls(state, event.data.effectId, 'sent', meta)
  if (event.type === 'MessageWithheld') return onCalls(state, event.data.effectId, 'failed', meta)
  if (event.type === 'MessageFailed') return onCalls(state, event.data.effectId, 'failed', meta)
  const role = 'role' in event.data && !isOfClock(event) ? event.data.role : null
  if (role === null || !state.seats.some((seat) => seat.role === role)) return state
  return { ...state, seats: state.seats.map((seat) => (seat.role === role ? evolveSeat(seat, event, meta) : seat)) }
}

/** A clock's role is the legal entity's, not a seat's. */
function isOfClock(event: IncidentEvent): event is EventOf<'ClockStarted' | 'ClockCarried'> {
  return event.type === 'ClockStarted' || event.type === 'ClockCarried'
}

/** Any action of a holder puts off the next check-in of the seats they hold. */
export function noteHolderActed(state: IncidentState, _event: IncidentEvent, meta: CommitMeta): IncidentState {
  if (!state.seats.some((seat) => seat.holder === meta.actor)) return state
  return { ...state, seats: state.seats.map((seat) => (seat.holder === meta.actor ? putOffCheckIn(seat, meta) : seat)) }
}

function newSeat({ data }: EventOf<'SeatOpened'>): Seat {
  return {
    role: data.role,
    ackWithinSeconds: data.ackWithinSeconds,
    checkInAfterSeconds: data.checkInAfterSeconds,
    holder: null,
    acting: false,
    exhausted: false,
    engagement: FIRST_ROUND,
    checkInDueAt: null,
    checkIn: null,
    silent: false,
  }
}

/** Another severity has its own windows, check-ins and pauses; what has passed of a pause counts. */
function changePace(seat: Seat, { data }: SeverityChanged): Seat {
  const pace = data.seats?.find(({ role }) => role === seat.role) ?? seat
  const soonerSeconds = seat.checkInAfterSeconds - pace.checkInAfterSeconds
  return {
    ...onEngagement(seat, (search) => ({ ...search, pausedUntil: pauseAt(search, data) })),
    ackWithinSeconds: pace.ackWithinSeconds,
    checkInAfterSeconds: pace.checkInAfterSeconds,
    checkInDueAt: seat.checkInDueAt && plusSeconds(seat.checkInDueAt, -soonerSeconds),
  }
}

/** A pause only ever becomes shorter. */
function pauseAt({ pausedUntil, round }: Engagement, { from, to }: SeverityChanged['data']): Instant | null {
  if (pausedUntil === null) return null
  const sooner = plusSeconds(pausedUntil, pauseSeconds(round, to) - pauseSeconds(round, from))
  return earliest(pausedUntil, sooner)
}

function stopSeat(seat: Seat): Seat {
  return { ...seat, engagement: null, checkIn: null, checkInDueAt: null, silent: false }
}

function resumeSeat(seat: Seat, meta: CommitMeta): Seat {
  if (seat.holder === null || seat.acting) return { ...seat, engagement: FIRST_ROUND }
  return putOffCheckIn(seat, meta)
}

function putOffCheckIn(seat: Seat, meta: CommitMeta): Seat {
  return { ...seat, checkInDueAt: plusSeconds(meta.at, seat.checkInAfterSeconds), checkIn: null }
}

function evolveSeat(seat: Seat, event: IncidentEvent, meta: CommitMeta): Seat {
  switch (event.type) {
    case 'CandidateSkipped':
      return onEngagement(seat, (search) => ({ ...tried(search, event.data.responderId), deferred: null }))
    case 'CandidateDeferred':
      return onEngagement(seat, (search) => ({
        ...search,
        deferred: { responderId: event.data.responderId, until: event.data.until },
      }))
    case 'PageRequested':
      return onEngagement(seat, (search) => call(search, event, meta))
    case 'AttemptEnded':
      return onEngagement(seat, (search) => ({ ...search, open: withoutAttempt(search, event.data.responderId) }))
    case 'SeatExhausted':
      return { ...onEngagement(seat, (search) => ({ ...search, pausedUntil: event.data.resumesAt })), exhausted: true }
    case 'RoundStarted':
      return { ...seat, engagement: { ...FIRST_ROUND, round: event.data.round } }
    case 'SeatAcknowledged':
      return takeSeat(seat, event, meta)
    case 'SeatDeclined':
      return decline(seat, event)
    case 'SeatHandedOver':
      return { ...seat, engagement: handOver(seat, event.data.to) }
    case 'CheckInRequested':
      return { ...seat, checkIn: addCall(seat.checkIn ?? newAttempt(event.data.responderId, 'OnCall'), event, meta) }
    case 'CheckInPutOff':
      return { ...seat, checkInDueAt: event.data.until, checkIn: null }
    case 'CheckInMissed':
      return { ...stopSeat(seat), silent: true, engagement: FIRST_ROUND }
    case 'CheckInAnswered':
      return { ...putOffCheckIn(seat, meta), engagement: null, exhausted: false, silent: false }
    case 'ChannelSkipped':
      return skipChannel(seat, event)
    default:
      return seat
  }
}

function onEngagement(seat: Seat, change: (search: Engagement) => Engagement): Seat {
  return seat.engagement === null ? seat : { ...seat, engagement: change(seat.engagement) }
}

function tried(search: Engagement, responderId: string): Engagement {
  const handedTo = search.handedTo === responderId ? null : search.handedTo
  return search.tried.includes(responderId)
    ? { ...search, handedTo }
    : { ...search, handedTo, tried: [...search.tried, responderId] }
}

function newAttempt(responderId: string, reason: Attempt['reason']): Attempt {
  return { responderId, reason, windowStartsAt: null, calls: [], channelsLeft: [] }
}

function addCall(attempt: Attempt, event: EventOf<'PageRequested' | 'CheckInRequested'>, meta: CommitMeta): Attempt {
  const { effectId, channelId, channelsLeft } = event.data
  const added: Call = { effectId, channelId, requestedAt: meta.at, outcome: 'pending' }
  return { ...attempt, calls: [...attempt.calls, added], channelsLeft }
}

function call(search: Engagement, event: EventOf<'PageRequested'>, meta: CommitMeta): Engagement {
  const { responderId, reason } = event.data
  const running = search.open.find((attempt) => attempt.responderId === responderId)
  const next = addCall(running ?? newAttempt(responderId, reason), event, meta)
  const open = running ? search.open.map((attempt) => (attempt === running ? next : attempt)) : [...search.open, next]
  return { ...tried(search, responderId), open, deferred: null }
}

function takeSeat(seat: Seat, { data }: EventOf<'SeatAcknowledged'>, meta: CommitMeta): Seat {
  const held = { ...putOffCheckIn(seat, meta), holder: data.responderId, acting: data.acting, silent: false }
  if (!data.acting) return { ...held, exhausted: false, engagement: null }
  const search = seat.engagement ?? FIRST_ROUND
  const open = withoutAttempt(search, data.responderId)
  // Whoever was waited for may lack the role, and then is not called any more: the order is asked again.
  return { ...held, engagement: { ...tried(search, data.responderId), open, deferred: null } }
}

function withoutAttempt(search: Engagement, responderId: string): readonly Attempt[] {
  return search.open.filter((attempt) => attempt.responderId !== responderId)
}

/** Whoever is being called for it already goes on being called, and is not called a second time. */
function handOver(seat: Seat, to: string): Engagement {
  const running = seat.engagement?.open.find(({ responderId }) => responderId === to)
  if (running === undefined) return { ...FIRST_ROUND, handedTo: to }
  return { ...FIRST_ROUND, tried: [to], open: [{ ...running, reason: 'HandedOver' }] }
}

function skipChannel(seat: Seat, { data }: EventOf<'ChannelSkipped'>): Seat {
  const skip = (attempt: Attempt): Attempt =>
    attempt.responderId === data.responderId
      ? { ...attempt, channelsLeft: attempt.channelsLeft.filter((id) => id !== data.channelId) }
      : attempt
  const checkIn = seat.checkIn === null ? null : skip(seat.checkIn)
  return { ...onEngagement(seat, (search) => ({ ...search, open: search.open.map(skip) })), checkIn }
}

function decline(seat: Seat, { data }: EventOf<'SeatDeclined'>): Seat {
  const gaveUp = seat.holder === data.responderId
  const search = seat.engagement ?? FIRST_ROUND
  const engagement = {
    ...tried(search, data.responderId),
    declined: [...search.declined.filter((id) => id !== data.responderId), data.responderId],
    open: withoutAttempt(search, data.responderId),
    deferred: search.deferred?.responderId === data.responderId ? null : search.deferred,
  }
  return gaveUp ? { ...stopSeat(seat), holder: null, acting: false, engagement } : { ...seat, engagement }
}

function onCalls(state: IncidentState, effectId: string, outcome: 'sent' | 'failed', meta: CommitMeta): IncidentState {
  const settle = (attempt: Attempt) => settleCall(attempt, effectId, outcome, meta)
  return {
    ...state,
    seats: state.seats.map((seat) => ({
      ...onEngagement(seat, (search) => ({ ...search, open: search.open.map(settle) })),
      checkIn: seat.checkIn === null ? null : settle(seat.checkIn),
    })),
  }
}

function settleCall(attempt: Attempt, effectId: string, outcome: 'sent' | 'failed', meta: CommitMeta): Attempt {
  if (!attempt.calls.some((made) => made.effectId === effectId)) return attempt
  // What came back stays so, though its sender may say only afterwards that it was accepted.
  const isSettled = (made: Call) => made.effectId === effectId && made.outcome !== 'failed'
  const calls = attempt.calls.map((made) => (isSettled(made) ? { ...made, outcome } : made))
  return { ...attempt, calls, windowStartsAt: windowStart(attempt.windowStartsAt ?? meta.at, calls) }
}

/** A message that bounces after it was accepted reached nobody: the window begins with one that does. */
function windowStart(startedAt: Instant, calls: readonly Call[]): Instant | null {
  const reached = calls.find((made) => made.outcome === 'sent')
  return reached === undefined ? null : latest(startedAt, reached.requestedAt)
}

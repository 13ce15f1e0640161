import type { Directory } from '../core/directory/directory.ts'
import type { Finding } from '../core/findings/finding.ts'
import { Draft } from '../core/incident/draft.ts'
import type { Reason } from '../core/incident/reasons.ts'
import { type Attempt, type IncidentState, type Seat, type SeatStatus, seatStatus } from '../core/incident/state.ts'
import { ACCEPT_WITHIN_SECONDS } from '../core/paging/attempt.ts'
import { type CandidateEntry, candidatesInOrder, widened } from '../core/paging/candidates.ts'
import { quietFor, skipReason } from '../core/paging/eligibility.ts'
import { openSeats } from '../core/paging/open-seats.ts'
import type { IncidentSeverity } from '../core/severity/severity.ts'
import { type Instant, latest, plusSeconds } from '../core/time/instant.ts'
import { recordedFinding } from './intake.ts'

interface Called {
  readonly responderId: string
  readonly reason: Reason
}

/** Who is being called for one seat, who would be next, and who would be passed over on the way. */
export interface NextCall {
  readonly role: string
  readonly status: SeatStatus
  readonly calling: readonly (Called & { readonly since: Instant; readonly until: Instant })[]
  /** Null when everybody has been tried in this round, or nobody would be called. */
  readonly next: (Called & { readonly at: Instant }) | null
  readonly skipped: readonly Called[]
  /** When the round after this one begins, while the seat is exhausted. */
  readonly resumesAt: Instant | null
}

const NOBODY: ReadonlySet<string> = new Set()

/**
 * For each seat that is being called for: who would be called next and why, if nobody answers and nothing else changes.
 * @param holdsElsewhere who holds a seat on another incident: they are passed over in the first round.
 */
export function nextCalls(
  state: IncidentState,
  directory: Directory,
  now: Instant,
  holdsElsewhere: ReadonlySet<string> = NOBODY,
): NextCall[] {
  if (state.status === 'closed') return []
  return state.seats
    .filter(({ engagement }) => engagement !== null)
    .map((seat) => nextCall(state, seat, directory, now, holdsElsewhere))
}

/** An incident that nobody has opened. Whom its finding names is not called for it. */
interface Supposed {
  readonly severity: IncidentSeverity
  readonly accountId: string | null
  readonly finding?: Finding
}

/** The seats of an incident that nobody has opened: whom it would call first. */
export function callsForNew(
  directory: Directory,
  incident: Supposed,
  now: Instant,
  holdsElsewhere: ReadonlySet<string> = NOBODY,
): NextCall[] {
  return nextCalls(supposedIncident(directory, incident, now), directory, now, holdsElsewhere)
}

function supposedIncident(
  directory: Directory,
  { severity, accountId, finding }: Supposed,
  now: Instant,
): IncidentState {
  const draft = new Draft(null, { incidentId: 'supposed', sequence: 1, at: now, actor: 'muster' })
  const opened = { title: 'supposed', severity, groupHash: '', groupKey: '', episode: 1, accountId, declaredBy: null }
  draft.emit({ type: 'IncidentOpened', v: 1, data: { ...opened, signalReceivedAt: now, occurredAt: null } })
  if (finding !== undefined) draft.emit({ type: 'FindingJoined', v: 1, data: recordedFinding(finding, undefined) })
  openSeats(draft, { now, directory, holdsElsewhere: NOBODY }, null)
  return draft.state
}

function nextCall(
  state: IncidentState,
  given: Seat,
  directory: Directory,
  now: Instant,
  holdsElsewhere: ReadonlySet<string>,
): NextCall {
  const { role } = given
  const calling = (given.engagement?.open ?? []).map((attempt) => callingNow(attempt, given))
  const resumesAt = given.engagement?.pausedUntil ?? null
  const at = latest(now, resumesAt, ...calling.map(({ until }) => until)) ?? now
  const seat = resumesAt === null ? given : nextRound(given)
  const { next, skipped } = search(state, seat, { now: at, directory, holdsElsewhere })
  return { role, status: seatStatus(given), calling, next, skipped, resumesAt }
}

function callingNow({ responderId, reason, windowStartsAt, calls, channelsLeft }: Attempt, seat: Seat) {
  const last = calls.at(-1)?.requestedAt ?? seat.checkInDueAt ?? ''
  const since = calls[0]?.requestedAt ?? last
  // No provider has accepted it yet: each channel has its minute before the next candidate's turn.
  const unaccepted = plusSeconds(last, ACCEPT_WITHIN_SECONDS * (channelsLeft.length + 1))
  const until = windowStartsAt === null ? unaccepted : plusSeconds(windowStartsAt, seat.ackWithinSeconds)
  return { responderId, reason, since, until }
}

/** The seat as it will be when its pause is over. */
function nextRound(seat: Seat): Seat {
  if (seat.engagement === null) return seat
  const round = seat.engagement.round + 1
  return {
    ...seat,
    engagement: { round, tried: [], declined: [], open: [], handedTo: null, pausedUntil: null, deferred: null },
  }
}

type Context = Parameters<typeof skipReason>[3]

function search(state: IncidentState, seat: Seat, context: Context): Pick<NextCall, 'next' | 'skipped'> {
  const skipped: Called[] = []
  const seen = new Set(seat.engagement?.tried ?? [])
  const { directory, now } = context
  const wide = seat.acting ? [] : widened(seat, directory)
  for (const { responder, reason } of [...candidatesInOrder(state, seat, directory, now), ...wide]) {
    if (seen.has(responder.id)) continue
    seen.add(responder.id)
    const why = skipReason(state, seat, { responder, reason }, context)
    if (why === null) return { next: whenQuietEnds(state, { responder, reason }, now), skipped }
    skipped.push({ responderId: responder.id, reason: why })
  }
  return { next: null, skipped }
}

function whenQuietEnds(state: IncidentState, { responder, reason }: CandidateEntry, now: Instant) {
  return { responderId: responder.id, reason, at: quietFor(state, responder, now) ?? now }
}

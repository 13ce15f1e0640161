import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { pauseSeconds } from '../incident/pause.ts'
import type { Reason } from '../incident/reasons.ts'
import { type Seat, seatOf } from '../incident/state.ts'
import { plusSeconds } from '../time/instant.ts'
import { type CandidateEntry, candidatesInOrder, widened } from './candidates.ts'
import { quietFor, skipReason } from './eligibility.ts'
import { startAttempt } from './request-page.ts'

/** What one decision may still do, over all seats: a commit stays small. What is left follows in the next, at once. */
export interface Budget {
  skipsLeft: number
  pagesLeft: number
}

const WIDENED_AT_ONCE = 25

export function newBudget(): Budget {
  return { skipsLeft: 100, pagesLeft: 60 }
}

export interface Search {
  readonly draft: Draft
  readonly context: DecisionContext
  readonly role: string
  readonly budget: Budget
}

/** Passes over who can't be called, calls the first who can, ends the round when nobody is left. */
export function callNextCandidate(search: Search): void {
  const { draft, context, budget } = search
  for (const entry of untried(search, candidatesInOrder(draft.state, seat(search), context.directory, context.now))) {
    if (budget.skipsLeft === 0) return
    if (tryEntry(search, entry) !== 'skipped') return
  }
  if (seat(search).acting || widen(search) === 'nobody-left') endRound(search)
}

function seat({ draft, role }: Search): Seat {
  const found = seatOf(draft.state, role)
  if (found === undefined) throw new Error(`no seat ${role}`)
  return found
}

/** Entries of this round that nobody has tried yet, asked again after each step: the first of a person counts. */
function* untried(search: Search, entries: readonly CandidateEntry[]): Generator<CandidateEntry> {
  for (const entry of entries) {
    if (!seat(search).engagement?.tried.includes(entry.responder.id)) yield entry
  }
}

function tryEntry(search: Search, entry: CandidateEntry): 'skipped' | 'deferred' | 'called' {
  const { draft, context, role } = search
  const { responder, reason } = entry
  const why = skipReason(draft.state, seat(search), entry, context)
  if (why !== null) return skip(search, responder.id, why)
  const until = quietFor(draft.state, responder, context.now)
  if (until !== null) {
    draft.emit({
      type: 'CandidateDeferred',
      v: 1,
      data: { role, responderId: responder.id, until, reason: 'QuietHours' },
    })
    return 'deferred'
  }
  startAttempt(draft, role, responder, reason)
  return 'called'
}

function skip(search: Search, responderId: string, reason: Reason): 'skipped' {
  const { draft, role, budget } = search
  const round = seat(search).engagement?.round ?? 1
  draft.emit({ type: 'CandidateSkipped', v: 1, data: { role, responderId, round, reason } })
  budget.skipsLeft -= 1
  return 'skipped'
}

/**
 * Calls up to 25 who agreed to off-duty calls in one step; who is in quiet hours is called in a later one, when nobody
 * else is left.
 */
function widen(search: Search): 'goes-on' | 'nobody-left' {
  const { draft, context, budget } = search
  if (budget.pagesLeft < WIDENED_AT_ONCE) return 'goes-on'
  let called = 0
  let quiet: CandidateEntry | null = null
  for (const entry of untried(search, widened(seat(search), context.directory))) {
    if (called === WIDENED_AT_ONCE || budget.skipsLeft === 0) return 'goes-on'
    const why = skipReason(draft.state, seat(search), entry, context)
    if (why !== null) skip(search, entry.responder.id, why)
    else if (quietFor(draft.state, entry.responder, context.now) !== null) quiet = soonest(search, quiet, entry)
    else {
      tryEntry(search, entry)
      called += 1
      budget.pagesLeft -= 1
    }
  }
  if (called === 0 && quiet !== null) tryEntry(search, quiet)
  return called > 0 || quiet !== null ? 'goes-on' : 'nobody-left'
}

function soonest({ draft, context }: Search, known: CandidateEntry | null, entry: CandidateEntry): CandidateEntry {
  if (known === null) return entry
  const until = (one: CandidateEntry) => quietFor(draft.state, one.responder, context.now) ?? context.now
  return until(entry) < until(known) ? entry : known
}

/** Everybody was tried: said, and started again from the top after a pause that doubles. */
function endRound(search: Search): void {
  const { draft, context, role } = search
  const round = seat(search).engagement?.round ?? 1
  const resumesAt = plusSeconds(context.now, pauseSeconds(round, draft.state.severity))
  draft.emit({ type: 'SeatExhausted', v: 1, data: { role, round, resumesAt, reason: 'Exhausted' } })
}

import type { Reason } from '../incident/reasons.ts'
import type { Attempt } from '../incident/state.ts'
import { epochMs, type Instant, latest, plusMs, plusSeconds } from '../time/instant.ts'

/** A page that no provider has accepted by then has failed: next channel, next candidate. */
export const ACCEPT_WITHIN_SECONDS = 60

export interface NextStep {
  readonly at: Instant
  readonly next: 'next-channel' | 'end'
  /** Why the attempt ends. */
  readonly reason: Extract<Reason, 'WindowElapsed' | 'DeliveryFailed'>
}

/** What an attempt does next if nobody answers, and when. `windowSeconds` counts from the first accepted message. */
export function nextStep(attempt: Attempt, windowSeconds: number): NextStep {
  const { windowStartsAt } = attempt
  return windowStartsAt === null
    ? beforeAccepted(attempt)
    : withinWindow(attempt, windowStartsAt, plusSeconds(windowStartsAt, windowSeconds))
}

/**
 * The step that is due at `now`, if any. Late, after an outage, steps do not pile up: a window that is over ends the
 * attempt, whatever channels were left.
 */
export function stepDue(attempt: Attempt, windowSeconds: number, now: Instant): NextStep | null {
  const { windowStartsAt } = attempt
  const endsAt = windowStartsAt === null ? null : plusSeconds(windowStartsAt, windowSeconds)
  if (endsAt !== null && endsAt <= now) return { at: endsAt, next: 'end', reason: 'WindowElapsed' }
  const step = nextStep(attempt, windowSeconds)
  return step.at <= now ? step : null
}

function beforeAccepted(attempt: Attempt): NextStep {
  const last = lastCall(attempt)
  const at = last.outcome === 'failed' ? last.requestedAt : plusSeconds(last.requestedAt, ACCEPT_WITHIN_SECONDS)
  return { at, next: attempt.channelsLeft.length > 0 ? 'next-channel' : 'end', reason: 'DeliveryFailed' }
}

/**
 * The channels that are left share the rest of the window evenly, counted from the last call: so one that came late
 * moves the others instead of calling them at once. One that failed makes room for the next immediately.
 */
function withinWindow(attempt: Attempt, startsAt: Instant, endsAt: Instant): NextStep {
  const left = attempt.channelsLeft.length
  if (left === 0) return { at: endsAt, next: 'end', reason: 'WindowElapsed' }
  const last = lastCall(attempt)
  const from = latest(startsAt, last.requestedAt) ?? startsAt
  const spacedAt = plusMs(from, Math.ceil((epochMs(endsAt) - epochMs(from)) / (left + 1)))
  return { at: last.outcome === 'failed' ? last.requestedAt : spacedAt, next: 'next-channel', reason: 'WindowElapsed' }
}

function lastCall(attempt: Attempt) {
  const last = attempt.calls.at(-1)
  if (last === undefined) throw new Error(`an attempt for ${attempt.responderId} without a call`)
  return last
}

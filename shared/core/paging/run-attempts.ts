import { findResponder, type Role } from '../directory/directory.ts'
import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { Reason } from '../incident/reasons.ts'
import { type Attempt, seatOf } from '../incident/state.ts'
import { type NextStep, stepDue } from './attempt.ts'
import type { Budget } from './call-next.ts'
import { barredBy, whyNotCalled } from './eligibility.ts'
import { callNextChannel } from './request-page.ts'

/** Runs each open attempt of a seat up to now: ended, or on to the next channel, as far as the decision's budget goes. */
export function runAttempts(draft: Draft, context: DecisionContext, role: Role, budget: Budget): void {
  for (const { responderId } of seatOf(draft.state, role)?.engagement?.open ?? []) {
    endIfBarred(draft, context, role, responderId)
    runAttempt(draft, context, role, responderId, budget)
  }
}

/** Who took the seat that excludes this one, or turned up in a finding, is not waited for. */
function endIfBarred(draft: Draft, context: DecisionContext, role: Role, responderId: string): void {
  const responder = findResponder(context.directory, responderId)
  const reason = responder ? barredBy(draft.state, role, responder) : null
  if (reason !== null) end(draft, role, responderId, reason)
}

function runAttempt(draft: Draft, context: DecisionContext, role: Role, responderId: string, budget: Budget): void {
  while (budget.pagesLeft > 0) {
    const attempt = openAttempt(draft, role, responderId)
    const step = attempt ? stepDue(attempt, seatOf(draft.state, role)?.ackWithinSeconds ?? 0, context.now) : null
    if (attempt === undefined || step === null) return
    budget.pagesLeft -= 1
    advance(draft, context, role, attempt, step)
  }
}

function openAttempt(draft: Draft, role: Role, responderId: string): Attempt | undefined {
  return seatOf(draft.state, role)?.engagement?.open.find((attempt) => attempt.responderId === responderId)
}

function advance(draft: Draft, context: DecisionContext, role: Role, attempt: Attempt, step: NextStep): void {
  const responder = findResponder(context.directory, attempt.responderId)
  const gone = responder === undefined ? 'Left' : whyNotCalled(draft.state, role, responder, context.now)
  if (step.next === 'next-channel' && responder && gone === null)
    callNextChannel(draft, role, responder, attempt, context.now)
  else end(draft, role, attempt.responderId, whyEnded(step, gone))
}

/** A window that was given is over, whoever has gone since; a page that reached nobody has a better reason, if any. */
function whyEnded(step: NextStep, gone: Reason | null): Reason {
  const wasGiven = step.next === 'end' && step.reason === 'WindowElapsed'
  return wasGiven ? step.reason : (gone ?? step.reason)
}

function end(draft: Draft, role: Role, responderId: string, reason: Reason): void {
  draft.emit({ type: 'AttemptEnded', v: 1, data: { role, responderId, reason } })
}

import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { seatOf } from '../incident/state.ts'
import { ringsAtNight } from '../severity/severity.ts'
import { type Budget, callNextCandidate, newBudget } from './call-next.ts'
import { settleCheckIn } from './check-in.ts'
import { runAttempts } from './run-attempts.ts'

/** Decides everything that is due for the seats: the next channel, the next candidate, the next round, check-ins. */
export function settleSeats(draft: Draft, context: DecisionContext): void {
  if (draft.state.status === 'closed') return
  const budget = newBudget()
  for (const { role } of draft.state.seats) {
    settleCheckIn(draft, context, role)
    settleEngagement(draft, context, role, budget)
  }
}

function settleEngagement(draft: Draft, context: DecisionContext, role: string, budget: Budget): void {
  runAttempts(draft, context, role, budget)
  const engagement = seatOf(draft.state, role)?.engagement ?? null
  if (engagement === null || engagement.open.length > 0) return
  if (engagement.pausedUntil !== null) {
    if (engagement.pausedUntil > context.now) return
    draft.emit({ type: 'RoundStarted', v: 1, data: { role, round: engagement.round + 1, reason: 'NewRound' } })
  }
  if (!isDeferred(draft, context, role)) callNextCandidate({ draft, context, role, budget })
}

/** The next candidate's quiet hours hold: the order waits for them, unless the severity rings at any hour by now. */
function isDeferred(draft: Draft, context: DecisionContext, role: string): boolean {
  const deferred = seatOf(draft.state, role)?.engagement?.deferred ?? null
  return deferred !== null && deferred.until > context.now && !ringsAtNight(draft.state.severity)
}

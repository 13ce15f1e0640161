import { policyFor } from '../directory/directory.ts'
import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { EventOf } from '../incident/events.ts'
import { type IncidentState, type Seat, seatOf } from '../incident/state.ts'
import type { IncidentSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'

type Pace = NonNullable<EventOf<'SeverityRaised'>['data']['seats']>

/** Opens the seats that the policy of the incident's severity asks for and that it does not have yet. */
export function openSeats(draft: Draft, context: DecisionContext, reason: 'SeverityRaised' | null): void {
  for (const pace of paceOf(context, draft.state.severity)) {
    if (seatOf(draft.state, pace.role)) continue
    draft.emit({ type: 'SeatOpened', v: 1, data: { ...pace, reason } })
  }
}

/** The windows and check-ins that a severity gives to the seats that are open already. */
export function paceOfOpenSeats(state: IncidentState, context: DecisionContext, severity: IncidentSeverity): Pace {
  return paceOf(context, severity).filter(({ role }) => seatOf(state, role) !== undefined)
}

function paceOf({ directory }: DecisionContext, severity: IncidentSeverity): Pace {
  const policy = policyFor(directory, severity)
  if (policy === undefined) return []
  const { checkInAfterSeconds } = policy
  return policy.seats.map(({ role, ackWithinSeconds }) => ({ role, ackWithinSeconds, checkInAfterSeconds }))
}

/** Any action of a person answers the check-ins of the seats they hold, also one that comes due at that moment. */
export function answerCheckIns(draft: Draft, responderId: string, now: Instant): void {
  if (draft.state.status === 'closed') return
  for (const seat of draft.state.seats) {
    if (seat.holder !== responderId || !waitsForAnswer(seat, now)) continue
    for (const attempt of seat.engagement?.open ?? []) {
      const data = { role: seat.role, responderId: attempt.responderId, reason: 'SeatTaken' } as const
      draft.emit({ type: 'AttemptEnded', v: 1, data })
    }
    draft.emit({ type: 'CheckInAnswered', v: 1, data: { role: seat.role, responderId } })
  }
}

function waitsForAnswer({ checkIn, checkInDueAt, engagement, silent }: Seat, now: Instant): boolean {
  const due = engagement === null && checkInDueAt !== null && checkInDueAt <= now
  return checkIn !== null || silent || due
}

import { findResponder, INCIDENT_COMMANDER } from '../directory/directory.ts'
import type { ChangeSeverity, CloseIncident, DecisionContext, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { type IncidentState, seatOf } from '../incident/state.ts'
import { isWorse, ringsAtNight } from '../severity/severity.ts'
import { paceOfOpenSeats } from './open-seats.ts'
import { raiseTo } from './record-findings.ts'

/** Anybody in the directory may raise the severity; only the Commander lowers it, with a reason. Seats and clocks stay. */
export function changeSeverity(draft: Draft, command: ChangeSeverity, context: DecisionContext): Refusal | null {
  const { severity: to, responderId, note } = command
  const from = draft.state.severity
  if (draft.state.status === 'closed') return { ok: false, reason: 'Closed' }
  if (!findResponder(context.directory, responderId)) {
    return { ok: false, reason: 'NotFound', what: `responder ${responderId}` }
  }
  if (to === from) return null
  if (isWorse(to, from)) {
    raiseTo(draft, context, to, { by: responderId, note })
    return null
  }
  if (commanderOf(draft.state) !== responderId) {
    return { ok: false, reason: 'Forbidden', why: 'only the Incident Commander lowers the severity' }
  }
  if (note === null) return { ok: false, reason: 'Invalid', field: 'reason', expected: 'why the severity is lowered' }
  const seats = paceOfOpenSeats(draft.state, context, to)
  draft.emit({ type: 'SeverityLowered', v: 1, data: { from, to, responderId, note, seats } })
  return null
}

/** Refused while a clock is provisional. SEV1 and SEV2 are closed by the Commander, others by any holder of a seat. */
export function closeIncident(draft: Draft, command: CloseIncident, context: DecisionContext): Refusal | null {
  const { responderId, note } = command
  if (!findResponder(context.directory, responderId)) {
    return { ok: false, reason: 'NotFound', what: `responder ${responderId}` }
  }
  if (draft.state.status === 'closed') {
    return draft.state.closedBy === responderId ? null : { ok: false, reason: 'Closed' }
  }
  if (!mayClose(draft.state, responderId)) {
    return {
      ok: false,
      reason: 'Forbidden',
      why: 'closed by the Incident Commander; below SEV2 by any holder of a seat',
    }
  }
  if (draft.state.clocks.some(({ status }) => status === 'provisional')) {
    return {
      ok: false,
      reason: 'Conflict',
      why: 'a notification clock is still provisional: confirm it or decide that it is not notifiable',
    }
  }
  draft.emit({ type: 'IncidentClosed', v: 1, data: { responderId, note } })
  return null
}

function commanderOf(state: Pick<IncidentState, 'seats'>): string | null {
  return seatOf(state, INCIDENT_COMMANDER)?.holder ?? null
}

/** SEV1 and SEV2: the Commander's seat, where there is one; others: whoever holds a seat. */
export function mayClose(state: Pick<IncidentState, 'severity' | 'seats'>, responderId: string): boolean {
  if (ringsAtNight(state.severity) && seatOf(state, INCIDENT_COMMANDER)) return commanderOf(state) === responderId
  return state.seats.some(({ holder }) => holder === responderId)
}

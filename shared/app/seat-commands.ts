import type { SeatCommand } from '../core/incident/commands.ts'
import { type Answered, type Asked, askIncident, type CommandDependencies } from './ask-incident.ts'
import { askSurvivor } from './follow-merged.ts'

export const SEAT_ACTIONS = ['acknowledge', 'decline', 'hand-over', 'escalate'] as const
export type SeatAction = (typeof SEAT_ACTIONS)[number]

/** What a person wants with one seat. */
export interface SeatRequest {
  readonly incidentId: string
  readonly role: string
  readonly action: SeatAction
  readonly responderId: string
  /** To whom a seat is handed over; null otherwise. */
  readonly to: string | null
  readonly reason: string | null
  /** How it was said: `api`, `link`, `console`, … */
  readonly via: string
}

export interface SeatAnswer {
  readonly incidentId: string
  readonly role: string
  readonly action: SeatAction
  readonly responderId: string
  readonly to: string | null
}

/**
 * Takes, refuses, passes on or escalates a seat, by name. Again by the same person is fine and changes nothing. Where the
 * incident was merged, it is the same seat of the one that it lives on in; the answer names that one.
 */
export async function askForSeat(
  deps: CommandDependencies,
  request: SeatRequest,
  asked: Asked,
): Promise<Answered<SeatAnswer>> {
  const command = seatCommand(request)
  if (command === null)
    return { ok: false, reason: 'Invalid', field: 'to', expected: 'the id of the person who is to take it' }
  const { role, action, responderId, to, reason } = request
  return askSurvivor(request.incidentId, (incidentId) =>
    askIncident(deps, asked, {
      incidentId,
      actor: responderId,
      // Of the incident that was asked: the same key again is the same request, wherever it lives on by then.
      scope: `incidents/${request.incidentId}/seats/${role}/${action}`,
      sent: { responderId, to, reason },
      answer: { incidentId, role, action, responderId, to },
      command: () => command,
    }),
  )
}

/** Null when a hand-over names nobody. */
function seatCommand({ action, role, responderId, to, reason: note, via }: SeatRequest): SeatCommand | null {
  switch (action) {
    case 'acknowledge':
      return { type: 'AcknowledgeSeat', role, responderId, via }
    case 'decline':
      return { type: 'DeclineSeat', role, responderId, note }
    case 'escalate':
      return { type: 'EscalateSeat', role, responderId, note }
    case 'hand-over':
      return to === null ? null : { type: 'HandOverSeat', role, responderId, to, note }
  }
}

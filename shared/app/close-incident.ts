import { type Answered, type Asked, askIncident, type CommandDependencies } from './ask-incident.ts'

export interface CloseRequest {
  readonly incidentId: string
  readonly responderId: string
  readonly reason: string
}

export interface CloseAnswer {
  readonly incidentId: string
  readonly status: 'closed'
  readonly responderId: string
}

/** Closes the incident with a reason; refused while a notification clock is provisional. */
export function askToClose(
  deps: CommandDependencies,
  { incidentId, responderId, reason }: CloseRequest,
  asked: Asked,
): Promise<Answered<CloseAnswer>> {
  return askIncident(deps, asked, {
    incidentId,
    actor: responderId,
    scope: `incidents/${incidentId}/close`,
    sent: { responderId, reason },
    answer: { incidentId, status: 'closed', responderId },
    command: () => ({ type: 'CloseIncident', responderId, note: reason }),
  })
}

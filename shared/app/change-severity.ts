import type { IncidentSeverity } from '../core/severity/severity.ts'
import { type Answered, type Asked, askIncident, type CommandDependencies } from './ask-incident.ts'

export interface SeverityRequest {
  readonly incidentId: string
  readonly severity: IncidentSeverity
  readonly responderId: string
  readonly reason: string | null
}

export type SeverityAnswer = Omit<SeverityRequest, 'reason'>

/** Raises the severity, which anybody may, or lowers it, which only the Commander may, with a reason. */
export function changeIncidentSeverity(
  deps: CommandDependencies,
  { incidentId, severity, responderId, reason }: SeverityRequest,
  asked: Asked,
): Promise<Answered<SeverityAnswer>> {
  return askIncident(deps, asked, {
    incidentId,
    actor: responderId,
    scope: `incidents/${incidentId}/severity`,
    sent: { severity, responderId, reason },
    answer: { incidentId, severity, responderId },
    command: () => ({ type: 'ChangeSeverity', severity, responderId, note: reason }),
  })
}

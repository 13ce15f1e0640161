import type { DataCategory } from '../core/directory/directory.ts'
import { type Answered, type Asked, askIncident, type CommandDependencies } from './ask-incident.ts'

export interface FactsRequest {
  readonly incidentId: string
  readonly responderId: string
  readonly dataCategories: readonly DataCategory[]
  /** ISO 3166 codes (with subdivision) or `EU`. */
  readonly residents: readonly string[]
}

/** Notes what was found out about the data concerned: it may start clocks, and reopens what was decided. */
export function recordIncidentFacts(
  deps: CommandDependencies,
  request: FactsRequest,
  asked: Asked,
): Promise<Answered<FactsRequest>> {
  const { incidentId, responderId, dataCategories, residents } = request
  return askIncident(deps, asked, {
    incidentId,
    actor: responderId,
    scope: `incidents/${incidentId}/facts`,
    sent: { responderId, dataCategories, residents },
    answer: request,
    command: () => ({ type: 'RecordFacts', responderId, dataCategories, residents }),
  })
}

import type { DataCategory } from '../core/directory/directory.ts'
import { type Answered, type Asked, askIncident, type CommandDependencies } from './ask-incident.ts'
import { askSurvivor } from './follow-merged.ts'

export interface FactsRequest {
  readonly incidentId: string
  readonly responderId: string
  /** By name: what Muster decides from (`dataCategories`, `residents`), and anything else, which is kept as it is. */
  readonly facts: Readonly<Record<string, unknown>> & {
    readonly dataCategories?: readonly DataCategory[] | undefined
    /** ISO 3166 codes (with subdivision) or `EU`. */
    readonly residents?: readonly string[] | undefined
  }
}

/** Notes what was found out, where the incident lives on: it may start clocks, and reopens what was decided. */
export function recordIncidentFacts(
  deps: CommandDependencies,
  request: FactsRequest,
  asked: Asked,
): Promise<Answered<FactsRequest>> {
  const { responderId, facts } = request
  const { dataCategories = [], residents = [], ...other } = facts
  return askSurvivor(request.incidentId, (incidentId) =>
    askIncident(deps, asked, {
      incidentId,
      actor: responderId,
      scope: `incidents/${request.incidentId}/facts`,
      sent: { responderId, facts },
      answer: { ...request, incidentId },
      command: () => ({ type: 'RecordFacts', responderId, dataCategories, residents, other }),
    }),
  )
}

import type { Command } from '../core/incident/commands.ts'
import { absorbing, type MergedBy } from './absorbing.ts'
import { type Answered, type Asked, askIncident, type CommandDependencies } from './ask-incident.ts'
import { finishMerge } from './finish-merge.ts'
import { loadSurvivor } from './follow-merged.ts'
import { loadIncident } from './load-incident.ts'

export interface MergeRequest {
  readonly incidentId: string
  /** The incident that it is to live on in, of the lower id. */
  readonly into: string
  readonly responderId: string
  readonly reason: string
}

/** The incident that goes on. */
export interface MergeAnswer {
  readonly incidentId: string
}

/**
 * Merges an incident into another: first that one absorbs it, then it points there. Between both it goes on calling; if
 * the second step does not come, dispatch of the first makes it. Again is fine and finishes what was begun.
 */
export async function askToMerge(
  deps: CommandDependencies,
  { incidentId, into, responderId, reason }: MergeRequest,
  asked: Asked,
): Promise<Answered<MergeAnswer>> {
  const by: MergedBy = { incidentId, responderId, note: reason }
  if ((await loadIncident(deps.table, incidentId)).state === null) {
    return { ok: false, reason: 'NotFound', what: `incident ${incidentId}` }
  }
  const answered = await askIncident(deps, asked, {
    incidentId: into,
    actor: responderId,
    scope: `incidents/${incidentId}/merge`,
    sent: { into, responderId, reason },
    answer: { incidentId: into },
    command: () => unlessMerged(deps, into, by),
  })
  if (!answered.ok) return answered
  await finishMerge(deps, into, by, asked.now)
  return { ok: true, answer: { incidentId: (await loadSurvivor(deps.table, into)).incidentId } }
}

/** Nothing is left to do where it lives on in that incident, or by way of it, already. */
async function unlessMerged(deps: CommandDependencies, into: string, by: MergedBy): Promise<Command | null> {
  for (let id: string | null = by.incidentId; id !== null; ) {
    const { state } = await loadIncident(deps.table, id)
    id = state?.mergedInto ?? null
    if (id === into) return null
  }
  return absorbing(deps, into, by)
}

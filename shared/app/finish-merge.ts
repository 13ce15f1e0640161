import type { Instant } from '../core/time/instant.ts'
import { ConflictFault } from '../ports/faults.ts'
import { absorbing, type MergedBy } from './absorbing.ts'
import type { CommandDependencies } from './ask-incident.ts'
import { loadSurvivor } from './follow-merged.ts'
import { loadIncident } from './load-incident.ts'
import { MUSTER_ACTOR } from './rows/commit-row.ts'
import { PERSON, runCommand } from './run-command.ts'

/** Something may happen to the incident each time between its being absorbed and its pointing there. */
const MOST_TRIES = 10

/**
 * The second step of a merge, after `into` has absorbed the incident: it points there, and calls nobody any more. What
 * has happened to it in between is absorbed first. Done before, it changes nothing; where the other incident was closed
 * meanwhile and does not know of everything, this one stays open and goes on calling.
 * @throws ConflictFault when it changes faster than it can be absorbed.
 */
export async function finishMerge(deps: CommandDependencies, into: string, by: MergedBy, now: Instant): Promise<void> {
  let target = into
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (await pointTo(deps, target, by, now)) return
    target = (await loadSurvivor(deps.table, target)).incidentId
    if (!(await absorbAgain(deps, target, by, now))) return
  }
  throw new ConflictFault(`incident ${by.incidentId} changes while it is being merged`)
}

/** False when the target does not know of everything. */
async function pointTo(deps: CommandDependencies, target: string, by: MergedBy, now: Instant): Promise<boolean> {
  const { state } = await loadIncident(deps.table, target)
  const print = state?.absorbed.find(({ id }) => id === by.incidentId)?.print ?? ''
  const { incidentId, responderId, note } = by
  const outcome = await runCommand(deps, {
    incidentId,
    now,
    actor: responderId,
    causes: [],
    patience: PERSON,
    command: () => ({ type: 'MergeIncident', into: target, print, responderId, note }),
  })
  return outcome.status !== 'refused' || outcome.refusal.reason !== 'Conflict'
}

/** False when the target is closed: nobody there would be called for what is new. */
async function absorbAgain(deps: CommandDependencies, target: string, by: MergedBy, now: Instant): Promise<boolean> {
  const outcome = await runCommand(deps, {
    incidentId: target,
    now,
    actor: MUSTER_ACTOR,
    causes: [],
    patience: PERSON,
    // Also for a worker whose role may not read the index of held seats.
    asksHolders: false,
    command: () => absorbing(deps, target, by),
  })
  return outcome.status !== 'refused' || outcome.refusal.reason === 'Merged'
}

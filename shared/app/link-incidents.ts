import type { Instant } from '../core/time/instant.ts'
import type { CommandDependencies } from './ask-incident.ts'
import { loadSurvivor } from './follow-merged.ts'
import { MUSTER_ACTOR } from './rows/commit-row.ts'
import { PERSON, runCommand } from './run-command.ts'

/** Two incidents that share something. */
export interface SharedIndicators {
  readonly incidentIds: readonly [string, string]
  /** What both name, e.g. `ip:198.51.100.7`. */
  readonly indicators: readonly string[]
}

/**
 * Shows two incidents together, each with the other; where one was merged, the one that it lives on in. They are never
 * joined by it. Again changes nothing, and finishes what was begun.
 * @throws ConflictFault, TransientFault as `runCommand`.
 */
export async function linkIncidents(
  deps: CommandDependencies,
  { incidentIds, indicators }: SharedIndicators,
  now: Instant,
): Promise<void> {
  const [one, other] = await Promise.all(incidentIds.map((id) => loadSurvivor(deps.table, id)))
  if (!one?.state || !other?.state || one.incidentId === other.incidentId) return
  const pairs = [
    [one.incidentId, other.incidentId],
    [other.incidentId, one.incidentId],
  ] as const
  for (const [incidentId, linkedId] of pairs) {
    await runCommand(deps, {
      incidentId,
      now,
      actor: MUSTER_ACTOR,
      causes: [],
      patience: PERSON,
      asksHolders: false,
      command: () => ({ type: 'LinkIncident', incidentId: linkedId, indicators }),
    })
  }
}

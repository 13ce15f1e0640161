import { MOST_PRINCIPALS } from '../core/incident/evolve-incident.ts'
import type { SplitOffFindings } from '../core/incident/merging-commands.ts'
import type { Instant } from '../core/time/instant.ts'
import type { CommandDependencies } from './ask-incident.ts'
import { loadWhole, type WholeIncident } from './findings-on-record.ts'
import { loadSurvivor } from './follow-merged.ts'
import { loadHistory } from './load-incident.ts'
import { PERSON, runCommand } from './run-command.ts'

/** The incident that findings were split off from, by whom and why. */
export interface SplitBy {
  readonly incidentId: string
  readonly responderId: string
  readonly note: string
}

/**
 * The second step of a split, after the findings have opened `newId`: the incident that they came from, or whatever it
 * lives on in, lets go of them. Done before, it changes nothing.
 * @throws ConflictFault, TransientFault as `runCommand`.
 */
export async function finishSplit(deps: CommandDependencies, newId: string, by: SplitBy, now: Instant): Promise<void> {
  const [opened] = await loadHistory(deps.table, newId)
  const keys = (opened?.events ?? []).flatMap(({ type, data }) => (type === 'FindingJoined' ? [data.finding.key] : []))
  const { incidentId } = await loadSurvivor(deps.table, by.incidentId)
  const outcome = await runCommand(deps, {
    incidentId,
    now,
    actor: by.responderId,
    causes: [],
    patience: PERSON,
    command: async () => {
      const whole = await loadWhole(deps.table, incidentId)
      return whole === null ? null : lettingGo(whole, newId, keys, by)
    },
  })
  // Merged since it was looked up: asked again where it lives on.
  if (outcome.status === 'refused' && outcome.refusal.reason === 'Merged') await finishSplit(deps, newId, by, now)
}

function lettingGo(
  { findings, declaredFor }: WholeIncident,
  newId: string,
  keys: readonly string[],
  { responderId, note }: SplitBy,
): SplitOffFindings | null {
  const leaving = keys.filter((key) => findings.has(key))
  if (leaving.length === 0) return null
  const staying = [...findings].filter(([key]) => !leaving.includes(key)).map(([, one]) => one)
  const concerned = [...declaredFor, ...staying.map(({ recorded }) => recorded.finding.accountId)]
  const accounts = [...new Set(concerned)].slice(0, MOST_PRINCIPALS)
  return { type: 'SplitOffFindings', incidentId: newId, findings: leaving, accounts, responderId, note }
}

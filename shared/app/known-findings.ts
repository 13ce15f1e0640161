import type { Finding } from '../core/findings/finding.ts'
import type { RecordedFinding } from '../core/incident/event-parts.ts'
import type { IncidentEvent } from '../core/incident/events.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import type { LoadedIncident } from './load-incident.ts'
import { type KnownFinding, readFinding } from './rows/finding-row.ts'
import { findingKey } from './rows/keys.ts'

/**
 * What is known of findings at the moment of a decision: from the commits after the head first, then from their rows,
 * read later than the load. Dispatch writes the rows before the head, so what is in neither has never been recorded.
 */
export async function knownFindings(
  deps: Pick<Dependencies, 'table' | 'real'>,
  loaded: readonly LoadedIncident[],
  findings: readonly Finding[],
): Promise<Map<string, KnownFinding>> {
  const reads = findings.map(({ key }) => ({ table: 'findings' as const, key: findingKey(key) }))
  const rows = await batchRead(deps, reads)
  const known = new Map<string, KnownFinding>()
  for (const { key } of findings) {
    const row = rows.get(keyText(findingKey(key)))
    const read = row === undefined ? null : readFinding(row)
    if (read !== null) known.set(key, read)
  }
  return withUndispatched(known, loaded)
}

/** What rows say of findings, and over that what commits after the heads say. The rows must be read after the heads. */
export function withUndispatched(
  rows: ReadonlyMap<string, KnownFinding>,
  loaded: readonly LoadedIncident[],
): Map<string, KnownFinding> {
  const known = new Map(rows)
  for (const one of loaded) {
    for (const [key, recorded] of knownAfterHead(one)) {
      const before = known.get(key)
      if (before === undefined || before.revision < recorded.revision) known.set(key, recorded)
    }
  }
  return known
}

/** The findings of an incident that its undispatched commits tell of, as their rows will say it. */
export function knownAfterHead({ incidentId, commits, state }: LoadedIncident): Map<string, KnownFinding> {
  const own = state && { groupHash: state.groupHash, episode: state.episode }
  const known = new Map<string, KnownFinding>()
  for (const recorded of commits.flatMap(({ events }) => events.flatMap(recordedIn))) {
    const { finding, versions, revision, worstSeverity = finding.severity, group = own } = recorded
    known.set(finding.key, { finding, versions, revision, worstSeverity, incidentId, group, ignoredReason: null })
  }
  return known
}

function recordedIn(event: IncidentEvent): RecordedFinding[] {
  return event.type === 'FindingJoined' || event.type === 'FindingUpdated' ? [event.data] : []
}

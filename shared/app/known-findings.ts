import type { Finding } from '../core/findings/finding.ts'
import type { RecordedFinding } from '../core/incident/event-parts.ts'
import type { IncidentEvent } from '../core/incident/events.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import type { LoadedIncident } from './load-incident.ts'
import type { StoredCommit } from './rows/commit-row.ts'
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
  return withUndispatched(known, loaded, findings)
}

/** What rows say of findings, and over that what commits after the heads say. The rows must be read after the heads. */
export function withUndispatched(
  rows: ReadonlyMap<string, KnownFinding>,
  loaded: readonly LoadedIncident[],
  findings: readonly Finding[],
): Map<string, KnownFinding> {
  const known = new Map(rows)
  for (const { key } of findings) {
    for (const one of loaded) {
      const recorded = knownAfterHead(one, key)
      const before = known.get(key)
      if (recorded !== null && (before === undefined || before.revision < recorded.revision)) known.set(key, recorded)
    }
  }
  return known
}

/** A finding as its row will say it, where an incident's undispatched commits tell of it. */
export function knownAfterHead({ incidentId, commits, state }: LoadedIncident, key: string): KnownFinding | null {
  const recorded = commits.findLast((commit) => recordedIn(commit).has(key))
  const last = recorded && recordedIn(recorded).get(key)
  if (last === undefined) return null
  const own = state && { groupHash: state.groupHash, episode: state.episode }
  const { finding, versions, revision, worstSeverity = finding.severity, group = own } = last
  return { finding, versions, revision, worstSeverity, incidentId, group, ignoredReason: null }
}

/** The findings of a commit, by key: it is asked for them many times while nobody has dispatched it. */
const RECORDED = new WeakMap<StoredCommit, ReadonlyMap<string, RecordedFinding>>()

function recordedIn(commit: StoredCommit): ReadonlyMap<string, RecordedFinding> {
  const known = RECORDED.get(commit)
  if (known !== undefined) return known
  const recorded = new Map(commit.events.flatMap(recordedBy).map((one) => [one.finding.key, one]))
  RECORDED.set(commit, recorded)
  return recorded
}

function recordedBy(event: IncidentEvent): RecordedFinding[] {
  return event.type === 'FindingJoined' || event.type === 'FindingUpdated' ? [event.data] : []
}

import type { FindingVersion, IgnoredReason, Wrapping } from '../../core/findings/finding.ts'
import type { FindingSummary } from '../../core/findings/summary.ts'
import { isLatest, joinVersions } from '../../core/findings/version.ts'
import type { RecordedFinding } from '../../core/incident/event-parts.ts'
import type { IncidentState } from '../../core/incident/state.ts'
import type { FindingSeverity } from '../../core/severity/severity.ts'
import { epochMs, type Instant } from '../../core/time/instant.ts'
import type { Item } from '../../ports/table.ts'
import { canonicalJson } from './commit-row.ts'
import { findingKey, listAttributes } from './keys.ts'

/** A rule that held a finding back, as it read then. */
export interface HeldBy {
  readonly ruleId: string
  /** The id of the responder who answers for it. */
  readonly owner: string
  readonly reason: string
  readonly until: Instant
}

/** What is known of one finding, in all its wrappings. */
export interface KnownFinding {
  readonly finding: FindingSummary
  readonly versions: Readonly<Partial<Record<Wrapping, FindingVersion>>>
  readonly worstSeverity?: FindingSeverity
  /** 0 for one that was only ever ignored. */
  readonly revision: number
  /** Null when it never paged. */
  readonly incidentId: string | null
  /** Of that incident: where the search for the right episode begins. */
  readonly group: { readonly groupHash: string; readonly episode: number } | null
  readonly ignoredReason: IgnoredReason | null
  /** Null where no rule holds it back; rows of long ago have none. */
  readonly heldBy?: HeldBy | null
}

/** A finding that an incident's record has. */
export function recordedFindingRow(
  recorded: RecordedFinding,
  { id: incidentId, groupHash, episode }: IncidentState,
): Item {
  const { finding, versions, revision, worstSeverity = finding.severity, group = { groupHash, episode } } = recorded
  return findingRow({ finding, group, ignoredReason: null, incidentId, revision, versions, worstSeverity })
}

/**
 * Over an older row of the same finding, which somebody may have written who did not know of the commit: what it says of
 * the finding stays known.
 */
export function overOlder(row: Item, older: Item | undefined): Item {
  const known = readFinding(row)
  const before = older === undefined ? null : readFinding(older)
  if (known === null || before === null) return row
  const versions = joinVersions(known.versions, before.versions)
  const finding = isLatest(known.finding.version, before.versions) ? known.finding : before.finding
  return versions === known.versions && finding === known.finding ? row : findingRow({ ...known, versions, finding })
}

/** A finding that does not page: recorded with why, and listed. */
export function ignoredFindingRow(known: Omit<KnownFinding, 'incidentId'>, now: Instant): Item {
  const row = findingRow({ ...known, incidentId: null })
  return { ...row, ...listAttributes('ignored', known.finding.key, now), latestMs: latestMsOf(known) }
}

/** Of its versions: of two who set a finding aside at once, the one with the later version is to be kept. */
export function latestMsOf({ versions }: Pick<KnownFinding, 'versions'>): number {
  return Math.max(...Object.values(versions).map(({ updatedAt }) => epochMs(updatedAt)))
}

/** The row that says this of a finding. */
export function findingRow(known: KnownFinding): Item {
  return { ...findingKey(known.finding.key), revision: known.revision, body: canonicalJson(known) }
}

/** Null for a row that only keeps word for a signal that has not come yet. */
export function readFinding(item: Item): KnownFinding | null {
  return typeof item.body === 'string' ? (JSON.parse(item.body) as KnownFinding) : null
}

/** Word for a signal that has not come yet: the attack sequence that it is a part of. Gives way to the finding itself. */
export function signalRow(key: string, absorber: string, now: Instant): Item {
  return { ...findingKey(key), revision: 0, absorber, at: now }
}

/** The sequence that left word on a finding's row; null where none did. */
export function absorberIn(row: Item | undefined): string | null {
  return typeof row?.absorber === 'string' ? row.absorber : null
}

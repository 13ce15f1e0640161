import type { FindingVersion, IgnoredReason, Wrapping } from '../../core/findings/finding.ts'
import type { FindingSummary } from '../../core/findings/summary.ts'
import type { RecordedFinding } from '../../core/incident/events.ts'
import type { IncidentState } from '../../core/incident/state.ts'
import type { FindingSeverity } from '../../core/severity/severity.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Item } from '../../ports/table.ts'
import { canonicalJson } from './commit-row.ts'
import { findingKey, listAttributes } from './keys.ts'

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
}

/** A finding that an incident's record has. */
export function recordedFindingRow(
  recorded: RecordedFinding,
  { id: incidentId, groupHash, episode }: IncidentState,
): Item {
  const { finding, versions, revision, worstSeverity = finding.severity } = recorded
  return row({
    finding,
    versions,
    revision,
    worstSeverity,
    incidentId,
    group: { groupHash, episode },
    ignoredReason: null,
  })
}

/** A finding that does not page: recorded with why, and listed. */
export function ignoredFindingRow(known: Omit<KnownFinding, 'incidentId'>, now: Instant): Item {
  return { ...row({ ...known, incidentId: null }), ...listAttributes('ignored', known.finding.key, now) }
}

function row(known: KnownFinding): Item {
  return { ...findingKey(known.finding.key), revision: known.revision, body: canonicalJson(known) }
}

export function readFinding(item: Item): KnownFinding {
  return JSON.parse(String(item.body)) as KnownFinding
}

import type { Finding } from '../core/findings/finding.ts'
import { type FindingSummary, summarise } from '../core/findings/summary.ts'
import { mergeVersions } from '../core/findings/version.ts'
import type { Condition } from '../ports/table.ts'
import { keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { heldByOf } from './held-by.ts'
import { hasWorsened } from './intake.ts'
import type { Batch } from './intake-batch.ts'
import { canonicalJson } from './rows/commit-row.ts'
import { absorberIn, findingRow, ignoredFindingRow, type KnownFinding } from './rows/finding-row.ts'
import { glanceAt } from './rows/head-row.ts'
import { findingKey, headKey } from './rows/keys.ts'

type Deps = Pick<Dependencies, 'table'>

/** Recorded with why; at revision 0, so that an incident's own row of the same finding always counts more. */
export async function noteIgnored(
  deps: Deps,
  batch: Batch,
  finding: Finding,
  ignoredReason: NonNullable<KnownFinding['ignoredReason']>,
): Promise<void> {
  const before = batch.known.get(finding.key)
  const versions = mergeVersions(before?.versions ?? {}, finding.wrapping, finding.version)
  const heldBy = heldByOf(finding, batch.directory)
  const known = { finding: summarise(finding), versions, revision: 0, group: null, ignoredReason, heldBy }
  batch.known.set(finding.key, { ...known, incidentId: null })
  const absorber = absorberIn(batch.rows.get(keyText(findingKey(finding.key))))
  const row = { ...ignoredFindingRow(known, batch.now), ...(absorber === null ? {} : { absorber }) }
  await deps.table.put('findings', row, [{ kind: 'absent-or-lower', attribute: 'revision', value: 1 }])
}

/**
 * A repeat that says only that it goes on, of a finding on an open incident, changes nothing there: its row says it, and
 * the incident's record is not written for each.
 * @returns false where it says more, or the row has changed since: then it goes by the incident.
 */
export async function noteRepeat(deps: Deps, batch: Batch, finding: Finding): Promise<boolean> {
  const known = batch.known.get(finding.key)
  if (known === undefined || known.revision === 0 || !isOnOpenIncident(batch, known)) return false
  if (!saysOnlyMore(finding, known)) return false
  const versions = mergeVersions(known.versions, finding.wrapping, finding.version)
  const later: KnownFinding = { ...known, finding: summarise(finding), versions }
  const unchanged: Condition = { kind: 'equal', attribute: 'revision', value: known.revision }
  if (!(await deps.table.put('findings', findingRow(later), [unchanged]))) return false
  batch.known.set(finding.key, later)
  return true
}

function isOnOpenIncident({ rows }: Batch, { incidentId }: KnownFinding): boolean {
  const head = incidentId === null ? undefined : rows.get(keyText(headKey(incidentId)))
  const glance = head === undefined ? null : glanceAt(head)
  return glance?.status === 'open' && !glance.mergedInto
}

/** Active as before in the same wrapping, no worse, and about the same people and things. */
function saysOnlyMore(finding: Finding, known: KnownFinding): boolean {
  const before = known.versions[finding.wrapping]
  const isActive = finding.ignoredReason === null && finding.version.state === 'active' && before?.state === 'active'
  return isActive && !hasWorsened(finding, known) && lastingOf(summarise(finding)) === lastingOf(known.finding)
}

/** What is the same in every repeat. */
function lastingOf(summary: FindingSummary): string {
  const { version: _version, firstSeenAt: _first, lastSeenAt: _last, count: _count, ...lasting } = summary
  return canonicalJson(lasting)
}

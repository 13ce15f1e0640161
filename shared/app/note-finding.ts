import type { Finding } from '../core/findings/finding.ts'
import { type FindingSummary, summarise } from '../core/findings/summary.ts'
import { mergeVersions } from '../core/findings/version.ts'
import type { Condition } from '../ports/table.ts'
import { keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { heldByOf } from './held-by.ts'
import { hasWorsened, isUnchangedRepeat, newestOf } from './intake.ts'
import type { Batch } from './intake-batch.ts'
import { putAll } from './put-all.ts'
import { canonicalJson } from './rows/commit-row.ts'
import { absorberIn, findingRow, ignoredFindingRow, type KnownFinding, latestMsOf } from './rows/finding-row.ts'
import { glanceAt } from './rows/head-row.ts'
import { findingKey, headKey } from './rows/keys.ts'

type Deps = Pick<Dependencies, 'table' | 'real'>

/** From so many on, one bulk write takes fewer requests than a condition on each. */
const BULK_FROM = 4

/**
 * Recorded with why; at revision 0, so that an incident's own row of the same finding always counts more.
 * @returns false where somebody else has written more of the finding meanwhile.
 */
export async function noteIgnored(
  deps: Deps,
  batch: Batch,
  finding: Finding,
  ignoredReason: NonNullable<KnownFinding['ignoredReason']>,
): Promise<boolean> {
  const before = batch.known.get(finding.key)
  const versions = mergeVersions(before?.versions ?? {}, finding.wrapping, finding.version)
  const heldBy = heldByOf(finding, batch.directory)
  const known = { finding: newestOf(finding, before), versions, revision: 0, group: null, ignoredReason, heldBy }
  batch.known.set(finding.key, { ...known, incidentId: null })
  const absorber = absorberIn(batch.rows.get(keyText(findingKey(finding.key))))
  const row = { ...ignoredFindingRow(known, batch.now), ...(absorber === null ? {} : { absorber }) }
  return deps.table.put('findings', row, [
    { kind: 'absent-or-lower', attribute: 'revision', value: 1 },
    { kind: 'absent-or-lower', attribute: 'latestMs', value: latestMsOf(known) + 1 },
  ])
}

/**
 * Repeats that say only that it goes on, of findings on open incidents, change nothing there: their rows say it, and the
 * incident's record is not written for each. Many are written in bulk, right after they were read.
 * @returns the keys of those that were noted; what says more, or has changed since, goes by the incident.
 */
export async function noteRepeats(deps: Deps, batch: Batch, findings: readonly Finding[]): Promise<Set<string>> {
  const repeats = findings.flatMap((finding) => repeatOf(batch, finding) ?? [])
  const noted = repeats.length < BULK_FROM ? await noteEach(deps, repeats) : repeats
  if (repeats.length >= BULK_FROM) await putAll(deps, 'findings', repeats.map(findingRow))
  for (const known of noted) batch.known.set(known.finding.key, known)
  return new Set(noted.map(({ finding }) => finding.key))
}

async function noteEach(deps: Deps, repeats: readonly KnownFinding[]): Promise<KnownFinding[]> {
  const unchanged = ({ revision: value }: KnownFinding): Condition => ({ kind: 'equal', attribute: 'revision', value })
  const note = async (known: KnownFinding) =>
    (await deps.table.put('findings', findingRow(known), [unchanged(known)])) ? [known] : []
  return (await Promise.all(repeats.map(note))).flat()
}

/** What the row is to say; null where that is not all there is to do. */
function repeatOf(batch: Batch, finding: Finding): KnownFinding | null {
  const known = batch.known.get(finding.key)
  if (known === undefined || known.revision === 0 || isUnchangedRepeat(finding, known)) return null
  if (!isOnOpenIncident(batch, known) || !saysOnlyMore(finding, known)) return null
  const versions = mergeVersions(known.versions, finding.wrapping, finding.version)
  return { ...known, finding: summarise(finding), versions }
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

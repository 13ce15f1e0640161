import { type KnownFinding, readFinding } from '../../../shared/app/rows/finding-row.ts'
import { findingKey } from '../../../shared/app/rows/keys.ts'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { REOPEN_WITHIN_SECONDS } from '../../../shared/core/incident/episode.ts'
import { secondsBetween } from '../../../shared/core/time/instant.ts'
import type { FindingInput } from '../world/evidence.ts'
import { type Case, eventsOf, type Record, type Violation } from './violation.ts'

/** Every finding that was accepted, by a queue or with an answer, is on an incident's record or recorded as ignored. */
export async function judgeFindings(judged: Case): Promise<Violation[]> {
  const { findings } = judged.played.evidence
  const accepted = findings.filter((input) => input.viaQueue || input.result !== null)
  const found = await Promise.all(accepted.map((input) => judgeFinding(judged, input)))
  return [...found.flat(), ...judgeOpenings(judged), ...judgeEpisodes(judged)]
}

async function judgeFinding(judged: Case, input: FindingInput): Promise<Violation[]> {
  const { finding, result } = input
  const lost = (detail: string): Violation[] => [
    {
      invariant: 'accepted finding is recorded',
      incidentId: result?.incidentId ?? null,
      detail: `${finding.key}: ${detail}`,
    },
  ]
  if (result === null) return lost('it is still waiting in its queue')
  if (onRecord(judged, finding, result.incidentId)) return []
  if (result.outcome === 'updated' && goesOn(judged, finding, result.incidentId)) return []
  const row = await judged.played.town.table.base.get('findings', findingKey(finding.key))
  const known = row === null ? null : readFinding(row)
  // It was noted by a try whose answer was lost.
  if (result.outcome === 'duplicate' && isNoted(known, finding) && goesOn(judged, finding, result.incidentId)) return []
  if (result.outcome !== 'ignored') return lost(`answered ${result.outcome}, on no record`)
  if (row === null) return lost('answered ignored, with no row')
  const isSaid = known !== null && (known.ignoredReason !== null || known.incidentId !== null)
  return isSaid ? [] : lost('ignored without a reason')
}

/** The finding's row says it, or something newer. */
function isNoted(known: KnownFinding | null, { version }: Finding): boolean {
  return Object.values(known?.versions ?? {}).some(({ updatedAt }) => updatedAt >= version.updatedAt)
}

/** A repeat that says nothing but that it goes on is kept in the finding's row: the record has the finding, no worse. */
function goesOn({ records }: Case, { key, severity, version }: Finding, incidentId: string | null): boolean {
  const record = incidentId === null ? undefined : records.get(incidentId)
  if (record === undefined || version.state !== 'active') return false
  return eventsOf(record).some(
    ({ event }) =>
      (event.type === 'FindingJoined' || event.type === 'FindingUpdated') &&
      event.data.finding.key === key &&
      event.data.finding.severity === severity,
  )
}

/** This version, or a newer one, is on the record of the incident that was answered, or of one that lives on in it. */
function onRecord({ records }: Case, { key, wrapping, version }: Finding, incidentId: string | null): boolean {
  const record = incidentId === null ? undefined : records.get(incidentId)
  const absorbed = record?.states.at(-1)?.absorbed.map(({ id }) => records.get(id)) ?? []
  return [record, ...absorbed].some((one) => one !== undefined && hasVersion(one, { key, wrapping, version }))
}

function hasVersion(
  record: Record,
  { key, wrapping, version }: Pick<Finding, 'key' | 'wrapping' | 'version'>,
): boolean {
  return eventsOf(record).some(({ event }) => {
    if (event.type !== 'FindingJoined' && event.type !== 'FindingUpdated') return false
    const { finding, versions } = event.data
    const newest = Object.values(versions).some(({ updatedAt }) => updatedAt >= version.updatedAt)
    return finding.key === key && newest && (versions[wrapping] !== undefined || newest)
  })
}

function judgeOpenings({ played }: Case): Violation[] {
  const opened = new Map<string, number>()
  for (const { result } of played.evidence.findings) {
    if (result?.outcome !== 'opened' || result.incidentId === null) continue
    opened.set(result.incidentId, (opened.get(result.incidentId) ?? 0) + 1)
  }
  return [...opened]
    .filter(([, times]) => times > 1)
    .map(([incidentId, times]) => ({
      invariant: 'one incident a group',
      incidentId,
      detail: `answered opened ${times} times`,
    }))
}

/** A group has a next episode only when the one before was closed for long enough: no seed lasts a day. */
function judgeEpisodes({ records }: Case): Violation[] {
  const violations: Violation[] = []
  const all = [...records.values()]
  for (const record of all) {
    const [first] = record.states
    if (first === undefined || first.episode === 1) continue
    const before = all.find(
      ({ states: [other] }) => other?.groupHash === first.groupHash && other.episode === first.episode - 1,
    )
    const closed = before?.states.findLast((state) => state.lastCommitAt <= first.openedAt)
    const longEnough =
      closed?.status === 'closed' && secondsBetween(closed.closedAt, first.openedAt) >= REOPEN_WITHIN_SECONDS - 60
    if (longEnough) continue
    violations.push({
      invariant: 'one incident a group',
      incidentId: record.incidentId,
      detail: `episode ${first.episode} is too early`,
    })
  }
  return violations
}

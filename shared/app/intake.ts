import { type Directory, policyFor } from '../core/directory/directory.ts'
import type { Finding, IgnoredReason } from '../core/findings/finding.ts'
import { type FindingSummary, summarise } from '../core/findings/summary.ts'
import { isLatest, isNewer, mergeVersions } from '../core/findings/version.ts'
import type { RecordedFinding } from '../core/incident/event-parts.ts'
import {
  type FindingSeverity,
  type IncidentSeverity,
  incidentSeverityOf,
  worseFinding,
} from '../core/severity/severity.ts'
import type { KnownFinding } from './rows/finding-row.ts'
import { nameHash } from './rows/keys.ts'

/** What became of one finding, as `POST /v1/events` answers it. */
export interface IntakeResult {
  readonly findingId: string | null
  readonly outcome: 'opened' | 'joined' | 'duplicate' | 'updated' | 'ignored' | 'rejected'
  /** Of the incident, after this finding. */
  readonly severity: IncidentSeverity | null
  readonly incidentId: string | null
  readonly reason: string | null
  readonly quarantineId: string | null
}

/** What is to be done with one finding, given what is known of it. */
export type Plan =
  | { readonly kind: 'duplicate'; readonly incidentId: string }
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason; readonly isNews: boolean }
  | { readonly kind: 'update'; readonly incidentId: string }
  /** Its row says it already. */
  | { readonly kind: 'noted'; readonly incidentId: string }
  | { readonly kind: 'new' }

/** The incident severity that a finding calls for; null when it does not page, and why is `ignoredReasonOf`. */
export function callsFor(finding: Finding, directory: Directory): IncidentSeverity | null {
  const severity = finding.ignoredReason === null ? incidentSeverityOf(finding.severity) : null
  return severity !== null && policyFor(directory, severity) ? severity : null
}

export function planOf(finding: Finding, known: KnownFinding | undefined, directory: Directory): Plan {
  const isNews = saysNews(finding, known)
  const incidentId = known?.incidentId ?? null
  if (incidentId !== null) return isNews ? { kind: 'update', incidentId } : { kind: 'duplicate', incidentId }
  if (callsFor(finding, directory) !== null) return { kind: 'new' }
  return { kind: 'ignored', reason: finding.ignoredReason ?? 'NoPolicy', isNews }
}

/**
 * Security Hub sends a finding again when Muster leaves its note on it: that says nothing new of the finding. Its mark
 * stays on it, so that a later change of the provider's counts in spite of it.
 */
function isEcho(finding: Finding, known: KnownFinding | undefined): boolean {
  if (known === undefined || known.incidentId === null || hasWorsened(finding, known)) return false
  if (finding.traits.includes('own-update')) return true
  if (isBack(finding, known)) return false
  const isLater = Object.values(known.versions).every(({ updatedAt }) => finding.version.updatedAt > updatedAt)
  return finding.traits.includes('own-mark') && !isLater
}

/** Active again in a wrapping that had it otherwise. */
function isBack({ version, wrapping }: Finding, { versions }: KnownFinding): boolean {
  const before = versions[wrapping]?.state ?? 'active'
  return version.state === 'active' && before !== 'active'
}

/** Who raises a finding's severity in Security Hub leaves its `UpdatedAt` as it was (`BatchUpdateFindings`). */
export function isRaised(finding: Finding, known: KnownFinding | undefined): boolean {
  if (known === undefined || !hasWorsened(finding, known)) return false
  return Object.values(known.versions).every(({ updatedAt }) => finding.version.updatedAt >= updatedAt)
}

/** Nothing new of a finding that an incident has: whatever the directory says, nothing is to be done. */
export function isUnchangedRepeat(finding: Finding, known: KnownFinding | undefined): boolean {
  return typeof known?.incidentId === 'string' && !saysNews(finding, known)
}

function saysNews(finding: Finding, known: KnownFinding | undefined): boolean {
  const isLater = known === undefined || isNewer(finding.version, finding.wrapping, known.versions)
  return (isLater || isRaised(finding, known)) && !isEcho(finding, known)
}

/** The finding as the record takes it, over what was known of it: shown as its newest version has it. */
export function recordedFinding(finding: Finding, known: KnownFinding | undefined): RecordedFinding {
  return {
    finding: newestOf(finding, known),
    revision: (known?.revision ?? 0) + 1,
    versions: mergeVersions(known?.versions ?? {}, finding.wrapping, finding.version),
    worstSeverity: worstWith(finding, known),
  }
}

/** What pages may come after a newer version that does not: it counts, but is not how the finding stands. */
export function newestOf(finding: Finding, known: KnownFinding | undefined): FindingSummary {
  return known === undefined || isLatest(finding.version, known.versions) ? summarise(finding) : known.finding
}

/** Of what may page only: what was set aside while it was worse must still raise when it pages. */
function worstWith(finding: Finding, known: KnownFinding | undefined): FindingSeverity {
  const before = typeof known?.incidentId === 'string' ? worstOf(known) : null
  if (before === null) return finding.severity
  return finding.ignoredReason === null ? worseFinding(before, finding.severity) : before
}

/** A provider repeats its findings: what has not grown worse, or is set aside, says nothing that was not known. */
export function hasWorsened(finding: Finding, known: KnownFinding | undefined): boolean {
  if (known === undefined || finding.ignoredReason !== null) return false
  return worseFinding(worstOf(known), finding.severity) !== worstOf(known)
}

function worstOf(known: KnownFinding): FindingSeverity {
  return known.worstSeverity ?? known.finding.severity
}

/** The group's key, of bounded length. */
export function groupHashOf(finding: Pick<Finding, 'groupKey'>): string {
  return nameHash(finding.groupKey).slice(0, 32)
}

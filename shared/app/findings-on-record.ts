import type { RecordedFinding } from '../core/incident/event-parts.ts'
import type { IncidentEvent } from '../core/incident/events.ts'
import type { IncidentState } from '../core/incident/state.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Table } from '../ports/table.ts'
import { fold, loadHistory } from './load-incident.ts'
import type { StoredCommit } from './rows/commit-row.ts'

/** The latest that the record has of a finding, and since when it has it. */
export interface FindingOnRecord {
  readonly recorded: RecordedFinding
  readonly joinedAt: Instant
}

/** An incident from its whole record. */
export interface WholeIncident {
  readonly state: IncidentState
  readonly commits: readonly StoredCommit[]
  /** Its own and those of what it has absorbed, without those that were split off, by key. */
  readonly findings: ReadonlyMap<string, FindingOnRecord>
  /** Keys of all that it ever had, by key and by the provider's id. */
  readonly keys: ReadonlyMap<string, string>
  /** Accounts for which a person has declared it, or what it has absorbed. */
  readonly declaredFor: ReadonlySet<string>
}

interface Gathered {
  readonly findings: Map<string, FindingOnRecord>
  readonly keys: Map<string, string>
  readonly declaredFor: Set<string>
}

/**
 * Reads everything: for what people do, who merge and split seldom. What was absorbed counts from then on, so that what
 * was split off before may come back with it. Null when there is no such incident.
 * @param upTo only the commits up to this sequence.
 */
export async function loadWhole(
  table: Table,
  incidentId: string,
  upTo = Number.POSITIVE_INFINITY,
): Promise<WholeIncident | null> {
  const commits = (await loadHistory(table, incidentId)).filter(({ sequence }) => sequence <= upTo)
  const state = fold(null, commits)
  if (state === null) return null
  const gathered: Gathered = { findings: new Map(), keys: new Map(), declaredFor: new Set() }
  for (const { events, at } of commits) {
    for (const event of events) {
      if (event.type === 'IncidentAbsorbed') {
        const theirs = await loadWhole(table, event.data.incidentId, event.data.upTo)
        if (theirs !== null) absorb(gathered, theirs)
      } else note(gathered, event, at)
    }
  }
  return { state, commits, ...gathered }
}

function absorb({ findings, keys, declaredFor }: Gathered, theirs: WholeIncident): void {
  for (const { recorded, joinedAt } of theirs.findings.values()) noteFinding(findings, recorded, joinedAt)
  for (const [name, key] of theirs.keys) keys.set(name, key)
  for (const account of theirs.declaredFor) declaredFor.add(account)
}

function note({ findings, keys, declaredFor }: Gathered, { type, data }: IncidentEvent, at: Instant): void {
  if (type === 'IncidentOpened' && data.declaredBy !== null && data.accountId !== null) declaredFor.add(data.accountId)
  if (type === 'FindingJoined')
    keys.set(data.finding.findingId, data.finding.key).set(data.finding.key, data.finding.key)
  if (type === 'FindingJoined' || type === 'FindingUpdated') noteFinding(findings, data, at)
  if (type === 'FindingsSplitOff') for (const key of data.findings) findings.delete(key)
}

function noteFinding(findings: Map<string, FindingOnRecord>, recorded: RecordedFinding, at: Instant): void {
  const { key } = recorded.finding
  const before = findings.get(key)
  const isOlder = before !== undefined && before.recorded.revision > recorded.revision
  findings.set(key, { recorded: isOlder ? before.recorded : recorded, joinedAt: before?.joinedAt ?? at })
}

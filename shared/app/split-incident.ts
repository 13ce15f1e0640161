import { type Directory, policyFor } from '../core/directory/directory.ts'
import { cutToChars } from '../core/findings/text.ts'
import type { OpenIncident, Refusal } from '../core/incident/commands.ts'
import type { RecordedFinding } from '../core/incident/event-parts.ts'
import { maySplit } from '../core/paging/merge-incident.ts'
import { type IncidentSeverity, incidentSeverityOf, isWorse } from '../core/severity/severity.ts'
import { earliest, type Instant } from '../core/time/instant.ts'
import { type Answered, type Asked, askIncident, type CommandDependencies } from './ask-incident.ts'
import { batchRead, keyText } from './batch-read.ts'
import { type FindingOnRecord, loadWhole, type WholeIncident } from './findings-on-record.ts'
import { finishSplit } from './finish-split.ts'
import { loadIncident } from './load-incident.ts'
import { bytesOf } from './rows/commit-row.ts'
import { type KnownFinding, readFinding } from './rows/finding-row.ts'
import { findingKey, incidentIdOf, sha256 } from './rows/keys.ts'

export interface SplitRequest {
  readonly incidentId: string
  readonly responderId: string
  readonly reason: string
  /** Keys or provider's ids of findings of the incident. At most 100. */
  readonly findings: readonly string[]
}

/** The incident that the findings have opened. */
export interface SplitAnswer {
  readonly incidentId: string
}

/** One commit takes so many findings, and so many bytes of them. */
const MOST_SPLIT = 100
const MOST_SPLIT_BYTES = 200 * 1024
/** What is recorded of a finding between both commits of a split must not take it back. */
const REVISIONS_AHEAD = 100

/**
 * Findings leave an incident and open one of their own: first that one is opened, then the old one lets go of them. The
 * new one's id is derived from the old one's and the findings, so that the same split again finds it and finishes what
 * was begun.
 */
export async function askToSplit(
  deps: CommandDependencies,
  request: SplitRequest,
  asked: Asked,
): Promise<Answered<SplitAnswer>> {
  const { incidentId, responderId, reason, findings } = request
  const whole = await loadWhole(deps.table, incidentId)
  if (whole === null) return { ok: false, reason: 'NotFound', what: 'incident' }
  const keys = keysMeant(whole, findings)
  if (!Array.isArray(keys)) return keys
  const { newId, isBegun, ...group } = await newGroup(deps, whole, keys)
  const opening = isBegun ? null : await openingOf(deps, whole, keys, request, { ...group, now: asked.now })
  if (opening !== null && 'ok' in opening) return opening
  const answered = await askIncident(deps, asked, {
    incidentId: newId,
    actor: responderId,
    scope: `incidents/${incidentId}/split`,
    sent: { responderId, reason, findings },
    answer: { incidentId: newId },
    command: ({ state }) => (state === null ? opening : null),
  })
  if (answered.ok) await finishSplit(deps, newId, { incidentId, responderId, note: reason }, asked.now)
  return answered
}

/** The keys of findings that the incident has or had: a split that was carried out is known by them. */
function keysMeant({ keys: ever }: WholeIncident, given: readonly string[]): string[] | Refusal {
  const unknown = given.find((one) => !ever.has(one))
  if (unknown !== undefined) return invalid(`findings of this incident, which ${unknown} is not`)
  const keys = [...new Set(given.map((one) => ever.get(one) ?? one))]
  return keys.length > MOST_SPLIT ? invalid(`at most ${MOST_SPLIT} findings`) : keys
}

interface FoundGroup extends Omit<NewGroup, 'now'> {
  readonly newId: string
  /** Its incident is there already. */
  readonly isBegun: boolean
}

/**
 * The group that these findings open, by the incident and the findings alone. One that was merged away is over: where
 * its findings have come back, the next split of them has a group of its own.
 */
async function newGroup(
  deps: CommandDependencies,
  { state, findings }: WholeIncident,
  keys: readonly string[],
): Promise<FoundGroup> {
  const areHere = keys.every((key) => findings.has(key))
  let over: FoundGroup | null = null
  for (let time = 1; ; time += 1) {
    const groupKey = `split/${state.id}/${time}/${[...keys].sort().join(' ')}`
    const groupHash = sha256(groupKey).slice(0, 32)
    const newId = incidentIdOf(groupHash, 1)
    const { state: there } = await loadIncident(deps.table, newId)
    const found = { groupKey, groupHash, newId, isBegun: there !== null }
    if (there === null) return over === null || areHere ? found : over
    if (there.mergedInto === null) return found
    over = found
  }
}

function invalid(expected: string): Refusal {
  return { ok: false, reason: 'Invalid', field: 'findings', expected }
}

interface NewGroup {
  readonly groupKey: string
  readonly groupHash: string
  readonly now: Instant
}

async function openingOf(
  deps: CommandDependencies,
  whole: WholeIncident,
  keys: readonly string[],
  { responderId, reason }: SplitRequest,
  { groupKey, groupHash, now }: NewGroup,
): Promise<OpenIncident | Refusal> {
  const { directory } = await deps.directory.current()
  const refusal = maySplit(whole.state, responderId, { directory, now })
  if (refusal !== null) return refusal
  const rows = await rowsOf(deps, keys)
  const gone = keys.find((key) => !isHere(whole, key, rows.get(key)))
  if (gone !== undefined) return invalid(`findings of this incident, which ${gone} is not any more`)
  if (keys.length >= whole.findings.size) return invalid('at least one finding to stay')
  const leaving = keys.flatMap((key) => whole.findings.get(key) ?? [])
  if (bytesOf(JSON.stringify(leaving)) > MOST_SPLIT_BYTES) return invalid('fewer findings at once')
  const { severity, worst } = gravity(leaving, directory, whole.state.severity)
  return {
    type: 'OpenIncident',
    title: cutToChars(worst?.title ?? whole.state.title, 200),
    severity,
    groupHash,
    groupKey: cutToChars(groupKey, 512),
    episode: 1,
    accountId: worst?.accountId ?? null,
    declaredBy: null,
    occurredAt: earliest(...leaving.map(({ recorded }) => recorded.finding.firstSeenAt)),
    // Clocks count from when Muster first had them, not from the split.
    signalReceivedAt: earliest(...leaving.map(({ joinedAt }) => joinedAt)) ?? now,
    splitFrom: { incidentId: whole.state.id, responderId, note: reason },
    findings: leaving.map(({ recorded }) => moved(recorded, rows.get(recorded.finding.key))),
  }
}

async function rowsOf(deps: CommandDependencies, keys: readonly string[]): Promise<Map<string, KnownFinding>> {
  const rows = await batchRead(
    deps,
    keys.map((key) => ({ table: 'findings', key: findingKey(key) })),
  )
  return new Map(
    keys.flatMap((key) => {
      const row = rows.get(keyText(findingKey(key)))
      const known = row === undefined ? null : readFinding(row)
      return known === null ? [] : [[key, known]]
    }),
  )
}

/** Not where a later incident has it by now. */
function isHere({ state, findings }: WholeIncident, key: string, row: KnownFinding | undefined): boolean {
  const owner = row?.incidentId ?? state.id
  return findings.has(key) && (owner === state.id || state.absorbed.some(({ id }) => id === owner))
}

function gravity(leaving: readonly FindingOnRecord[], directory: Directory, otherwise: IncidentSeverity) {
  let gravest: { severity: IncidentSeverity; worst: RecordedFinding['finding'] } | null = null
  for (const { recorded } of leaving) {
    const severity = incidentSeverityOf(recorded.worstSeverity ?? recorded.finding.severity)
    if (severity === null || !policyFor(directory, severity)) continue
    if (gravest === null || isWorse(severity, gravest.severity)) gravest = { severity, worst: recorded.finding }
  }
  // Findings that call for nothing by themselves leave with the severity that they had here.
  return gravest ?? { severity: otherwise, worst: leaving[0]?.recorded.finding }
}

function moved({ group: _group, ...recorded }: RecordedFinding, row: KnownFinding | undefined): RecordedFinding {
  return { ...recorded, revision: Math.max(recorded.revision, row?.revision ?? 0) + REVISIONS_AHEAD }
}

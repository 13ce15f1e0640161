import type { Finding, UngradedFinding } from '../core/findings/finding.ts'
import { summarise, summaryBytes } from '../core/findings/summary.ts'
import { announceSignals, homesOf } from './absorb-signals.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { loadWay } from './follow-merged.ts'
import { inParallel } from './in-parallel.ts'
import { groupHashOf, type IntakeResult, type Plan, planOf, recordedFinding } from './intake.ts'
import { type Batch, type IntakeDoor, newestEpisode, readIntakeBatch } from './intake-batch.ts'
import { type IntakeMemory, rememberEpisode, rememberSeen } from './intake-memory.ts'
import { knownAfterHead } from './known-findings.ts'
import { loadIncident } from './load-incident.ts'
import { noteIgnored, noteRepeats } from './note-finding.ts'
import type { Recorded, Start } from './record-findings.ts'
import { type BatchRead, type Chunk, MOST_FINDING_BYTES, MOST_FINDINGS, recordInTurn } from './record-in-turn.ts'
import { type KnownFinding, readFinding } from './rows/finding-row.ts'
import { glanceAt } from './rows/head-row.ts'
import { findingKey, groupKey, headKey, incidentIdOf } from './rows/keys.ts'

/** What a commit says of a finding beside its summary (its versions, its revision, its event), less what that is overestimated by. */
const BYTES_BESIDE = 120
/** No group waits for another's commit. */
const GROUPS_AT_ONCE = 10

type Deps = Pick<Dependencies, 'table' | 'real' | 'random' | 'directory' | 'obligations'> & {
  readonly memory: IntakeMemory
}

/**
 * Findings in, results in the same order: each is judged by the rules of the directory as it stands now, and then opens
 * an incident, joins or updates one, is known already, or is recorded as ignored with why. An unchanged repeat costs one
 * read and no write.
 */
export async function ingestFindings(
  deps: Deps,
  ungraded: readonly UngradedFinding[],
  door: IntakeDoor,
): Promise<IntakeResult[]> {
  const batch = await readIntakeBatch(deps, ungraded, door)
  const results: IntakeResult[] = []
  let left: Entry[] = [...batch.findings.entries()]
  while (left.length > 0) left = await wave(deps, batch, left, results)
  for (const { key } of batch.findings) rememberSeen(deps.memory, key)
  return results
}

type Entry = readonly [index: number, finding: Finding]

interface Planned {
  readonly entry: Entry
  readonly plan: Plan
}

/**
 * Works off the first entry of each finding; later ones of the same finding see what became of it. Attack sequences go
 * before their signals, so that these find them.
 */
async function wave(deps: Deps, batch: Batch, entries: readonly Entry[], results: IntakeResult[]): Promise<Entry[]> {
  const first = new Map<string, Entry>()
  const later: Entry[] = []
  const onlySequences = entries.some(([, { signals }]) => signals.length > 0)
  for (const entry of entries) {
    const { key, signals } = entry[1]
    if (first.has(key) || (onlySequences && signals.length === 0)) later.push(entry)
    else first.set(key, entry)
  }
  const noted = await noteRepeats(
    deps,
    batch,
    [...first.values()].map(([, finding]) => finding),
  )
  const plan = async (entry: Entry): Promise<Planned> => ({ entry, plan: await planFor(deps, batch, entry[1], noted) })
  const planned = await Promise.all([...first.values()].map(plan))
  await commitAll(deps, batch, planned)
  const settled = await Promise.all(planned.map((one) => settle(deps, batch, one.entry[1], one.plan)))
  const again: Entry[] = []
  for (const [at, { entry }] of planned.entries()) {
    const result = settled[at]
    if (result) results[entry[0]] = result
    else again.push(entry)
  }
  return [...again, ...later]
}

/**
 * What is to be set aside may be on an incident that nobody has dispatched yet: what a provider says of it must reach
 * that record.
 */
async function planFor(deps: Deps, batch: Batch, finding: Finding, noted: ReadonlySet<string>): Promise<Plan> {
  const plan = planOf(finding, batch.known.get(finding.key), batch.directory)
  if (noted.has(finding.key) && plan.kind === 'duplicate') return { ...plan, kind: 'noted' }
  if (plan.kind !== 'ignored' || !plan.isNews) return plan
  const { groupHash, episode } = startOf(deps, batch, finding, plan)
  const way = await loadWay(deps.table, incidentIdOf(groupHash, episode))
  const undispatched = way.flatMap((loaded) => knownAfterHead(loaded, finding.key) ?? []).at(-1)
  if (undispatched === undefined) return plan
  batch.known.set(finding.key, undispatched)
  return planOf(finding, undispatched, batch.directory)
}

async function commitAll(deps: Deps, batch: Batch, planned: readonly Planned[]): Promise<void> {
  const groups = new Map<string, { start: Start; findings: Finding[] }>()
  const fresh = planned.flatMap(({ entry, plan }) => (plan.kind === 'new' ? [entry[1]] : []))
  const homes = await homesOf(deps, batch, fresh)
  await announceSignals(deps, fresh, batch.now)
  for (const { entry, plan } of planned) {
    if (plan.kind !== 'new' && plan.kind !== 'update') continue
    const start = homes.get(entry[1].key) ?? startOf(deps, batch, entry[1], plan)
    const slot = `${start.groupHash}#${start.episode}`
    const group = groups.get(slot) ?? { start, findings: [] }
    group.findings.push(entry[1])
    groups.set(slot, group)
  }
  await inParallel(GROUPS_AT_ONCE, [...groups.values()], async ({ start, findings }) => {
    for (const chunk of chunksOf(findings)) {
      const read = readFor(batch, start, chunk.findings)
      remember(deps, batch, start, chunk.findings, await recordInTurn(deps, start, chunk, batch, read))
    }
  })
}

/** Where to begin: with the finding's own incident, else with the newest episode that its group is known to have. */
function startOf(deps: Deps, { rows, known }: Batch, finding: Finding, plan: Plan): Start {
  const own = known.get(finding.key)?.group ?? null
  if (plan.kind === 'update' && own !== null) return own
  const groupHash = groupHashOf(finding)
  return { groupHash, episode: newestEpisode(deps, groupHash, rows.get(keyText(groupKey(groupHash)))) }
}

/** A group without a pointer or a head is most likely new. */
function readFor(
  { directoryVersion, absent, known, readAt, rows }: Batch,
  { groupHash, episode }: Start,
  findings: readonly Finding[],
): BatchRead {
  const keys = [groupKey(groupHash), headKey(incidentIdOf(groupHash, episode))]
  const isNewGroup =
    episode === 1 && keys.every((key) => absent.has(keyText(key))) && findings.every(({ key }) => !known.has(key))
  const own = new Map(findings.flatMap(({ key }) => (known.has(key) ? [[key, known.get(key) as KnownFinding]] : [])))
  const headSequence = Number(rows.get(keyText(headKey(incidentIdOf(groupHash, episode))))?.sequence ?? 0)
  return { directory: directoryVersion, known: own, readAt, headSequence, isNewGroup }
}

function* chunksOf(findings: readonly Finding[]): Generator<Chunk> {
  let chunk: Finding[] = []
  let bytes = 0
  for (const finding of findings) {
    const size = summaryBytes(summarise(finding)) + BYTES_BESIDE
    if (chunk.length === MOST_FINDINGS || (chunk.length > 0 && bytes + size > MOST_FINDING_BYTES)) {
      yield { findings: chunk, bytes }
      chunk = []
      bytes = 0
    }
    chunk.push(finding)
    bytes += size
  }
  if (chunk.length > 0) yield { findings: chunk, bytes }
}

function remember(
  deps: Deps,
  batch: Batch,
  start: Start,
  findings: readonly Finding[],
  answers: Map<string, Recorded>,
): void {
  for (const finding of findings) {
    const recorded = answers.get(finding.key)
    if (recorded === undefined) continue
    batch.recorded.set(finding.key, recorded)
    batch.known.set(finding.key, knownAfter(batch, finding, recorded))
    if (recorded.state !== null) rememberEpisode(deps.memory, start.groupHash, recorded.group.episode)
  }
}

function knownAfter({ known }: Batch, finding: Finding, { incidentId, state, ...recorded }: Recorded): KnownFinding {
  const before = known.get(finding.key)
  const group = state === null ? (before?.group ?? null) : recorded.group
  return { ...recordedFinding(finding, before), incidentId, group, ignoredReason: null }
}

/** Null where more is known of the finding by then: it is to be planned anew. */
async function settle(deps: Deps, batch: Batch, finding: Finding, plan: Plan): Promise<IntakeResult | null> {
  const answer = { findingId: finding.findingId, reason: null, quarantineId: null }
  if (plan.kind === 'ignored') {
    if (plan.isNews && !(await setAside(deps, batch, finding, plan))) return null
    return { ...answer, outcome: 'ignored', severity: null, incidentId: null, reason: plan.reason }
  }
  const recorded = batch.recorded.get(finding.key)
  if (plan.kind === 'noted') return { ...answer, outcome: 'updated', ...(await homeOf(deps, batch, plan.incidentId)) }
  const incidentId = plan.kind === 'duplicate' ? plan.incidentId : (recorded?.incidentId ?? null)
  const outcome = plan.kind === 'duplicate' ? 'duplicate' : (recorded?.outcome ?? 'duplicate')
  const state = recorded?.incidentId === incidentId ? recorded?.state : null
  if (state) return { ...answer, outcome, severity: state.severity, incidentId }
  return { ...answer, outcome, ...(await homeOf(deps, batch, incidentId)) }
}

/** @returns false where somebody else has written more of the finding, which is known then. */
async function setAside(
  deps: Deps,
  batch: Batch,
  finding: Finding,
  { reason }: Extract<Plan, { kind: 'ignored' }>,
): Promise<boolean> {
  if (await noteIgnored(deps, batch, finding, reason)) return true
  const key = findingKey(finding.key)
  const row = (await batchRead(deps, [{ table: 'findings', key }])).get(keyText(key))
  const newer = row === undefined ? null : readFinding(row)
  if (newer !== null) batch.known.set(finding.key, newer)
  return newer === null
}

type Home = Pick<IntakeResult, 'incidentId' | 'severity'>

/** Where the incident lives on by now: from the head that was read with the batch, else from a read of its own. */
async function homeOf(deps: Deps, batch: Batch, incidentId: string | null): Promise<Home> {
  const read = incidentId === null ? undefined : batch.rows.get(keyText(headKey(incidentId)))
  if (incidentId === null || (read === undefined && !batch.tellsSeverity)) return { incidentId, severity: null }
  const item = read ?? (await deps.table.get('incidents', headKey(incidentId)))
  const glance = item && (glanceAt(item) ?? (await loadIncident(deps.table, incidentId)).state)
  if (glance?.mergedInto) return homeOf(deps, batch, glance.mergedInto)
  return { incidentId, severity: glance?.severity ?? null }
}

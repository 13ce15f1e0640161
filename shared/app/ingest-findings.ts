import type { Directory } from '../core/directory/directory.ts'
import type { Finding, UngradedFinding } from '../core/findings/finding.ts'
import { judgeFinding } from '../core/findings/judge.ts'
import { summarise } from '../core/findings/summary.ts'
import { mergeVersions } from '../core/findings/version.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Item, TableRead } from '../ports/table.ts'
import { announceSignals, homesOf } from './absorb-signals.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { loadWay } from './follow-merged.ts'
import { heldByOf } from './held-by.ts'
import { inParallel } from './in-parallel.ts'
import { groupHashOf, type IntakeResult, type Plan, planOf } from './intake.ts'
import { knownAfterHead } from './known-findings.ts'
import { loadIncident } from './load-incident.ts'
import { type IntakeContext, type Recorded, recordFindings, type Start } from './record-findings.ts'
import { bytesOf } from './rows/commit-row.ts'
import { absorberIn, ignoredFindingRow, type KnownFinding, readFinding } from './rows/finding-row.ts'
import { readHead } from './rows/head-row.ts'
import { directoryPointerKey, findingKey, groupKey, headKey, incidentIdOf } from './rows/keys.ts'
import type { Patience } from './run-command.ts'

/** One commit takes at most so many findings, and so many bytes of them; the rest follows in the next. */
const MOST_FINDINGS = 100
const MOST_FINDING_BYTES = 40 * 1024
/** No group waits for another's commit. */
const GROUPS_AT_ONCE = 10
/** Hints beyond this are forgotten, all at once: they cost a read each to learn again. */
const MOST_EPISODES = 10_000

type Deps = Pick<Dependencies, 'table' | 'real' | 'random' | 'directory' | 'obligations'> & {
  /** Newest episode that this process has seen of each group: a hint that saves a read. */
  readonly episodes: Map<string, number>
}

/** What is read once for the whole batch. */
interface Batch extends IntakeContext {
  readonly findings: readonly Finding[]
  readonly rows: ReadonlyMap<string, Item>
  readonly known: Map<string, KnownFinding>
  readonly recorded: Map<string, Recorded>
}

/**
 * Findings in, results in the same order: each is judged by the rules of the directory as it stands now, and then opens
 * an incident, joins or updates one, is known already, or is recorded as ignored with why. An unchanged repeat costs one
 * read and no write.
 */
export async function ingestFindings(
  deps: Deps,
  ungraded: readonly UngradedFinding[],
  door: { readonly now: Instant; readonly patience: Patience },
): Promise<IntakeResult[]> {
  const pointer: TableRead = { table: 'incidents', key: directoryPointerKey }
  // What to read beside the pointer is guessed by the rules known so far: the reads of groups are hints.
  const guess = deps.directory.latest().directory
  const guessed = judgeAll(ungraded, guess, door.now)
  const rows = await batchRead(deps, [pointer, ...guessed.flatMap((finding) => readsFor(deps, finding))])
  const { directory } = await deps.directory.pointedAt(rows.get(keyText(directoryPointerKey)) ?? null)
  const findings = directory === guess ? guessed : judgeAll(ungraded, directory, door.now)
  const known = new Map<string, KnownFinding>()
  for (const { key } of findings) {
    const row = rows.get(keyText(findingKey(key)))
    const read = row === undefined ? null : readFinding(row)
    if (read !== null) known.set(key, read)
  }
  const batch: Batch = { ...door, directory, findings, rows, known, recorded: new Map() }
  const results: IntakeResult[] = []
  let left: Entry[] = [...findings.entries()]
  while (left.length > 0) left = await wave(deps, batch, left, results)
  return results
}

function judgeAll(findings: readonly UngradedFinding[], directory: Directory, now: Instant): Finding[] {
  return findings.map((finding) => judgeFinding(finding, directory, now).finding)
}

/** The finding, its group's pointer, and the head that a repeat most likely belongs to: together in one request. */
function readsFor(deps: Deps, finding: Finding): TableRead[] {
  const groupHash = groupHashOf(finding)
  return [
    { table: 'findings', key: findingKey(finding.key) },
    { table: 'incidents', key: groupKey(groupHash) },
    { table: 'incidents', key: headKey(incidentIdOf(groupHash, deps.episodes.get(groupHash) ?? 1)) },
  ]
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
  const plan = async (entry: Entry): Promise<Planned> => ({ entry, plan: await planFor(deps, batch, entry[1]) })
  const planned = await Promise.all([...first.values()].map(plan))
  await commitAll(deps, batch, planned)
  const settled = await Promise.all(planned.map((one) => settle(deps, batch, one.entry[1], one.plan)))
  for (const [at, { entry }] of planned.entries()) results[entry[0]] = settled[at] as IntakeResult
  return later
}

/**
 * A finding without a row that does not page may still be on an incident that nobody has dispatched yet: what a
 * provider says of it must reach that record.
 */
async function planFor(deps: Deps, batch: Batch, finding: Finding): Promise<Plan> {
  const plan = planOf(finding, batch.known.get(finding.key), batch.directory)
  if (plan.kind !== 'ignored' || batch.known.has(finding.key)) return plan
  const { groupHash, episode } = startOf(deps, batch, finding, plan)
  const way = await loadWay(deps.table, incidentIdOf(groupHash, episode))
  const undispatched = way.flatMap((loaded) => knownAfterHead(loaded).get(finding.key) ?? []).at(-1)
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
    for (const chunk of chunksOf(findings))
      remember(deps, batch, start, chunk, await recordFindings(deps, start, chunk, batch))
  })
}

/** Where to begin: with the finding's own incident, else with the newest episode that its group is known to have. */
function startOf(deps: Deps, { rows, known }: Batch, finding: Finding, plan: Plan): Start {
  const own = known.get(finding.key)?.group ?? null
  if (plan.kind === 'update' && own !== null) return own
  const groupHash = groupHashOf(finding)
  const pointer = rows.get(keyText(groupKey(groupHash)))
  return { groupHash, episode: Math.max(Number(pointer?.episode ?? 1), deps.episodes.get(groupHash) ?? 1) }
}

function* chunksOf(findings: readonly Finding[]): Generator<Finding[]> {
  let chunk: Finding[] = []
  let bytes = 0
  for (const finding of findings) {
    const size = bytesOf(JSON.stringify(summarise(finding)))
    if (chunk.length === MOST_FINDINGS || (chunk.length > 0 && bytes + size > MOST_FINDING_BYTES)) {
      yield chunk
      chunk = []
      bytes = 0
    }
    chunk.push(finding)
    bytes += size
  }
  if (chunk.length > 0) yield chunk
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
    if (recorded.state !== null) rememberEpisode(deps, start.groupHash, recorded.group.episode)
  }
}

function rememberEpisode({ episodes }: Deps, groupHash: string, episode: number): void {
  if (episodes.size >= MOST_EPISODES) episodes.clear()
  episodes.set(groupHash, episode)
}

function knownAfter({ known }: Batch, finding: Finding, { incidentId, state, ...recorded }: Recorded): KnownFinding {
  const before = known.get(finding.key)
  const versions = mergeVersions(before?.versions ?? {}, finding.wrapping, finding.version)
  const group = state === null ? (before?.group ?? null) : recorded.group
  const revision = (before?.revision ?? 0) + 1
  return { finding: summarise(finding), versions, revision, incidentId, group, ignoredReason: null }
}

async function settle(deps: Deps, batch: Batch, finding: Finding, plan: Plan): Promise<IntakeResult> {
  const answer = { findingId: finding.findingId, reason: null, quarantineId: null }
  if (plan.kind === 'ignored') {
    if (plan.isNews) await noteIgnored(deps, batch, finding, plan.reason)
    return { ...answer, outcome: 'ignored', severity: null, incidentId: null, reason: plan.reason }
  }
  const recorded = batch.recorded.get(finding.key)
  const incidentId = plan.kind === 'duplicate' ? plan.incidentId : (recorded?.incidentId ?? null)
  const outcome = plan.kind === 'duplicate' ? 'duplicate' : (recorded?.outcome ?? 'duplicate')
  const state = recorded?.incidentId === incidentId ? recorded?.state : null
  if (state) return { ...answer, outcome, severity: state.severity, incidentId }
  return { ...answer, outcome, ...(await homeOf(deps, batch, incidentId)) }
}

/** Recorded with why; at revision 0, so that an incident's own row of the same finding always counts more. */
async function noteIgnored(
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

type Home = Pick<IntakeResult, 'incidentId' | 'severity'>

/** Where the incident lives on by now: from the head that was read with the batch, else from a read of its own. */
async function homeOf(deps: Deps, batch: Batch, incidentId: string | null): Promise<Home> {
  if (incidentId === null) return { incidentId, severity: null }
  const item = batch.rows.get(keyText(headKey(incidentId))) ?? (await deps.table.get('incidents', headKey(incidentId)))
  const state = item && (readHead(item)?.state ?? (await loadIncident(deps.table, incidentId)).state)
  if (state?.mergedInto) return homeOf(deps, batch, state.mergedInto)
  return { incidentId, severity: state?.severity ?? null }
}

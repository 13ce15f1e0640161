import type { Finding } from '../core/findings/finding.ts'
import { summarise } from '../core/findings/summary.ts'
import { mergeVersions } from '../core/findings/version.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Item, TableRead } from '../ports/table.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { groupHashOf, type IntakeResult, type Plan, planOf } from './intake.ts'
import { knownAfterHead } from './known-findings.ts'
import { loadIncident } from './load-incident.ts'
import { type IntakeContext, type Recorded, recordFindings, type Start } from './record-findings.ts'
import { bytesOf } from './rows/commit-row.ts'
import { ignoredFindingRow, type KnownFinding, readFinding } from './rows/finding-row.ts'
import { readHead } from './rows/head-row.ts'
import { directoryPointerKey, findingKey, groupKey, headKey, incidentIdOf } from './rows/keys.ts'
import type { Patience } from './run-command.ts'

/** One commit takes at most so many findings, and so many bytes of them; the rest follows in the next. */
const MOST_FINDINGS = 100
const MOST_FINDING_BYTES = 40 * 1024
/** Hints beyond this are forgotten, all at once: they cost a read each to learn again. */
const MOST_EPISODES = 10_000

type Deps = Pick<Dependencies, 'table' | 'real' | 'random' | 'directory' | 'obligations'> & {
  /** Newest episode that this process has seen of each group: a hint that saves a read. */
  readonly episodes: Map<string, number>
}

/** What is read once for the whole batch. */
interface Batch extends IntakeContext {
  readonly rows: ReadonlyMap<string, Item>
  readonly known: Map<string, KnownFinding>
  readonly recorded: Map<string, Recorded>
}

/**
 * Findings in, results in the same order: each opens an incident, joins or updates one, is known already, or is
 * recorded as ignored with why. An unchanged repeat costs one read and no write.
 */
export async function ingestFindings(
  deps: Deps,
  findings: readonly Finding[],
  door: { readonly now: Instant; readonly patience: Patience },
): Promise<IntakeResult[]> {
  const pointer: TableRead = { table: 'incidents', key: directoryPointerKey }
  const rows = await batchRead(deps, [pointer, ...findings.flatMap((finding) => readsFor(deps, finding))])
  const { directory } = await deps.directory.pointedAt(rows.get(keyText(directoryPointerKey)) ?? null)
  const known = new Map<string, KnownFinding>()
  for (const { key } of findings) {
    const row = rows.get(keyText(findingKey(key)))
    if (row !== undefined) known.set(key, readFinding(row))
  }
  const batch: Batch = { ...door, directory, rows, known, recorded: new Map() }
  const results: IntakeResult[] = []
  let left: Entry[] = [...findings.entries()]
  while (left.length > 0) left = await wave(deps, batch, left, results)
  return results
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

/** Works off the first entry of each finding; later ones of the same finding see what became of it. */
async function wave(deps: Deps, batch: Batch, entries: readonly Entry[], results: IntakeResult[]): Promise<Entry[]> {
  const first = new Map<string, Entry>()
  const later: Entry[] = []
  for (const entry of entries) {
    const { key } = entry[1]
    if (first.has(key)) later.push(entry)
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
  const loaded = await loadIncident(deps.table, incidentIdOf(groupHash, episode))
  const undispatched = knownAfterHead(loaded).get(finding.key)
  if (undispatched === undefined) return plan
  batch.known.set(finding.key, undispatched)
  return planOf(finding, undispatched, batch.directory)
}

async function commitAll(deps: Deps, batch: Batch, planned: readonly Planned[]): Promise<void> {
  const groups = new Map<string, { start: Start; findings: Finding[] }>()
  for (const { entry, plan } of planned) {
    if (plan.kind !== 'new' && plan.kind !== 'update') continue
    const start = startOf(deps, batch, entry[1], plan)
    const slot = `${start.groupHash}#${start.episode}`
    const group = groups.get(slot) ?? { start, findings: [] }
    group.findings.push(entry[1])
    groups.set(slot, group)
  }
  for (const { start, findings } of groups.values()) {
    for (const chunk of chunksOf(findings))
      remember(deps, batch, start, chunk, await recordFindings(deps, start, chunk, batch))
  }
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
    if (recorded.state !== null) rememberEpisode(deps, start.groupHash, recorded.state.episode)
  }
}

function rememberEpisode({ episodes }: Deps, groupHash: string, episode: number): void {
  if (episodes.size >= MOST_EPISODES) episodes.clear()
  episodes.set(groupHash, episode)
}

function knownAfter({ known }: Batch, finding: Finding, { incidentId, state }: Recorded): KnownFinding {
  const before = known.get(finding.key)
  const versions = mergeVersions(before?.versions ?? {}, finding.wrapping, finding.version)
  const group = state === null ? (before?.group ?? null) : { groupHash: state.groupHash, episode: state.episode }
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
  const severity = state?.severity ?? (await severityOf(deps, batch, incidentId))
  return { ...answer, outcome, severity, incidentId }
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
  const known = { finding: summarise(finding), versions, revision: 0, group: null, ignoredReason }
  batch.known.set(finding.key, { ...known, incidentId: null })
  await deps.table.put('findings', ignoredFindingRow(known, batch.now), [
    { kind: 'absent-or-lower', attribute: 'revision', value: 1 },
  ])
}

/** From the head that was read with the batch, else from a read of its own. */
async function severityOf(deps: Deps, { rows }: Batch, incidentId: string | null): Promise<IntakeResult['severity']> {
  if (incidentId === null) return null
  const item = rows.get(keyText(headKey(incidentId))) ?? (await deps.table.get('incidents', headKey(incidentId)))
  const state = item && (readHead(item)?.state ?? (await loadIncident(deps.table, incidentId)).state)
  return state?.severity ?? null
}

import { wakeAt } from '../core/decide.ts'
import type { IncidentState } from '../core/incident/state.ts'
import { judgeWithIncident } from '../core/retention/judge-row.ts'
import { restsSince } from '../core/retention/rests-since.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Item, Table } from '../ports/table.ts'
import type { Dependencies } from './dependencies.ts'
import { REMEMBERED_CAUSE } from './dispatch-rows.ts'
import { fold } from './load-incident.ts'
import { canonicalJson, NO_HASH, readCommit, type StoredCommit } from './rows/commit-row.ts'
import { type Glance, glanceAt, readHead } from './rows/head-row.ts'
import { causeKey, commitSk, incidentPk, sha256 } from './rows/keys.ts'

export interface RecordFault {
  readonly incidentId: string
  /** Of the commit; null for the head. */
  readonly sequence: number | null
  readonly what: string
}

export interface RecordReport {
  readonly incidents: number
  readonly commits: number
  /** Empty: nothing was altered, and nothing is missing. */
  readonly faults: readonly RecordFault[]
}

/** Checks the record of every incident: for a check by hand, since it reads the whole table. */
export async function verifyRecord({ table, time }: Pick<Dependencies, 'table' | 'time'>): Promise<RecordReport> {
  const ids = new Set<string>()
  for await (const { pk } of table.scan('incidents')) if (pk.startsWith('INC#')) ids.add(pk.slice('INC#'.length))
  const reports: { commits: number; faults: readonly RecordFault[] }[] = []
  for (const id of [...ids].sort()) reports.push(await verifyIncident(table, id, time.now()))
  const commits = reports.reduce((sum, report) => sum + report.commits, 0)
  return { incidents: ids.size, commits, faults: reports.flatMap(({ faults }) => faults) }
}

/**
 * Checks one incident over the stored bytes: each commit's hash, the chain, the sequence without a gap, instants that
 * never go back, that the head is what the commits make, that no request was carried out twice, and, for as long as their
 * answers are kept, that each is remembered.
 */
export async function verifyIncident(
  table: Table,
  incidentId: string,
  now: Instant,
): Promise<{ commits: number; faults: readonly RecordFault[] }> {
  const items = await itemsOf(table, incidentId)
  const rows = items.filter(({ sk }) => sk.startsWith('C#'))
  const head = items.find(({ sk }) => sk === 'HEAD')
  const fault = (sequence: number | null, what: string): RecordFault => ({ incidentId, sequence, what })
  const commits: StoredCommit[] = []
  const faults: RecordFault[] = []
  for (const row of rows) {
    const place = commits.length + 1
    const commit = readSafely(row)
    if (commit === null) return { commits: rows.length, faults: [...faults, fault(place, 'the commit cannot be read')] }
    const wrong = faultsOfCommit(row, commit, commits.at(-1), incidentId)
    faults.push(...wrong.map((what) => fault(place, what)))
    commits.push(commit)
  }
  faults.push(...repeatedRequests(commits).map(([sequence, what]) => fault(sequence, what)))
  faults.push(...headFaults(head, commits).map((what) => fault(null, what)))
  if (!answersMayBeGone(commits, now)) {
    faults.push(...(await forgottenRequests(table, head, commits)).map(([sequence, what]) => fault(sequence, what)))
  }
  return { commits: rows.length, faults }
}

async function itemsOf(table: Table, incidentId: string): Promise<Item[]> {
  const items: Item[] = []
  let after: string | null = null
  do {
    const query = { pk: incidentPk(incidentId), limit: 500, ...(after === null ? {} : { after }) }
    const page: { items: readonly Item[]; next: string | null } = await table.query('incidents', query)
    items.push(...page.items)
    after = page.next
  } while (after !== null)
  return items
}

function readSafely(row: Item): StoredCommit | null {
  try {
    return readCommit(row)
  } catch {
    return null
  }
}

function faultsOfCommit(
  row: Item,
  commit: StoredCommit,
  before: StoredCommit | undefined,
  incidentId: string,
): string[] {
  const expected = (before?.sequence ?? 0) + 1
  const checks: readonly (readonly [boolean, string])[] = [
    [sha256(String(row.body)) !== commit.hash, 'its hash does not fit its bytes'],
    [commit.sequence !== expected, `commit ${expected} is missing`],
    [commitSk(commit.sequence) !== row.sk, 'it stands in another place than it says'],
    [commit.incidentId !== incidentId, `it belongs to ${commit.incidentId}`],
    [commit.previousHash !== (before?.hash ?? NO_HASH), 'it does not continue the commit before it'],
    [before !== undefined && commit.at < before.at, 'it is earlier than the commit before it'],
  ]
  return checks.filter(([wrong]) => wrong).map(([, what]) => what)
}

function headFaults(item: Item | undefined, commits: readonly StoredCommit[]): string[] {
  if (item === undefined) return []
  try {
    const head = readHead(item)
    // Of another format: nobody goes by it, so it can say nothing wrong.
    if (head === null) return []
    const { sequence, hash, state } = head
    const upTo = commits.filter((commit) => commit.sequence <= sequence)
    const last = upTo.at(-1)
    if (last?.sequence !== sequence) return [`commit ${sequence}, which the head stands on, is missing`]
    const folded = fold(null, upTo)
    const isSame = folded !== null && sameState(folded, state)
    return [
      ...(last.hash === hash ? [] : ['the head stands on another commit than the one stored']),
      ...(isSame ? [] : ['the head is not what its commits make']),
      ...(saysTheSame(glanceAt(item), state) ? [] : ['what stands beside the head is not what it says']),
    ]
  } catch {
    return ['the head cannot be read, or its commits make no state']
  }
}

/** Severity and the like stand beside the body too, for whoever needs nothing else. */
function saysTheSame(glance: Glance | null, { severity, status, mergedInto }: IncidentState): boolean {
  return glance?.severity === severity && glance.status === status && (glance.mergedInto ?? null) === mergedInto
}

function sameState(a: IncidentState, b: IncidentState): boolean {
  return canonicalJson(a) === canonicalJson(b)
}

type Placed = readonly [sequence: number, what: string]

/** One request, one commit. */
function repeatedRequests(commits: readonly StoredCommit[]): Placed[] {
  const seen = new Set<string>()
  return requestsOf(commits).flatMap(({ id, sequence }): Placed[] => {
    if (seen.has(id)) return [[sequence, 'a request was carried out twice']]
    seen.add(id)
    return []
  })
}

/** Once an incident has been at rest for long, the answers to its requests are swept. */
function answersMayBeGone(commits: readonly StoredCommit[], now: Instant): boolean {
  try {
    const state = fold(null, commits)
    const rest = state && restsSince(state, wakeAt(state))
    return judgeWithIncident('answer', rest, now) === 'delete'
  } catch {
    // Commits that make no state are a fault of their own, said above.
    return false
  }
}

/** What the head has passed has its row: else the same request would be carried out again. */
async function forgottenRequests(
  table: Table,
  head: Item | undefined,
  commits: readonly StoredCommit[],
): Promise<Placed[]> {
  const passed = requestsOf(commits).filter(({ sequence }) => sequence <= Number(head?.sequence ?? 0))
  const rows = await Promise.all(passed.map(({ id }) => table.get('incidents', causeKey(id))))
  return passed.flatMap(({ sequence }, index): Placed[] =>
    rows[index] === null ? [[sequence, 'its request is not remembered']] : [],
  )
}

function requestsOf(commits: readonly StoredCommit[]) {
  return commits.flatMap(({ causes, sequence }) =>
    causes.filter(({ id }) => id.startsWith(REMEMBERED_CAUSE)).map(({ id }) => ({ id, sequence })),
  )
}

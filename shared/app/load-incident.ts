import { evolve } from '../core/incident/evolve.ts'
import type { IncidentState } from '../core/incident/state.ts'
import { PermanentFault } from '../ports/faults.ts'
import type { Item, Table } from '../ports/table.ts'
import { NO_HASH, recallCommit, type StoredCommit } from './rows/commit-row.ts'
import { type Head, recallHead } from './rows/head-row.ts'
import { commitSk, incidentPk } from './rows/keys.ts'

/** An incident as it stands: its head, the commits after it, and what they make together. */
export interface LoadedIncident {
  readonly incidentId: string
  readonly head: Head | null
  /** After the head, in order; every commit where there is no head. */
  readonly commits: readonly StoredCommit[]
  /** Null when nothing was ever committed. */
  readonly state: IncidentState | null
  /** Of the last commit. */
  readonly hash: string
}

const FIRST_LOOK = 4

/** An incident of which nothing was ever committed. */
export function unopened(incidentId: string): LoadedIncident {
  return { incidentId, head: null, commits: [], state: null, hash: NO_HASH }
}

/**
 * One strongly consistent, descending query: the head sorts above the commits, so it comes first and the commits after
 * it follow. A gap or a hash that does not continue the head's folds from the start.
 * @throws PermanentFault when the record itself is broken.
 */
export async function loadIncident(table: Table, incidentId: string): Promise<LoadedIncident> {
  const first = await table.query('incidents', { pk: incidentPk(incidentId), descending: true, limit: FIRST_LOOK })
  const [top] = first.items
  if (top === undefined) return unopened(incidentId)
  const head = top.sk === 'HEAD' ? recallHead(top) : null
  if (head === null) {
    const isWhole = first.next === null && top.sk !== 'HEAD'
    const history = isWhole ? first.items.map(recallCommit).reverse() : await loadHistory(table, incidentId)
    return foldAll(incidentId, null, history)
  }
  const below = first.items.slice(1)
  // Those up to the head are in it already: only what follows is read.
  const after = below.filter(({ sk }) => sk > commitSk(head.sequence))
  const reached = after.length < below.length || first.next === null
  const commits = after.map(recallCommit).reverse()
  const [lowest] = commits
  if (!reached && lowest) commits.unshift(...(await loadHistory(table, incidentId, head.sequence + 1, lowest.sequence)))
  return continues(head, commits)
    ? foldAfter(head, commits)
    : foldAll(incidentId, head, await loadHistory(table, incidentId))
}

/** Every commit from `from` on and before `before`, in order. */
export async function loadHistory(
  table: Table,
  incidentId: string,
  from = 1,
  before = Number.POSITIVE_INFINITY,
): Promise<StoredCommit[]> {
  if (from >= before) return []
  const items: Item[] = []
  let after: string | null = null
  do {
    const page: { items: readonly Item[]; next: string | null } = await table.query('incidents', {
      pk: incidentPk(incidentId),
      from: commitSk(from),
      until: Number.isFinite(before) ? commitSk(before - 1) : 'C#~',
      limit: 500,
      ...(after === null ? {} : { after }),
    })
    items.push(...page.items)
    after = page.next
  } while (after !== null)
  return items.map(recallCommit)
}

/** What a commit has made of a state: a load folds only what is new to this process. Gone with the commit. */
const FOLDED = new WeakMap<
  StoredCommit,
  { readonly before: IncidentState | null; readonly after: IncidentState | null }
>()

/** The state after more commits. The same objects give the same object: neither commits nor states are ever altered. */
export function fold(state: IncidentState | null, commits: readonly StoredCommit[]): IncidentState | null {
  return commits.reduce(foldOne, state)
}

function foldOne(before: IncidentState | null, commit: StoredCommit): IncidentState | null {
  const known = FOLDED.get(commit)
  if (known?.before === before) return known.after
  const after = commit.events.reduce<IncidentState | null>((now, event) => evolve(now, event, commit), before)
  FOLDED.set(commit, { before, after })
  return after
}

function continues(head: Head, commits: readonly StoredCommit[]): boolean {
  return commits.every((commit, index) => {
    const before = commits[index - 1]
    return commit.sequence === head.sequence + 1 + index && commit.previousHash === (before?.hash ?? head.hash)
  })
}

function foldAfter(head: Head, commits: readonly StoredCommit[]): LoadedIncident {
  const incidentId = head.state.id
  return { incidentId, head, commits, state: fold(head.state, commits), hash: commits.at(-1)?.hash ?? head.hash }
}

function foldAll(incidentId: string, head: Head | null, commits: readonly StoredCommit[]): LoadedIncident {
  const broken = commits.findIndex((commit, index) => commit.sequence !== index + 1)
  if (broken >= 0) throw new PermanentFault(`incident ${incidentId} has a gap before commit ${broken + 1}`)
  const after = commits.filter(({ sequence }) => sequence > (head?.sequence ?? 0))
  return { incidentId, head, commits: after, state: fold(null, commits), hash: commits.at(-1)?.hash ?? NO_HASH }
}

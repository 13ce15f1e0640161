import { evolve } from '../core/incident/evolve.ts'
import type { IncidentState } from '../core/incident/state.ts'
import { PermanentFault } from '../ports/faults.ts'
import type { Item, Table } from '../ports/table.ts'
import { NO_HASH, readCommit, type StoredCommit } from './rows/commit-row.ts'
import { type Head, readHead } from './rows/head-row.ts'
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

/**
 * One strongly consistent, descending query: the head sorts above the commits, so it comes first and the commits after
 * it follow. A gap or a hash that does not continue the head's folds from the start.
 * @throws PermanentFault when the record itself is broken.
 */
export async function loadIncident(table: Table, incidentId: string): Promise<LoadedIncident> {
  const first = await table.query('incidents', { pk: incidentPk(incidentId), descending: true, limit: FIRST_LOOK })
  const [top] = first.items
  if (top === undefined) return { incidentId, head: null, commits: [], state: null, hash: NO_HASH }
  const head = top.sk === 'HEAD' ? readHead(top) : null
  if (head === null) return foldAll(incidentId, null, await loadHistory(table, incidentId))
  const below = first.items.slice(1)
  // Those up to the head are in it already: only what follows is read.
  const after = below.filter(({ sk }) => sk > commitSk(head.sequence))
  const reached = after.length < below.length || first.next === null
  const commits = reached ? after.map(readCommit).reverse() : await loadHistory(table, incidentId, head.sequence + 1)
  return continues(head, commits)
    ? foldAfter(head, commits)
    : foldAll(incidentId, head, await loadHistory(table, incidentId))
}

/** Every commit from `from` on, in order. */
export async function loadHistory(table: Table, incidentId: string, from = 1): Promise<StoredCommit[]> {
  const items: Item[] = []
  let after: string | null = null
  do {
    const page: { items: readonly Item[]; next: string | null } = await table.query('incidents', {
      pk: incidentPk(incidentId),
      from: commitSk(from),
      until: 'C#~',
      limit: 500,
      ...(after === null ? {} : { after }),
    })
    items.push(...page.items)
    after = page.next
  } while (after !== null)
  return items.map(readCommit)
}

/** The state after more commits. */
export function fold(state: IncidentState | null, commits: readonly StoredCommit[]): IncidentState | null {
  return commits.reduce<IncidentState | null>(
    (before, commit) => commit.events.reduce<IncidentState | null>((now, event) => evolve(now, event, commit), before),
    state,
  )
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

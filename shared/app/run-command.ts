import { type Decider, decide } from '../core/decide.ts'
import type { Command, Refusal } from '../core/incident/commands.ts'
import type { IncidentState } from '../core/incident/state.ts'
import { type Instant, latest } from '../core/time/instant.ts'
import { ConflictFault, PermanentFault, TransientFault } from '../ports/faults.ts'
import type { Item } from '../ports/table.ts'
import type { Dependencies } from './dependencies.ts'
import type { DirectoryVersion } from './directory-versions.ts'
import { heldElsewhere } from './held-seats.ts'
import { type LoadedIncident, loadIncident } from './load-incident.ts'
import { bytesOf, type Cause, type Commit, commitRow, MOST_COMMIT_BYTES, type StoredCommit } from './rows/commit-row.ts'
import { causeKey } from './rows/keys.ts'

/** How long a door keeps trying when others commit first, and how long it waits in between. */
export interface Patience {
  readonly forMs: number
  readonly waitMs: readonly [number, number]
}

export const PERSON: Patience = { forMs: 10_000, waitMs: [5, 50] }
export const STORM: Patience = { forMs: 20_000, waitMs: [500, 2000] }

export interface Request {
  readonly incidentId: string
  /** Made anew from each load: what is to be done may depend on what is there by now. Null: nothing is left to do. */
  readonly command: (loaded: LoadedIncident) => Promise<Command | null> | Command | null
  readonly now: Instant
  readonly actor: string
  /** Empty for a wake, which decides from the state alone. */
  readonly causes: readonly string[]
  /** A cause that may have been committed long ago, sought in its row too: an idempotency key. */
  readonly remembered?: string
  /** What the cause is answered with, also when it comes again. */
  readonly answer?: unknown
  readonly patience: Patience
  /** False where nobody may look up who holds a seat elsewhere: it only changes the order of calls. */
  readonly asksHolders?: boolean
  /** What the caller has read strongly right before: the first try decides from it; null is read as ever. */
  readonly first?: { readonly directory: DirectoryVersion; readonly loaded: LoadedIncident | null }
}

export type Outcome =
  | { readonly status: 'committed'; readonly state: IncidentState; readonly commit: Commit }
  /** Known cause, or nothing to change. */
  | {
      readonly status: 'unchanged'
      readonly state: IncidentState | null
      readonly answer: unknown
      /** The cause had been committed before: by an earlier delivery, or by a try whose answer was lost. */
      readonly known: boolean
    }
  | { readonly status: 'refused'; readonly refusal: Refusal; readonly state: IncidentState | null }

type Deps = Pick<Dependencies, 'table' | 'real' | 'random' | 'directory' | 'obligations'>

/**
 * Load, decide, commit; again from the start while somebody else commits first.
 * @throws ConflictFault when the patience is at its end, TransientFault when the store gives no answer.
 */
export async function runCommand(deps: Deps, request: Request): Promise<Outcome> {
  const until = deps.real.nowMs() + request.patience.forMs
  for (let first = request.first; ; first = undefined) {
    const outcome = await tryOnce(deps, request, first)
    if (outcome !== 'try-again') return outcome
    // What was not read again was perhaps out of date: that says nothing of others who commit.
    if (first?.loaded) continue
    if (deps.real.nowMs() >= until) throw new ConflictFault(`incident ${request.incidentId} is too busy`)
    const [least, most] = request.patience.waitMs
    await deps.real.sleep(least + deps.random.unit() * (most - least))
  }
}

async function tryOnce(deps: Deps, request: Request, first: Request['first']): Promise<Outcome | 'try-again'> {
  const [loaded, directory] = await Promise.all([
    first?.loaded ?? loadIncident(deps.table, request.incidentId),
    first?.directory ?? deps.directory.current(),
  ])
  const known = await knownCause(deps, request, loaded)
  if (known !== null) return { status: 'unchanged', state: loaded.state, answer: known.answer, known: true }
  const command = await request.command(loaded)
  if (command === null) return unchanged(request, loaded)
  const decided = await decideWithHolders(deps, loaded, command, request, directory)
  if (!decided.ok) return { status: 'refused', refusal: decided, state: loaded.state }
  if (decided.events.length === 0) return unchanged(request, loaded)
  const commit = commitOf(request, loaded, directory, decided.events, decided.at)
  return store(deps, commit, decided.state)
}

function unchanged({ answer }: Request, { state }: LoadedIncident): Outcome {
  return { status: 'unchanged', state, answer: answer ?? null, known: false }
}

async function store(deps: Deps, commit: Commit, state: IncidentState): Promise<Outcome | 'try-again'> {
  const row = commitRow(commit)
  if (bytesOf(row.body) > MOST_COMMIT_BYTES) throw new PermanentFault(`a commit of ${commit.incidentId} is too large`)
  try {
    const stored = await deps.table.put('incidents', row, [{ kind: 'absent' }])
    return stored || (await isOurs(deps, row)) ? { status: 'committed', state, commit } : 'try-again'
  } catch (fault) {
    if (!(fault instanceof TransientFault)) throw fault
    return (await isOurs(deps, row)) ? { status: 'committed', state, commit } : 'try-again'
  }
}

/** After a failed condition, or without an answer: is the commit at that place the very one that we sent? */
async function isOurs({ table }: Deps, row: Item & { readonly hash: string }): Promise<boolean> {
  const there = await table.get('incidents', row).catch(() => null)
  return there?.hash === row.hash
}

/** A cause is sought in the commits after the head, then in its row, read later than the load. */
async function knownCause(deps: Deps, request: Request, loaded: LoadedIncident): Promise<Cause | null> {
  const inCommits = causeIn(loaded.commits, request.causes)
  if (inCommits !== null || request.remembered === undefined) return inCommits
  const row = await deps.table.get('incidents', causeKey(request.remembered))
  return row === null ? null : { id: request.remembered, answer: JSON.parse(String(row.answer)) }
}

function causeIn(commits: readonly StoredCommit[], causes: readonly string[]): Cause | null {
  for (const commit of commits) {
    const known = commit.causes.find(({ id }) => causes.includes(id))
    if (known) return known
  }
  return null
}

/**
 * Decides; then looks up whether those it would call hold a seat elsewhere, and decides again knowing it. The look-up
 * lies beside the load: a stale answer only changes the order of calls.
 */
async function decideWithHolders(
  deps: Deps,
  loaded: LoadedIncident,
  command: Command,
  request: Request,
  { directory }: DirectoryVersion,
) {
  const at = latest(request.now, loaded.state?.lastCommitAt) ?? request.now
  const sequence = (loaded.state?.sequence ?? 0) + 1
  const meta = { incidentId: request.incidentId, sequence, at, actor: request.actor }
  let holdsElsewhere: ReadonlySet<string> = new Set()
  for (let look = 0; ; look += 1) {
    const context: Decider = { now: at, directory, holdsElsewhere, obligations: deps.obligations }
    const decision = decide(loaded.state, command, meta, context)
    const found =
      decision.ok && look < 3 && request.asksHolders !== false
        ? await heldElsewhere(deps.table, request.incidentId, decision.events, holdsElsewhere)
        : null
    if (found === null) return { ...decision, at }
    holdsElsewhere = found
  }
}

function commitOf(
  request: Request,
  loaded: LoadedIncident,
  directory: DirectoryVersion,
  events: Commit['events'],
  at: Instant,
): Commit {
  return {
    incidentId: request.incidentId,
    sequence: (loaded.state?.sequence ?? 0) + 1,
    at,
    actor: request.actor,
    directoryVersion: directory.id,
    causes: request.causes.map((id) => ({ id, answer: request.answer ?? null })),
    events,
    previousHash: loaded.hash,
  }
}

import { type Decider, decide } from '../core/decide.ts'
import type { Command, Refusal } from '../core/incident/commands.ts'
import type { IncidentState } from '../core/incident/state.ts'
import { type Instant, latest } from '../core/time/instant.ts'
import { ConflictFault, PermanentFault, TransientFault } from '../ports/faults.ts'
import type { Item, Key } from '../ports/table.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import type { DirectoryVersion } from './directory-versions.ts'
import { callsOneOf, callsSomebody, holdersElsewhere } from './held-seats.ts'
import { type LoadedIncident, loadIncident } from './load-incident.ts'
import {
  bytesOf,
  type Cause,
  type Commit,
  commitRow,
  MOST_COMMIT_BYTES,
  rememberCommit,
  type StoredCommit,
} from './rows/commit-row.ts'
import { causeKey, directoryPointerKey } from './rows/keys.ts'

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
  /** What the caller knows of it: the first try decides from that, and commits only if it still holds; null is read. */
  readonly first?: { readonly directory: DirectoryVersion; readonly loaded: LoadedIncident | null }
}

export type Outcome =
  | {
      readonly status: 'committed'
      readonly state: IncidentState
      readonly commit: Commit
      /** The incident with this commit, as reading it now would give it; null where only that tells. */
      readonly after: LoadedIncident | null
    }
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
  const reading = await readAll(deps, request, first)
  const { loaded } = reading
  if (reading.known !== null) {
    return { status: 'unchanged', state: loaded.state, answer: reading.known.answer, known: true }
  }
  const { directory } = reading
  const command = await request.command(loaded)
  if (command === null) return unchanged(request, loaded)
  const decided = await decideWithHolders(deps, loaded, command, request, directory)
  if (!decided.ok) return { status: 'refused', refusal: decided, state: loaded.state }
  if (decided.events.length === 0) return unchanged(request, loaded)
  const commit = commitOf(request, loaded, directory, decided.events, decided.at)
  return store(deps, loaded, commit, decided.state)
}

function unchanged({ answer }: Request, { state }: LoadedIncident): Outcome {
  return { status: 'unchanged', state, answer: answer ?? null, known: false }
}

async function store(
  deps: Deps,
  loaded: LoadedIncident,
  commit: Commit,
  state: IncidentState,
): Promise<Outcome | 'try-again'> {
  const row = commitRow(commit)
  if (bytesOf(row.body) > MOST_COMMIT_BYTES) throw new PermanentFault(`a commit of ${commit.incidentId} is too large`)
  try {
    const stored = await deps.table.put('incidents', row, [{ kind: 'absent' }])
    const kept = stored ? rememberCommit(row) : null
    const after = kept && { ...loaded, commits: [...loaded.commits, kept], state, hash: kept.hash }
    return stored || (await isOurs(deps, row)) ? { status: 'committed', state, commit, after } : 'try-again'
  } catch (fault) {
    if (!(fault instanceof TransientFault)) throw fault
    return (await isOurs(deps, row)) ? { status: 'committed', state, commit, after: null } : 'try-again'
  }
}

/** After a failed condition, or without an answer: is the commit at that place the very one that we sent? */
async function isOurs({ table }: Deps, row: Item & { readonly hash: string }): Promise<boolean> {
  const there = await table.get('incidents', row).catch(() => null)
  return there?.hash === row.hash
}

type Reading =
  | { readonly loaded: LoadedIncident; readonly known: Cause }
  | { readonly loaded: LoadedIncident; readonly known: null; readonly directory: DirectoryVersion }

/** A cause is sought in the commits after the head, then in its row, read later than the load. */
async function readAll(deps: Deps, request: Request, first: Request['first']): Promise<Reading> {
  const loading = first?.loaded ?? loadIncident(deps.table, request.incidentId)
  const { remembered } = request
  if (remembered === undefined) {
    const [loaded, directory] = await Promise.all([loading, first?.directory ?? deps.directory.current()])
    const known = causeIn(loaded.commits, request.causes)
    return known === null ? { loaded, known, directory } : { loaded, known }
  }
  const loaded = await loading
  const known = causeIn(loaded.commits, request.causes)
  return known === null ? { loaded, ...(await readCause(deps, remembered)) } : { loaded, known }
}

/** The row of a cause has to wait for the load: the directory goes with it, in the same request. */
async function readCause(deps: Deps, cause: string) {
  const read = (key: Key) => ({ table: 'incidents' as const, key })
  const rows = await batchRead(deps, [read(causeKey(cause)), read(directoryPointerKey)])
  const row = rows.get(keyText(causeKey(cause)))
  if (row) return { known: { id: cause, answer: JSON.parse(String(row.answer)) } }
  return { known: null, directory: await deps.directory.pointedAt(rows.get(keyText(directoryPointerKey)) ?? null) }
}

function causeIn(commits: readonly StoredCommit[], causes: readonly string[]): Cause | null {
  for (const commit of commits) {
    const known = commit.causes.find(({ id }) => causes.includes(id))
    if (known) return known
  }
  return null
}

/**
 * Decides; if that calls somebody who holds a seat elsewhere, decides again knowing all who do. The look-up lies beside
 * the load: a stale answer only changes the order of calls.
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
  const decideWith = (holdsElsewhere: ReadonlySet<string>) => {
    const context: Decider = { now: at, directory, holdsElsewhere, obligations: deps.obligations }
    return { ...decide(loaded.state, command, meta, context), at }
  }
  const decision = decideWith(new Set())
  if (!decision.ok || request.asksHolders === false || !callsSomebody(decision.events)) return decision
  const holders = await holdersElsewhere(deps.table, request.incidentId)
  return callsOneOf(decision.events, holders) ? decideWith(holders) : decision
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

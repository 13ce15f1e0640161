import type { Directory } from '../core/directory/directory.ts'
import type { Finding } from '../core/findings/finding.ts'
import { cutToChars } from '../core/findings/text.ts'
import { isNewer } from '../core/findings/version.ts'
import type { Command, OpenIncident, RecordFindings } from '../core/incident/commands.ts'
import { placementOf } from '../core/incident/episode.ts'
import type { IncidentState } from '../core/incident/state.ts'
import { isWorse } from '../core/severity/severity.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Dependencies } from './dependencies.ts'
import type { DirectoryVersion } from './directory-versions.ts'
import { callsFor, hasWorsened, isRaised, recordedFinding } from './intake.ts'
import { knownFindings, withUndispatched } from './known-findings.ts'
import type { LoadedIncident } from './load-incident.ts'
import { MUSTER_ACTOR } from './rows/commit-row.ts'
import type { KnownFinding } from './rows/finding-row.ts'
import { incidentIdOf } from './rows/keys.ts'
import { type Outcome, type Patience, runCommand } from './run-command.ts'

export interface Recorded {
  readonly incidentId: string
  /** Null where another incident has the finding. */
  readonly state: IncidentState | null
  readonly outcome: 'opened' | 'joined' | 'updated' | 'duplicate'
  /** Where the search for the right incident ended, in the findings' own group. */
  readonly group: Start
}

/** What one intake works with: the door's instant, and the directory as it stood then. */
export interface IntakeContext {
  readonly now: Instant
  readonly directory: Directory
  readonly patience: Patience
}

/** The episode of a group where the search for the right incident begins; readers walk up from there. */
export interface Start {
  readonly groupHash: string
  readonly episode: number
}

/** What the caller knows, so that the first try need not read it: wrong at worst, and then the commit is refused. */
export interface FirstTry {
  readonly directory: DirectoryVersion
  /** The incident as it was left; null where it is to be read. */
  readonly loaded: LoadedIncident | null
  /** What the rows of the findings say, read after the incident was; null where they are to be read. */
  readonly known: ReadonlyMap<string, KnownFinding> | null
}

export interface Recording {
  /** By the finding's key. */
  readonly answers: Map<string, Recorded>
  /** The incident with what was recorded, where it is known. */
  readonly after: LoadedIncident | null
  /** It was read on the way; otherwise what the caller knew proved right. */
  readonly wasRead: boolean
}

/** What the last try meant to do, so that its outcome can be told apart for each finding. */
interface Intent {
  /** What the record does not have yet: new findings, or newer versions. */
  readonly fresh: readonly Finding[]
  readonly known: ReadonlyMap<string, KnownFinding>
  readonly place: 'open' | 'record' | 'walk-up' | 'nothing'
  /** Whether a finding of that incident is one of this one: its own, or of one that lives on in it. */
  readonly isHere: (incidentId: string | null | undefined) => boolean
}

type Deps = Pick<Dependencies, 'table' | 'real' | 'random' | 'directory' | 'obligations'>

/**
 * Records findings of one group where they belong: the episode at hand, or the next one when that is closed for good or
 * has had no new finding for a day. Where the episode was merged, that is asked of the incident that it lives on in. One
 * commit at most; what is known already changes nothing.
 */
export async function recordFindings(
  deps: Deps,
  start: Start,
  findings: readonly Finding[],
  context: IntakeContext,
  first: FirstTry,
): Promise<Recording> {
  for (let episode = start.episode, ours = first; ; episode += 1) {
    const at: Start = { groupHash: start.groupHash, episode }
    const recording = await recordAt(deps, at, findings, context, ours)
    if (recording !== 'walk-up') return recording
    ours = { ...first, loaded: null, known: null }
  }
}

async function recordAt(
  deps: Deps,
  at: Start,
  findings: readonly Finding[],
  context: IntakeContext,
  { directory, ...first }: FirstTry,
): Promise<Recording | 'walk-up'> {
  const passed: LoadedIncident[] = []
  let given = first.loaded
  for (let incidentId = incidentIdOf(at.groupHash, at.episode); ; ) {
    let tried: LoadedIncident | null = null
    let intent: Intent | null = null
    const command = async (loaded: LoadedIncident): Promise<Command | null> => {
      tried = loaded
      intent = null
      if (loaded.state?.mergedInto) return null
      const way = [...passed, loaded]
      const rows = loaded === given ? first.known : null
      const known = rows === null ? await knownFindings(deps, way, findings) : withUndispatched(rows, way, findings)
      intent = place(way, known, findings, context)
      return commandFor(intent, at, passed.length > 0, context)
    }
    const { now, patience } = context
    const request = { incidentId, command, now, patience, causes: [`intake/${deps.random.id()}`], actor: MUSTER_ACTOR }
    const outcome = await runCommand(deps, { ...request, first: { directory, loaded: given } })
    const [last, meant] = [tried as LoadedIncident | null, intent as Intent | null]
    const isGuess = given !== null && last === given
    given = null
    // Only a commit shows that what was given still holds: this try's, or an earlier one's whose answer was lost.
    if (isGuess && !hasCommitted(outcome)) continue
    if (last?.state?.mergedInto) {
      passed.push(last)
      incidentId = last.state.mergedInto
      continue
    }
    if (meant === null || meant.place === 'walk-up' || outcome.status === 'refused') return 'walk-up'
    const answers = answersOf(meant, { incidentId, group: at }, outcome, findings)
    return { answers, after: outcome.status === 'committed' ? outcome.after : null, wasRead: !isGuess }
  }
}

function hasCommitted(outcome: Outcome): boolean {
  return outcome.status === 'committed' || (outcome.status === 'unchanged' && outcome.known)
}

function commandFor(intent: Intent, at: Start, cameByMerging: boolean, context: IntakeContext): Command | null {
  if (intent.place === 'open') return opening(intent, at, context)
  return intent.place === 'record' ? recording(intent, cameByMerging ? at : null, context) : null
}

/** @param way the merged incidents that led here, and the one that they led to. */
function place(
  way: readonly LoadedIncident[],
  known: ReadonlyMap<string, KnownFinding>,
  findings: readonly Finding[],
  context: IntakeContext,
): Intent {
  const state = way.at(-1)?.state ?? null
  const fresh = findings.filter((finding) => isFresh(finding, known.get(finding.key)))
  const ids = way.map(({ incidentId }) => incidentId)
  const here = new Set([...ids, ...(state?.absorbed ?? []).map(({ id }) => id)])
  const isHere: Intent['isHere'] = (incidentId) => typeof incidentId === 'string' && here.has(incidentId)
  const intent = { fresh, known, isHere }
  if (fresh.length === 0) return { ...intent, place: 'nothing' }
  if (state === null) return { ...intent, place: 'open' }
  const pages = fresh.some((finding) => callsFor(finding, context.directory) !== null)
  const anyNew = fresh.some(({ key }) => !isHere(known.get(key)?.incidentId))
  const placement = placementOf(state, { pages, anyNew }, context.now)
  return { ...intent, place: placement === 'next-episode' ? 'walk-up' : 'record' }
}

function isFresh(finding: Finding, known: KnownFinding | undefined): boolean {
  if (known === undefined || known.incidentId === null) return true
  return isNewer(finding.version, finding.wrapping, known.versions) || isRaised(finding, known)
}

function opening(
  { fresh, known }: Intent,
  { groupHash, episode }: Start,
  { directory }: IntakeContext,
): OpenIncident | null {
  const worst = fresh.reduce<Finding | undefined>(
    (most, one) => (isSeverer(one, most, directory) ? one : most),
    undefined,
  )
  const severity = worst && callsFor(worst, directory)
  if (!worst || !severity) return null
  return {
    type: 'OpenIncident',
    title: cutToChars(worst.title, 200),
    severity,
    groupHash,
    groupKey: cutToChars(worst.groupKey, 512),
    episode,
    accountId: worst.accountId,
    declaredBy: null,
    occurredAt: fresh.map(({ firstSeenAt }) => firstSeenAt).sort()[0] ?? null,
    findings: fresh.map((finding) => recordedFinding(finding, known.get(finding.key))),
  }
}

function isSeverer(one: Finding, most: Finding | undefined, directory: Directory): boolean {
  const severity = callsFor(one, directory)
  const worst = most === undefined ? null : callsFor(most, directory)
  return severity !== null && (worst === null || isWorse(severity, worst))
}

/** @param group of the findings, where it is not the incident's own. */
function recording(
  { fresh, known, isHere }: Intent,
  group: Start | null,
  { directory }: IntakeContext,
): RecordFindings {
  const findings = fresh.map((finding) => ({
    ...recordedFinding(finding, known.get(finding.key)),
    ...(group === null ? {} : { group }),
    isNew: !isHere(known.get(finding.key)?.incidentId),
    hasWorsened: hasWorsened(finding, known.get(finding.key)),
    severity: callsFor(finding, directory),
  }))
  return { type: 'RecordFindings', findings }
}

function answersOf(
  intent: Intent,
  { incidentId, group }: Pick<Recorded, 'incidentId' | 'group'>,
  outcome: Outcome,
  findings: readonly Finding[],
): Map<string, Recorded> {
  const committed = hasCommitted(outcome)
  return new Map(
    findings.map(({ key }): [string, Recorded] => {
      const owner = intent.known.get(key)?.incidentId ?? incidentId
      const isOwner = owner === incidentId || intent.isHere(owner)
      if (committed && intent.fresh.some((finding) => finding.key === key)) {
        return [key, { incidentId, group, state: outcome.state, outcome: outcomeOf(intent, key, isOwner) }]
      }
      const home = isOwner ? { incidentId, state: outcome.state } : { incidentId: owner, state: null }
      return [key, { ...home, group, outcome: 'duplicate' }]
    }),
  )
}

function outcomeOf(intent: Intent, key: string, isOwner: boolean): Recorded['outcome'] {
  if (intent.place === 'open') return intent.fresh[0]?.key === key ? 'opened' : 'joined'
  return isOwner && intent.known.has(key) && intent.known.get(key)?.incidentId !== null ? 'updated' : 'joined'
}

import type { Directory } from '../core/directory/directory.ts'
import type { Finding } from '../core/findings/finding.ts'
import { groupKeyOf } from '../core/findings/group.ts'
import { cutToChars } from '../core/findings/text.ts'
import { isNewer } from '../core/findings/version.ts'
import type { Command, OpenIncident, RecordFindings } from '../core/incident/commands.ts'
import { placementOf } from '../core/incident/episode.ts'
import type { IncidentState } from '../core/incident/state.ts'
import { isWorse } from '../core/severity/severity.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Dependencies } from './dependencies.ts'
import { callsFor, hasWorsened, recordedFinding } from './intake.ts'
import { knownFindings } from './known-findings.ts'
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

/** What the last try meant to do, so that its outcome can be told apart for each finding. */
interface Intent {
  /** What the record does not have yet: new findings, or newer versions. */
  readonly fresh: readonly Finding[]
  readonly known: ReadonlyMap<string, KnownFinding>
  readonly place: 'open' | 'record' | 'walk-up' | 'nothing'
}

type Deps = Pick<Dependencies, 'table' | 'real' | 'random' | 'directory' | 'obligations'>

/**
 * Records findings of one group where they belong: the episode at hand, or the next one when that is closed for good or
 * has had no new finding for a day. One commit at most; what is known already changes nothing.
 */
export async function recordFindings(
  deps: Deps,
  start: Start,
  findings: readonly Finding[],
  context: IntakeContext,
): Promise<Map<string, Recorded>> {
  for (let episode = start.episode; ; episode += 1) {
    const at: Start = { groupHash: start.groupHash, episode }
    const incidentId = incidentIdOf(at.groupHash, episode)
    let intent: Intent = { fresh: [], known: new Map(), place: 'nothing' }
    const command = async (loaded: LoadedIncident): Promise<Command | null> => {
      intent = await place(deps, loaded, findings, context)
      if (intent.place === 'open') return opening(intent, at, context)
      return intent.place === 'record' ? recording(intent, incidentId, context) : null
    }
    const causes = [`intake/${deps.random.id()}`]
    const { now, patience } = context
    const outcome = await runCommand(deps, { incidentId, command, now, patience, causes, actor: MUSTER_ACTOR })
    if (intent.place === 'walk-up' || outcome.status === 'refused') continue
    return answersOf(intent, incidentId, outcome, findings)
  }
}

async function place(
  deps: Deps,
  loaded: LoadedIncident,
  findings: readonly Finding[],
  context: IntakeContext,
): Promise<Intent> {
  const known = await knownFindings(deps, loaded, findings)
  const fresh = findings.filter((finding) => isFresh(finding, known.get(finding.key)))
  if (fresh.length === 0) return { fresh, known, place: 'nothing' }
  if (loaded.state === null) return { fresh, known, place: 'open' }
  const pages = fresh.some((finding) => callsFor(finding, context.directory) !== null)
  const anyNew = fresh.some(({ key }) => known.get(key)?.incidentId !== loaded.incidentId)
  const placement = placementOf(loaded.state, { pages, anyNew }, context.now)
  return { fresh, known, place: placement === 'next-episode' ? 'walk-up' : 'record' }
}

function isFresh(finding: Finding, known: KnownFinding | undefined): boolean {
  if (known === undefined || known.incidentId === null) return true
  return isNewer(finding.version, finding.wrapping, known.versions)
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
    groupKey: cutToChars(groupKeyOf(worst), 512),
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

function recording({ fresh, known }: Intent, incidentId: string, { directory }: IntakeContext): RecordFindings {
  const findings = fresh.map((finding) => ({
    ...recordedFinding(finding, known.get(finding.key)),
    isNew: known.get(finding.key)?.incidentId !== incidentId,
    hasWorsened: hasWorsened(finding, known.get(finding.key)),
    severity: callsFor(finding, directory),
  }))
  return { type: 'RecordFindings', findings }
}

function answersOf(
  intent: Intent,
  incidentId: string,
  outcome: Outcome,
  findings: readonly Finding[],
): Map<string, Recorded> {
  const committed = outcome.status === 'committed' || (outcome.status === 'unchanged' && outcome.known)
  return new Map(
    findings.map(({ key }): [string, Recorded] => {
      const owner = intent.known.get(key)?.incidentId ?? incidentId
      if (committed && intent.fresh.some((finding) => finding.key === key)) {
        return [key, { incidentId, state: outcome.state, outcome: outcomeOf(intent, key, owner === incidentId) }]
      }
      return [key, { incidentId: owner, state: owner === incidentId ? outcome.state : null, outcome: 'duplicate' }]
    }),
  )
}

function outcomeOf(intent: Intent, key: string, isOwner: boolean): Recorded['outcome'] {
  if (intent.place === 'open') return intent.fresh[0]?.key === key ? 'opened' : 'joined'
  return isOwner && intent.known.has(key) && intent.known.get(key)?.incidentId !== null ? 'updated' : 'joined'
}

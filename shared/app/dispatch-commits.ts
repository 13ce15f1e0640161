import type { IncidentState } from '../core/incident/state.ts'
import { secondsBetween } from '../core/time/instant.ts'
import type { QueuedEffect } from '../ports/queues.ts'
import type { Item } from '../ports/table.ts'
import type { Dependencies } from './dependencies.ts'
import { dispatchFindingRows } from './dispatch-finding-rows.ts'
import { dispatchRows } from './dispatch-rows.ts'
import { effectsOf } from './effects.ts'
import { type FinishingDependencies, finishBegun, markedCommits } from './finish-begun.ts'
import { fold, type LoadedIncident, loadIncident } from './load-incident.ts'
import type { StoredCommit } from './rows/commit-row.ts'
import { headRow, isOversized, rememberHead } from './rows/head-row.ts'
import { commitKey, dueAttributes, headKey } from './rows/keys.ts'
import { shareIndicators } from './share-indicators.ts'

/** Wakes nearer than this go into the delay queue at once; the tick hands out later ones. */
const QUEUED_AHEAD_SECONDS = 900

type Deps = FinishingDependencies & Pick<Dependencies, 'queues' | 'alarms'>

/**
 * Everything that follows from an incident's commits after its head, in order: their rows and effects, then one head,
 * then what another incident has to follow with, then the marks. May run twice, anywhere, at any time: each write
 * tolerates it.
 * @param marked sequences whose mark is known to be on, though the head may have passed them.
 */
export async function dispatchCommits(deps: Deps, incidentId: string, marked: readonly number[] = []): Promise<void> {
  const loaded = await loadIncident(deps.table, incidentId)
  if (loaded.state === null) return
  await followUp(deps, loaded)
  const head = headRow(loaded.state, loaded.hash)
  if (loaded.commits.length > 0) await writeHead(deps, head)
  await queueWake(deps, head)
  const behind = marked.filter((sequence) => sequence <= (loaded.head?.sequence ?? 0))
  const begun = await markedCommits(deps.table, loaded, behind)
  await finishBegun(deps, loaded, begun)
  await shareIndicators(deps, incidentId, begun, deps.time.now())
  const dispatched = [...behind, ...loaded.commits.filter(({ marked: on }) => on).map(({ sequence }) => sequence)]
  await Promise.all(dispatched.map((sequence) => takeMarkOff(deps, incidentId, sequence)))
}

async function followUp(deps: Deps, loaded: LoadedIncident): Promise<void> {
  let before: IncidentState | null = loaded.head?.state ?? null
  for (const commit of loaded.commits) {
    const after = fold(before, [commit])
    if (after === null) return
    await Promise.all(dispatchRows(deps.table, commit, before, after))
    await sendEffects(deps, commit, after)
    raiseAlarms(deps, commit)
    before = after
  }
  if (before !== null) await dispatchFindingRows(deps, loaded.commits, before)
}

async function sendEffects(deps: Deps, commit: StoredCommit, state: IncidentState): Promise<void> {
  const effects: QueuedEffect[] = effectsOf(commit, state)
  if (effects.length > 0) await deps.queues.sendEffects(effects)
}

/** Only a higher sequence replaces a head, so that a slow dispatcher cannot take it back. */
async function writeHead(deps: Deps, head: Item): Promise<void> {
  if (isOversized(head)) deps.alarms.raise('HeadOversized', { incidentId: String(head.pk) })
  const isNewer = { kind: 'absent-or-lower', attribute: 'sequence', value: Number(head.sequence) } as const
  if (await deps.table.put('incidents', head, [isNewer])) rememberHead(head)
}

async function queueWake(deps: Deps, head: Item): Promise<void> {
  if (typeof head.wakeAt !== 'string') return
  if (secondsBetween(deps.time.now(), head.wakeAt) > QUEUED_AHEAD_SECONDS) return
  await deps.queues.sendWakes([{ incidentId: String(head.pk).slice('INC#'.length), wakeAt: head.wakeAt }])
}

async function takeMarkOff(deps: Deps, incidentId: string, sequence: number): Promise<void> {
  await deps.table.update('incidents', commitKey(incidentId, sequence), { remove: ['duePk', 'dueAt'] })
}

function raiseAlarms({ alarms }: Deps, commit: StoredCommit): void {
  const { incidentId } = commit
  for (const event of commit.events) {
    if (event.type === 'SeatExhausted') alarms.raise('SeatExhausted', { incidentId, role: event.data.role })
    if (event.type === 'MessageFailed' && event.data.reason === 'ChannelRefused') {
      const { responderId, channelId } = event.data
      alarms.raise('ChannelRefused', { incidentId, responderId, channelId })
    }
    if (event.type === 'ClockWarningDeferred' && event.data.because === 'nobody-to-tell') {
      alarms.raise('NobodyToTell', { incidentId })
    }
    if (event.type === 'EffectsQueuedAgain' && isLate(event.data.effects, commit)) {
      alarms.raise('EffectUnsettled', { incidentId })
    }
  }
}

/** The third time a message is queued, six minutes after it was asked for, and each time after. */
function isLate(effects: readonly { readonly queueAgainAt: string }[], commit: StoredCommit): boolean {
  return effects.some(({ queueAgainAt }) => secondsBetween(commit.at, queueAgainAt) >= 480)
}

/** Moves the head's place in the index without touching what it says: a wake that failed waits there. */
export async function parkHead(deps: Pick<Deps, 'table'>, incidentId: string, untilAt: string): Promise<void> {
  const item = await deps.table.get('incidents', headKey(incidentId))
  if (item === null) return
  await deps.table.update('incidents', headKey(incidentId), { set: dueAttributes(incidentId, untilAt) }, [
    { kind: 'equal', attribute: 'sequence', value: Number(item.sequence) },
  ])
}

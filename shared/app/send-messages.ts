import type { Delivery } from '../core/incident/commands.ts'
import type { QueuedEffect } from '../ports/queues.ts'
import { type Claim, claimEffect, giveUpClaim } from './claim-effect.ts'
import type { SendingDependencies } from './dependencies.ts'
import { inParallel } from './in-parallel.ts'
import { loadHistory, loadIncident } from './load-incident.ts'
import { MUSTER_ACTOR } from './rows/commit-row.ts'
import { PERSON, runCommand } from './run-command.ts'
import { type Reading, type Sent, sendClaimed } from './send-claimed.ts'
import type { Handled } from './settle-batch.ts'

interface Claimed {
  readonly effect: QueuedEffect
  readonly claim: Claim
  readonly triedBefore: number
}

/** Where one effect of a batch stands. */
type Ready = Sent | Claimed | { readonly fault: unknown } | 'recorded'

/**
 * Claim, send, record, for a batch of one channel's queue. An incident is read once for its messages, after they are
 * claimed and right before they are sent; their results are one commit. The outcomes are in the order of the effects; a
 * fault of one fails it alone.
 */
export async function sendMessages(deps: SendingDependencies, effects: readonly QueuedEffect[]): Promise<Handled[]> {
  const claimed = await Promise.all(effects.map((effect) => apart(() => claim(deps, effect))))
  const read = readOnce(deps)
  const sent = [...claimed]
  await inParallel(deps.sendsAtOnce, [...claimed.entries()], async ([index, one]) => {
    if (one !== 'recorded' && 'claim' in one) sent[index] = await apart(() => send(deps, read, one))
  })
  const failed = await recordAll(deps, effects, sent)
  return sent.map((one, index) => outcomeOf(one, failed.get(effects[index]?.incidentId ?? '')))
}

async function apart(work: () => Promise<Ready>): Promise<Ready> {
  try {
    return await work()
  } catch (fault) {
    return { fault }
  }
}

async function claim(deps: SendingDependencies, effect: QueuedEffect): Promise<Ready> {
  const outcome = await claimEffect(deps, effect.effectId)
  if (outcome.status === 'held') return { again: Math.max(outcome.untilMs - deps.real.nowMs(), 200) }
  if (outcome.status === 'claimed') return { effect, claim: outcome.claim, triedBefore: outcome.triedBefore }
  return (await isRecorded(deps, effect)) ? 'recorded' : { delivery: outcome.delivery }
}

/** Only asked when a message comes again that has its answer: rare enough to read the whole record. */
async function isRecorded({ table }: SendingDependencies, { incidentId, effectId }: QueuedEffect): Promise<boolean> {
  const commits = await loadHistory(table, incidentId)
  return commits.some(({ events }) =>
    events.some(({ type, data }) => SETTLING.has(type) && 'effectId' in data && data.effectId === effectId),
  )
}

const SETTLING: ReadonlySet<string> = new Set(['MessageSent', 'MessageFailed', 'MessageWithheld'])

function readOnce(deps: SendingDependencies): (incidentId: string) => Promise<Reading> {
  const readings = new Map<string, Promise<Reading>>()
  const read = async (incidentId: string): Promise<Reading> => {
    const [{ state }, { directory }] = await Promise.all([
      loadIncident(deps.table, incidentId),
      deps.directory.current(),
    ])
    return { state, directory }
  }
  return (incidentId) => {
    const reading = readings.get(incidentId) ?? read(incidentId)
    readings.set(incidentId, reading)
    return reading
  }
}

/** Where the incident cannot be read, nothing was sent: the claim goes back, so that the next try need not wait for it. */
async function send(
  deps: SendingDependencies,
  read: (incidentId: string) => Promise<Reading>,
  { effect, claim: held, triedBefore }: Claimed,
): Promise<Ready> {
  const reading = await read(effect.incidentId).catch(async (fault: unknown) => {
    await giveUpClaim(deps, held, triedBefore)
    throw fault
  })
  return sendClaimed(deps, effect, { claim: held, triedBefore }, reading)
}

/** One commit an incident; the faults come back by incident. */
async function recordAll(
  deps: SendingDependencies,
  effects: readonly QueuedEffect[],
  sent: readonly Ready[],
): Promise<Map<string, { fault: unknown }>> {
  const byIncident = new Map<string, Delivery[]>()
  for (const [index, one] of sent.entries()) {
    const incidentId = effects[index]?.incidentId ?? ''
    if (one !== 'recorded' && 'delivery' in one) {
      byIncident.set(incidentId, [...(byIncident.get(incidentId) ?? []), one.delivery])
    }
  }
  const failed = new Map<string, { fault: unknown }>()
  const record = async ([incidentId, deliveries]: [string, Delivery[]]) => {
    const outcome = await apart(async () => recordDeliveries(deps, incidentId, deliveries))
    if (outcome !== 'recorded' && 'fault' in outcome) failed.set(incidentId, outcome)
  }
  await Promise.all([...byIncident].map(record))
  return failed
}

async function recordDeliveries(
  deps: SendingDependencies,
  incidentId: string,
  deliveries: readonly Delivery[],
): Promise<'recorded'> {
  await runCommand(deps, {
    incidentId,
    now: deps.time.now(),
    actor: MUSTER_ACTOR,
    causes: deliveries.map(({ effectId }) => `delivery/${effectId}`),
    patience: PERSON,
    command: () => ({ type: 'RecordDeliveries', deliveries }),
  })
  return 'recorded'
}

function outcomeOf(one: Ready, failed: { fault: unknown } | undefined): Handled {
  if (one === 'recorded') return { status: 'done' }
  if ('again' in one) return { status: 'again', afterMs: one.again }
  if ('fault' in one) return { status: 'failed', fault: one.fault }
  return failed === undefined ? { status: 'done' } : { status: 'failed', ...failed }
}

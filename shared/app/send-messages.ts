import { findResponder } from '../core/directory/directory.ts'
import type { Delivery } from '../core/incident/commands.ts'
import { checkBeforeSending } from '../core/paging/why-withhold.ts'
import { TransientFault } from '../ports/faults.ts'
import type { OutgoingMessage } from '../ports/message-provider.ts'
import type { QueuedEffect } from '../ports/queues.ts'
import { type Claim, claimEffect, giveUpClaim, markRecorded, mayStillCall, writeAnswer } from './claim-effect.ts'
import { composeMessage } from './compose-message.ts'
import type { SenderDependencies } from './dependencies.ts'
import { loadIncident } from './load-incident.ts'
import { MUSTER_ACTOR } from './rows/commit-row.ts'
import { PERSON, runCommand } from './run-command.ts'
import type { Handled } from './settle-batch.ts'

/** After so many failed tries a channel has failed; the engine goes on to the next one. */
const MOST_TRIES = 3

type Ready = { readonly delivery: Delivery } | { readonly again: number } | { readonly fault: unknown } | 'recorded'

/**
 * Claim, send, record, for a batch of one channel's queue. The results of one incident are one commit. The outcomes
 * are in the order of the effects; a fault of one fails it alone.
 */
export async function sendMessages(deps: SenderDependencies, effects: readonly QueuedEffect[]): Promise<Handled[]> {
  const ready = await Promise.all(effects.map((effect) => attempt(deps, effect)))
  const byIncident = new Map<string, Delivery[]>()
  for (const [index, one] of ready.entries()) {
    const incidentId = effects[index]?.incidentId ?? ''
    if (one !== 'recorded' && 'delivery' in one) {
      byIncident.set(incidentId, [...(byIncident.get(incidentId) ?? []), one.delivery])
    }
  }
  const failed = new Map<string, unknown>()
  await Promise.all([...byIncident].map(([id, deliveries]) => recordSafely(deps, id, deliveries, failed)))
  return ready.map((one, index) => outcomeOf(one, effects[index]?.incidentId ?? '', failed))
}

function outcomeOf(one: Ready, incidentId: string, failed: ReadonlyMap<string, unknown>): Handled {
  if (one === 'recorded') return { status: 'done' }
  if ('again' in one) return { status: 'again', afterMs: one.again }
  if ('fault' in one) return { status: 'failed', fault: one.fault }
  return failed.has(incidentId) ? { status: 'failed', fault: failed.get(incidentId) } : { status: 'done' }
}

async function recordSafely(
  deps: SenderDependencies,
  incidentId: string,
  deliveries: readonly Delivery[],
  failed: Map<string, unknown>,
): Promise<void> {
  try {
    await record(deps, incidentId, deliveries)
  } catch (fault) {
    failed.set(incidentId, fault)
  }
}

/** Everything up to the provider's answer on the claim's row. */
async function attempt(deps: SenderDependencies, effect: QueuedEffect): Promise<Ready> {
  try {
    const claimed = await claimEffect(deps, effect.effectId)
    if (claimed.status === 'held') return { again: Math.max(claimed.untilMs - deps.real.nowMs(), 200) }
    if (claimed.status === 'answered') return claimed.recorded ? 'recorded' : { delivery: claimed.delivery }
    return await sendClaimed(deps, effect, claimed.claim, claimed.triedBefore)
  } catch (fault) {
    return { fault }
  }
}

async function sendClaimed(
  deps: SenderDependencies,
  effect: QueuedEffect,
  claim: Claim,
  triedBefore: number,
): Promise<Ready> {
  const message = await prepare(deps, effect)
  if ('outcome' in message) return answer(deps, claim, message)
  if (!mayStillCall(deps, claim)) return { again: deps.leaseMs }
  try {
    const { status } = await deps.provider.send(message)
    return answer(deps, claim, delivery(effect, status === 'accepted' ? 'sent' : 'refused'))
  } catch (fault) {
    if (!(fault instanceof TransientFault)) throw fault
    return tryLater(deps, effect, claim, triedBefore + 1)
  }
}

async function tryLater(deps: SenderDependencies, effect: QueuedEffect, claim: Claim, tries: number): Promise<Ready> {
  if (tries >= MOST_TRIES) return answer(deps, claim, delivery(effect, 'failed'))
  await giveUpClaim(deps, claim, tries)
  return { again: 1000 * 2 ** tries }
}

/** The message as it leaves, or why it does not: read from the incident right before sending. */
async function prepare(deps: SenderDependencies, effect: QueuedEffect): Promise<OutgoingMessage | Delivery> {
  const [{ state }, { directory }] = await Promise.all([
    loadIncident(deps.table, effect.incidentId),
    deps.directory.current(),
  ])
  if (state === null) return delivery(effect, 'withheld', 'AttemptEnded')
  const now = deps.time.now()
  const check = checkBeforeSending(state, effect, directory, now)
  if (!check.send) return delivery(effect, 'withheld', check.reason)
  const responder = findResponder(directory, effect.responderId)
  const channel = responder?.channels.find(({ id, verified }) => id === effect.channelId && verified)
  if (!responder || !channel) return delivery(effect, 'failed')
  return composeMessage(deps, { state, directory, effect, responder, channel, roles: check.roles, now })
}

function delivery(effect: QueuedEffect, outcome: Delivery['outcome'], reason: Delivery['reason'] = null): Delivery {
  const { effectId, kind, responderId, channelId } = effect
  return { effectId, kind, responderId, channelId, outcome, reason }
}

async function answer(deps: SenderDependencies, claim: Claim, result: Delivery): Promise<Ready> {
  return (await writeAnswer(deps, claim, result)) ? { delivery: result } : { again: deps.leaseMs }
}

async function record(deps: SenderDependencies, incidentId: string, deliveries: readonly Delivery[]): Promise<void> {
  await runCommand(deps, {
    incidentId,
    now: deps.time.now(),
    actor: MUSTER_ACTOR,
    causes: deliveries.map(({ effectId }) => `delivery/${effectId}`),
    patience: PERSON,
    command: () => ({ type: 'RecordDeliveries', deliveries }),
  })
  await Promise.all(deliveries.map(({ effectId }) => markRecorded(deps, effectId)))
}

import { type Directory, findResponder } from '../core/directory/directory.ts'
import type { Delivery } from '../core/incident/commands.ts'
import { failureDetail } from '../core/incident/failure-detail.ts'
import type { IncidentState } from '../core/incident/state.ts'
import { checkBeforeSending } from '../core/paging/why-withhold.ts'
import { TransientFault } from '../ports/faults.ts'
import type { OutgoingMessage } from '../ports/message-provider.ts'
import type { QueuedEffect } from '../ports/queues.ts'
import { type Claim, giveUpClaim, mayStillCall, writeAnswer } from './claim-effect.ts'
import { composeMessage } from './compose-message.ts'
import type { SendingDependencies } from './dependencies.ts'

/** After so many failed tries a channel has failed; the engine goes on to the next one. */
const MOST_TRIES = 3

const GONE = 'the directory no longer has this channel as a verified one'

/** The incident and the directory as they were read right before sending. */
export interface Reading {
  readonly state: IncidentState | null
  readonly directory: Directory
}

/** What became of a message, or after how many real milliseconds it is to be delivered again. */
export type Sent = { readonly delivery: Delivery } | { readonly again: number }

/** Sends a claimed message if it is still wanted, up to the provider's answer on the claim's row. */
export async function sendClaimed(
  deps: SendingDependencies,
  effect: QueuedEffect,
  { claim, triedBefore }: { readonly claim: Claim; readonly triedBefore: number },
  reading: Reading,
): Promise<Sent> {
  const message = await prepare(deps, effect, reading)
  if ('outcome' in message) return answer(deps, claim, message)
  if (!mayStillCall(deps, claim)) return { again: deps.leaseMs }
  try {
    const told = await deps.provider.send(message)
    if (told.status === 'accepted') return answer(deps, claim, delivery(effect, 'sent'))
    return answer(deps, claim, { ...delivery(effect, 'refused'), ...failureDetail(told.detail, [message.to]) })
  } catch (fault) {
    if (!(fault instanceof TransientFault)) throw fault
    const failed = { ...delivery(effect, 'failed'), ...failureDetail(fault.message, [message.to]) }
    return tryLater(deps, claim, triedBefore + 1, failed)
  }
}

async function tryLater(deps: SendingDependencies, claim: Claim, tries: number, failed: Delivery): Promise<Sent> {
  if (tries >= MOST_TRIES) return answer(deps, claim, failed)
  await giveUpClaim(deps, claim, tries)
  return { again: 1000 * 2 ** tries }
}

/** The message as it leaves, or why it does not. */
async function prepare(
  deps: SendingDependencies,
  effect: QueuedEffect,
  { state, directory }: Reading,
): Promise<OutgoingMessage | Delivery> {
  if (state === null) return delivery(effect, 'withheld', 'AttemptEnded')
  const now = deps.time.now()
  const check = checkBeforeSending(state, effect, directory, now)
  if (!check.send) return delivery(effect, 'withheld', check.reason)
  const responder = findResponder(directory, effect.responderId)
  const channel = responder?.channels.find(({ id, verified }) => id === effect.channelId && verified)
  if (!responder || !channel) return { ...delivery(effect, 'failed'), detail: GONE }
  return composeMessage(deps, { state, directory, effect, responder, channel, roles: check.roles, now })
}

function delivery(effect: QueuedEffect, outcome: Delivery['outcome'], reason: Delivery['reason'] = null): Delivery {
  const { effectId, kind, responderId, channelId } = effect
  return { effectId, kind, responderId, channelId, outcome, reason }
}

/** Only the last to take over may say what became of it. */
async function answer(deps: SendingDependencies, claim: Claim, result: Delivery): Promise<Sent> {
  return (await writeAnswer(deps, claim, result)) ? { delivery: result } : { again: deps.leaseMs }
}

import type { SQSClient } from '@aws-sdk/client-sqs'
import { type Instant, secondsBetween } from '../../core/time/instant.ts'
import { PermanentFault, TransientFault } from '../../ports/faults.ts'
import type { QueuedEffect, QueuedWake, Queues } from '../../ports/queues.ts'
import type { TimeSource } from '../../ports/time.ts'
import { MOST_MESSAGES, type QueueMessage, sendBatch } from './send-batch.ts'

/** The longest that the service holds a message back. */
const MOST_DELAY_SECONDS = 900

export interface SqsQueuesOptions {
  readonly client: SQSClient
  readonly urls: QueueUrls
  readonly time: TimeSource
}

export interface QueueUrls {
  /** By the channel's kind. */
  readonly messages: Readonly<Record<string, string>>
  /** For kinds that have no queue of their own. */
  readonly otherMessages: string
  readonly wakes: string
}

/**
 * The queues over SQS. Batches do not wait for one another: one that fails holds no other back, and then all of them
 * are for the caller to send again.
 */
export function sqsQueues({ client, urls, time }: SqsQueuesOptions): Queues {
  return {
    sendEffects: async (effects) => {
      const byQueue = Map.groupBy(effects, ({ channel }) => queueOf(urls, channel))
      const sends = [...byQueue].flatMap(([url, ofQueue]) => inBatches(client, url, ofQueue.map(effectMessage)))
      await allSent(sends)
    },
    sendWakes: async (wakes) => {
      const messages = wakes.map((wake) => wakeMessage(wake, time))
      await allSent(inBatches(client, urls.wakes, messages))
    },
  }
}

/** A user may call a kind of channel as they like: also as something that every object has. */
function queueOf({ messages, otherMessages }: QueueUrls, channel: string): string {
  return (Object.hasOwn(messages, channel) ? messages[channel] : undefined) ?? otherMessages
}

function effectMessage(effect: QueuedEffect): QueueMessage {
  const { incidentId, effectId, kind, responderId, channelId, channel } = effect
  const body: QueuedEffect = { incidentId, effectId, kind, responderId, channelId, channel }
  return { body: JSON.stringify(body) }
}

function wakeMessage({ incidentId, wakeAt }: QueuedWake, time: TimeSource): QueueMessage {
  const body: QueuedWake = { incidentId, wakeAt }
  return { body: JSON.stringify(body), delaySeconds: () => delaySeconds(time.now(), wakeAt) }
}

/** Whole seconds, rounded up: never early, but for a wake further away than the service can hold it. */
function delaySeconds(now: Instant, wakeAt: Instant): number {
  return Math.min(Math.max(Math.ceil(secondsBetween(now, wakeAt)), 0), MOST_DELAY_SECONDS)
}

function inBatches(client: SQSClient, url: string, messages: readonly QueueMessage[]): Promise<void>[] {
  const starts = Array.from({ length: Math.ceil(messages.length / MOST_MESSAGES) }, (_, batch) => batch * MOST_MESSAGES)
  return starts.map((start) => sendBatch(client, url, messages.slice(start, start + MOST_MESSAGES)))
}

/** Of several faults the one that may pass counts: another try then shows what is left. */
async function allSent(sends: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(sends)
  const faults = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  if (faults.length === 0) return
  const Fault = faults.some((fault) => fault instanceof TransientFault) ? TransientFault : PermanentFault
  const messages = new Set(faults.map((fault) => (fault instanceof Error ? fault.message : String(fault))))
  throw new Fault([...messages].join('; '), { cause: new AggregateError(faults) })
}

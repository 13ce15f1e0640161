import { setTimeout as sleep } from 'node:timers/promises'
import {
  type BatchResultErrorEntry,
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { PermanentFault, TransientFault } from '../../ports/faults.ts'
import { passes, toFault } from './faults.ts'

/** What the service takes in one request. */
export const MOST_MESSAGES = 10
/** Ten of these stay under 256 KB, the least that the service has ever allowed a request. */
const MOST_BODY_BYTES = 16 * 1024
/** Before each try of what is left; the third is the last. */
const WAITS_MS: readonly number[] = [0, 100, 400]

export interface QueueMessage {
  readonly body: string
  /** Asked before each try: seconds until it may be delivered, 0 to 900. Without it: at once. */
  readonly delaySeconds?: () => number
}

/** What one try did not get into the queue, with why, in the service's words. */
interface Tried {
  /** It may take these yet. */
  readonly left: readonly QueueMessage[]
  readonly why: readonly string[]
  /** It never will take these. */
  readonly refused: readonly string[]
}

/**
 * Sends at most ten messages; a message that may have been taken is sent again rather than lost.
 * @throws TransientFault when some were not taken after three tries; PermanentFault when all the others were taken, and
 * these never will be.
 */
export async function sendBatch(client: SQSClient, queueUrl: string, messages: readonly QueueMessage[]): Promise<void> {
  const short = messages.filter(({ body }) => Buffer.byteLength(body) <= MOST_BODY_BYTES)
  const refused = messages.length > short.length ? ['a body that is too long'] : []
  let tried: Tried = { left: short, why: [], refused: [] }
  for (const waitMs of WAITS_MS) {
    if (tried.left.length === 0) break
    await sleep(waitMs)
    tried = await tryOnce(client, queueUrl, tried.left)
    refused.push(...tried.refused)
  }
  const { left, why } = tried
  const count = `${left.length} of ${messages.length}`
  if (left.length > 0) throw new TransientFault(`${to(queueUrl)}: ${count} were not taken: ${listed(why)}`)
  if (refused.length > 0) throw new PermanentFault(`${to(queueUrl)}: refused for good: ${listed(refused)}`)
}

async function tryOnce(client: SQSClient, queueUrl: string, messages: readonly QueueMessage[]): Promise<Tried> {
  const Entries = messages.map(({ body, delaySeconds }, index) => ({
    Id: String(index),
    MessageBody: body,
    DelaySeconds: delaySeconds?.(),
  }))
  try {
    return settle(messages, await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries })))
  } catch (error) {
    throw toFault(to(queueUrl), error)
  }
}

/** What the answer does not name was not taken. */
function settle(messages: readonly QueueMessage[], answer: SendMessageBatchCommandOutput): Tried {
  const taken = new Set((answer.Successful ?? []).map(({ Id }) => Id))
  const failed = new Map((answer.Failed ?? []).map((entry) => [entry.Id, entry]))
  const tried = messages.map((message, index) => ({ message, id: String(index), entry: failed.get(String(index)) }))
  const notTaken = tried.filter(({ id }) => !taken.has(id))
  const left = notTaken.filter(({ entry }) => !isForGood(entry))
  return {
    left: left.map(({ message }) => message),
    why: left.map(({ entry }) => entry?.Code ?? 'no answer'),
    refused: notTaken.filter(({ entry }) => isForGood(entry)).map(({ entry }) => entry?.Code ?? 'no code'),
  }
}

/** The service calls it the sender's fault also when a key was throttled. */
function isForGood(entry: BatchResultErrorEntry | undefined): boolean {
  return entry?.SenderFault === true && !passes(entry.Code ?? '')
}

function listed(codes: readonly string[]): string {
  return [...new Set(codes)].join(', ')
}

/** By the queue's name: the rest of its address says nothing more. */
function to(queueUrl: string): string {
  return `send to ${queueUrl.split('/').at(-1)}`
}

import type { DeployedChannel } from '../../core/readiness/deployed-stack.ts'
import { PermanentFault } from '../../ports/faults.ts'
import { readJson } from '../../sources/json-text.ts'
import { parseQueuedEffect, parseQueuedWake } from '../queued-messages.ts'
import { readReply } from '../receive-reply.ts'
import type { DeadLetterQueueName } from './dead-letter-queues.ts'

/** What becomes of one dead letter. */
export type Destination =
  /** Into a queue, by its logical id. */
  | { readonly kind: 'queue'; readonly logicalId: string }
  /** Nobody needs it any more. */
  | { readonly kind: 'nowhere' }
  /** It stays: no queue can read it. */
  | { readonly kind: 'stays' }

export interface Redriven {
  /** Kinds of channel that have a sender; the messages of others go to the one who refuses them. */
  readonly channels: readonly DeployedChannel[]
}

const NOWHERE: Destination = { kind: 'nowhere' }
const STAYS: Destination = { kind: 'stays' }
const MESSAGE_QUEUES: Readonly<Record<DeployedChannel, string>> = { email: 'EmailQueue', sms: 'SmsQueue' }

/** Why letters of a queue may be dropped; null for a queue of which none are. */
export const WHY_DROPPED: Readonly<Record<DeadLetterQueueName, string | null>> = {
  findings: null,
  wakes: null,
  messages: null,
  replies: null,
  'undelivered-events': 'ticks and sweeps, of which the next does the same',
  'dispatch-failures': 'positions in the stream, whose commits the tick dispatches',
}

/** Where a dead letter belongs. */
export function destinationOf(queue: DeadLetterQueueName, body: string, { channels }: Redriven): Destination {
  switch (queue) {
    case 'findings':
      // What fits no schema is put into quarantine there.
      return to('FindingsQueue')
    case 'wakes':
      return reads(() => parseQueuedWake(body)) === null ? STAYS : to('WakesQueue')
    case 'messages':
      return ofMessage(body, channels)
    case 'replies':
      return ofReply(body)
    case 'undelivered-events':
      return ofEvent(body)
    case 'dispatch-failures':
      return NOWHERE
  }
}

function ofMessage(body: string, channels: readonly DeployedChannel[]): Destination {
  const channel = reads(() => parseQueuedEffect(body).channel)
  if (channel === null) return STAYS
  const served = channels.find((kind) => kind === channel)
  return to(served === undefined ? 'OtherMessagesQueue' : MESSAGE_QUEUES[served])
}

function ofReply(body: string): Destination {
  return reads(() => readReply(body)) === null ? STAYS : to('RepliesQueue')
}

/** Here lies what rules could not deliver, and texts that their topic could not. */
function ofEvent(body: string): Destination {
  const { source, 'detail-type': detailType } = objectOf(body)
  const isFromRule = typeof source === 'string' && typeof detailType === 'string'
  if (!isFromRule || source === 'aws.ses') return ofReply(body)
  return source === 'aws.events' ? NOWHERE : to('FindingsQueue')
}

function to(logicalId: string): Destination {
  return { kind: 'queue', logicalId }
}

/** Null for a body that its reader would refuse again. */
function reads<T>(parse: () => T): T | null {
  try {
    return parse()
  } catch (fault) {
    if (fault instanceof PermanentFault) return null
    throw fault
  }
}

function objectOf(body: string): Readonly<Record<string, unknown>> {
  const read = readJson(body)
  return read.ok && typeof read.value === 'object' && read.value !== null ? { ...read.value } : {}
}

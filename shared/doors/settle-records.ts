import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { logger } from '../adapters/powertools/logger.ts'
import type { QueueDeliveries } from '../adapters/sqs/deliveries.ts'
import {
  type Delivered,
  type HandleBatch,
  type RetryPolicy,
  type Settlement,
  settleBatch,
} from '../app/settle-batch.ts'
import type { Alarms } from '../ports/alarms.ts'
import { PermanentFault } from '../ports/faults.ts'
import { faultLine } from './door.ts'

export interface RecordSettling<Body> {
  readonly alarms: Alarms
  readonly deliveries: QueueDeliveries
  readonly policy: RetryPolicy
  /** @throws PermanentFault for a body that is none of ours. */
  readonly parse: (body: string) => Body
  readonly handle: HandleBatch<Body>
}

/**
 * Handles a batch from SQS and settles each message by itself. What is too early or failed is made visible again after
 * its wait; what can't succeed goes to the dead letters at once, whole; the rest is gone from the queue.
 */
export async function settleRecords<Body>(settling: RecordSettling<Body>, event: SQSEvent): Promise<SQSBatchResponse> {
  const { alarms, policy } = settling
  const read = event.Records.map((record) => ({ record, body: parsed(settling, record) }))
  const readable = read.flatMap(({ record, body }) => (body === null ? [] : [delivered(record, body.value)]))
  const settled = await settleBatch({ alarms }, readable, heard(settling.handle), policy)
  const byId = new Map(readable.map(({ id }, index) => [id, settled[index]]))
  const kept = await Promise.all(
    read.map(({ record, body }) => finish(settling, record, body === null ? UNREADABLE : byId.get(record.messageId))),
  )
  return { batchItemFailures: kept.flatMap((id) => (id === null ? [] : [{ itemIdentifier: id }])) }
}

/** Each fault leaves a line: what comes again would otherwise do so in silence. */
function heard<Body>(handle: HandleBatch<Body>): HandleBatch<Body> {
  return async (bodies) => {
    const handled = await handle(bodies).catch((fault: unknown) => {
      logger.error('a batch failed', { messages: bodies.length, ...faultLine(fault) })
      throw fault
    })
    for (const one of handled) if (one?.status === 'failed') logger.error('a message failed', faultLine(one.fault))
    return handled
  }
}

const UNREADABLE: Settlement = { status: 'dead', why: 'unreadable' }

function parsed<Body>({ parse, alarms, policy }: RecordSettling<Body>, record: SQSRecord): { value: Body } | null {
  try {
    return { value: parse(record.body) }
  } catch (fault) {
    if (!(fault instanceof PermanentFault)) throw fault
    logger.error('a message is none of ours', { messageId: record.messageId, ...faultLine(fault) })
    alarms.raise('DeadLetter', { queue: policy.queue, id: record.messageId, why: fault.name })
    return null
  }
}

function delivered<Body>({ messageId, attributes }: SQSRecord, body: Body): Delivered<Body> {
  return { id: messageId, body, receives: Number(attributes.ApproximateReceiveCount) }
}

/** Null when the message may go from the queue, else its id. One that could not be buried or put off comes again anyway. */
async function finish<Body>(
  { deliveries }: RecordSettling<Body>,
  record: SQSRecord,
  settlement: Settlement | undefined,
): Promise<string | null> {
  if (settlement?.status === 'settled') return null
  try {
    if (settlement?.status === 'dead') {
      await deliveries.bury(record.body, settlement.why)
      return null
    }
    if (settlement?.status === 'again') await deliveries.putOff(record.receiptHandle, settlement.afterMs)
  } catch (fault) {
    logger.warn('a message comes again by itself', { messageId: record.messageId, ...faultLine(fault) })
  }
  return record.messageId
}

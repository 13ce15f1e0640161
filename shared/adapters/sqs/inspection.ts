import type { SQSClient } from '@aws-sdk/client-sqs'
import type { QueueInspection } from '../../ports/inspection.ts'
import { lookFor } from '../../ports/look.ts'
import { countMessages } from './count.ts'

/** Queues by their URLs. */
export function queueInspection(client: SQSClient): QueueInspection {
  return { count: (queueUrl) => lookFor('sqs:GetQueueAttributes', () => countMessages(client, queueUrl)) }
}

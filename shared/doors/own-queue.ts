import { createSqsClient } from '../adapters/sqs/client.ts'
import { type QueueDeliveries, queueDeliveries } from '../adapters/sqs/deliveries.ts'
import type { Environment } from './environment.ts'

export const OWN_QUEUE_VARIABLES = ['AWS_REGION', 'MUSTER_OWN_QUEUE', 'MUSTER_DEAD_LETTERS'] as const

/** The queue that a function reads from. */
export function ownQueue(env: Environment<(typeof OWN_QUEUE_VARIABLES)[number]>): QueueDeliveries {
  const client = createSqsClient({ region: env.AWS_REGION })
  return queueDeliveries({ client, queueUrl: env.MUSTER_OWN_QUEUE, deadLettersUrl: env.MUSTER_DEAD_LETTERS })
}

import { ownTime } from '../adapters/node-runtime/machine-time.ts'
import { createSqsClient } from '../adapters/sqs/client.ts'
import { sqsQueues } from '../adapters/sqs/queues.ts'
import type { Queues } from '../ports/queues.ts'
import type { Environment } from './environment.ts'

export const QUEUE_VARIABLES = [
  'AWS_REGION',
  'MUSTER_WAKES_QUEUE',
  'MUSTER_MESSAGES_QUEUES',
  'MUSTER_OTHER_MESSAGES_QUEUE',
] as const

/** The queues into which effects and wakes go. */
export function outgoingQueues(env: Environment<(typeof QUEUE_VARIABLES)[number]>): Queues {
  const urls = {
    messages: env.MUSTER_MESSAGES_QUEUES,
    otherMessages: env.MUSTER_OTHER_MESSAGES_QUEUE,
    wakes: env.MUSTER_WAKES_QUEUE,
  }
  return sqsQueues({ client: createSqsClient({ region: env.AWS_REGION }), urls, time: ownTime })
}

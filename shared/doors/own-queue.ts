import type { QueueDeliveries } from '../adapters/sqs/deliveries.ts'
import type { Environment } from './environment.ts'

export const OWN_QUEUE_VARIABLES = ['AWS_REGION', 'MUSTER_OWN_QUEUE', 'MUSTER_DEAD_LETTERS'] as const

/** The queue that a function reads from. Its client is loaded when a message is first put off or buried: seldom. */
export function ownQueue(env: Environment<(typeof OWN_QUEUE_VARIABLES)[number]>): QueueDeliveries {
  let loaded: Promise<QueueDeliveries> | null = null
  const deliveries = () => {
    loaded ??= load(env)
    return loaded
  }
  return {
    putOff: async (receiptHandle, afterMs) => (await deliveries()).putOff(receiptHandle, afterMs),
    bury: async (body, why) => (await deliveries()).bury(body, why),
  }
}

async function load(env: Environment<(typeof OWN_QUEUE_VARIABLES)[number]>): Promise<QueueDeliveries> {
  const { createSqsClient } = await import('../adapters/sqs/client.ts')
  const { queueDeliveries } = await import('../adapters/sqs/deliveries.ts')
  const client = createSqsClient({ region: env.AWS_REGION })
  return queueDeliveries({ client, queueUrl: env.MUSTER_OWN_QUEUE, deadLettersUrl: env.MUSTER_DEAD_LETTERS })
}

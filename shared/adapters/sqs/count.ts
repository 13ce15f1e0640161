import { GetQueueAttributesCommand, type QueueAttributeName, type SQSClient } from '@aws-sdk/client-sqs'

const COUNTS: QueueAttributeName[] = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
]

/** How many messages a queue has, wherever they are; may be a minute old. */
export async function countMessages(client: SQSClient, queueUrl: string): Promise<number> {
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: COUNTS })
  const { Attributes = {} } = await client.send(command)
  return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0)
}

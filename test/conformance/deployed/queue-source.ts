import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { SQSBatchResponse } from 'aws-lambda'
import type { Invoked, LambdaFunction } from './lambda-function.ts'

/** A queue that feeds a function, as an event source mapping does. */
export interface QueueSource {
  readonly client: SQSClient
  readonly queueUrl: string
  readonly batchSize: number
  readonly target: LambdaFunction
}

/** Delivers one batch; false when the queue has nothing to deliver. What is not settled is visible again at once after a kill. */
export async function deliverBatch(
  source: QueueSource,
): Promise<{ readonly delivered: boolean; readonly invoked: Invoked | null }> {
  const { client, queueUrl, batchSize, target } = source
  const { Messages: messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(batchSize, 10),
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
    }),
  )
  if (messages.length === 0) return { delivered: false, invoked: null }
  const invoked = await target.invoke({ Records: messages.map(recordOf) })
  await Promise.all(messages.map((message) => settle(source, message, invoked)))
  return { delivered: true, invoked }
}

function recordOf({ MessageId, ReceiptHandle, Body, Attributes }: Message) {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: {},
    eventSource: 'aws:sqs',
  }
}

/** Nobody here waits for a visibility to end: after a kill, time is moved on instead. */
async function settle({ client, queueUrl }: QueueSource, message: Message, invoked: Invoked): Promise<void> {
  const handle = { QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }
  if (invoked.status !== 'answered') {
    await client.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 0 }))
    return
  }
  const { batchItemFailures } = invoked.answer as SQSBatchResponse
  if (batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === message.MessageId)) return
  await client.send(new DeleteMessageCommand(handle))
}

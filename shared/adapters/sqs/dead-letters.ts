import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { DeadLetter, DeadLetters } from '../../ports/dead-letters.ts'
import { countMessages } from './count.ts'
import { toFault } from './faults.ts'

const MOST_MESSAGES = 10
const OUT_OF_SIGHT_SECONDS = 120
/** Without waiting the service asks a part of its machines only, and may say that there is nothing. */
const WAIT_SECONDS = 2

/** Dead letters over SQS. The client must wait for an answer for longer than two seconds. */
export function sqsDeadLetters(client: SQSClient): DeadLetters {
  return {
    count: (queueUrl) => asking('count', () => countMessages(client, queueUrl)),
    receive: (queueUrl) => asking('receive', () => receive(client, queueUrl)),
    send: async (queueUrl, body) => {
      await asking('send', () => client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body })))
    },
    remove: async (queueUrl, receipt) => {
      const message = { QueueUrl: queueUrl, ReceiptHandle: receipt }
      await asking('delete', () => client.send(new DeleteMessageCommand(message)))
    },
    release: async (queueUrl, receipt) => {
      const message = { QueueUrl: queueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 }
      await asking('release', () => client.send(new ChangeMessageVisibilityCommand(message)))
    },
  }
}

async function receive(client: SQSClient, queueUrl: string): Promise<DeadLetter[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: MOST_MESSAGES,
    VisibilityTimeout: OUT_OF_SIGHT_SECONDS,
    WaitTimeSeconds: WAIT_SECONDS,
  })
  const { Messages = [] } = await client.send(command)
  return Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '' }) => {
    return { id: MessageId, body: Body, receipt: ReceiptHandle }
  })
}

async function asking<T>(operation: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw toFault(operation, error)
  }
}

import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { toFault } from './faults.ts'

/** The longest that a message may stay out of sight. */
const MOST_SECONDS = 43_200

/** What a reader of a queue may do with a message beside letting it go. */
export interface QueueDeliveries {
  /** It is delivered again after that long, rounded up to seconds. */
  putOff(receiptHandle: string, afterMs: number): Promise<void>
  /** It goes to the dead letters, whole, with the reason as an attribute. */
  bury(body: string, why: string): Promise<void>
}

export interface QueueDeliveriesOptions {
  readonly client: SQSClient
  readonly queueUrl: string
  readonly deadLettersUrl: string
}

/** @throws TransientFault, PermanentFault: the message then comes again when its visibility ends. */
export function queueDeliveries({ client, queueUrl, deadLettersUrl }: QueueDeliveriesOptions): QueueDeliveries {
  return {
    putOff: async (receiptHandle, afterMs) => {
      const seconds = Math.min(Math.max(Math.ceil(afterMs / 1000), 0), MOST_SECONDS)
      const command = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }
      await asking('put off', () => client.send(new ChangeMessageVisibilityCommand(command)))
    },
    bury: async (body, why) => {
      const MessageAttributes = { why: { DataType: 'String', StringValue: why } }
      const command = { QueueUrl: deadLettersUrl, MessageBody: body, MessageAttributes }
      await asking('bury', () => client.send(new SendMessageCommand(command)))
    },
  }
}

async function asking(operation: string, ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    throw toFault(operation, error)
  }
}

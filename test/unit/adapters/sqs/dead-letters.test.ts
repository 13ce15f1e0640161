import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { LOCAL_CONNECTION } from '../../../../infra/local/database.ts'
import { createSqsClient } from '../../../../shared/adapters/sqs/client.ts'
import { sqsDeadLetters } from '../../../../shared/adapters/sqs/dead-letters.ts'
import { queueInspection } from '../../../../shared/adapters/sqs/inspection.ts'
import type { DeadLetters } from '../../../../shared/ports/dead-letters.ts'
import { PermanentFault } from '../../../../shared/ports/faults.ts'
import type { QueueInspection } from '../../../../shared/ports/inspection.ts'
import { AwsJsonServer, type Call, Refusal } from '../../../contract/aws-json-server.ts'

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/111122223333/muster-prod-findings-dead'
let answer: (call: Call) => object
const server = new AwsJsonServer('1.0', (call) => answer(call))
let letters: DeadLetters
let queues: QueueInspection

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const refusing = (name: string, status = 400) => {
  answer = () => {
    throw new Refusal(name, status)
  }
}

beforeAll(async () => {
  const client = createSqsClient({ ...LOCAL_CONNECTION, endpoint: await server.start() })
  letters = sqsDeadLetters(client)
  queues = queueInspection(client)
})
afterAll(() => server.stop())
beforeEach(() => server.reset())

test('counts what is in sight, in flight and delayed', async () => {
  answer = () => ({
    Attributes: {
      ApproximateNumberOfMessages: '3',
      ApproximateNumberOfMessagesNotVisible: '2',
      ApproximateNumberOfMessagesDelayed: '1',
    },
  })
  expect(await letters.count(QUEUE)).toBe(6)
  expect(await queues.count(QUEUE)).toEqual({ status: 'seen', fact: 6 })
  expect(server.calls[0]).toMatchObject({ operation: 'GetQueueAttributes', input: { QueueUrl: QUEUE } })
})

test('receives at most ten, for two minutes, and waits for all of the queue to answer', async () => {
  answer = () => ({ Messages: [{ MessageId: 'm-1', ReceiptHandle: 'r-1', Body: 'a', MD5OfBody: md5('a') }] })
  expect(await letters.receive(QUEUE)).toEqual([{ id: 'm-1', receipt: 'r-1', body: 'a' }])
  expect(server.calls.map(({ input }) => input)).toEqual([
    { QueueUrl: QUEUE, MaxNumberOfMessages: 10, VisibilityTimeout: 120, WaitTimeSeconds: 2 },
  ])
  answer = () => ({})
  expect(await letters.receive(QUEUE)).toEqual([])
})

test('sends the body as it is, removes, shows again', async () => {
  answer = ({ operation }) =>
    operation === 'SendMessage' ? { MessageId: 'm-2', MD5OfMessageBody: md5('{"a": 1}') } : {}
  await letters.send(QUEUE, '{"a": 1}')
  await letters.remove(QUEUE, 'r-1')
  await letters.release(QUEUE, 'r-2')
  expect(server.calls.map(({ operation, input }) => [operation, input])).toEqual([
    ['SendMessage', { QueueUrl: QUEUE, MessageBody: '{"a": 1}' }],
    ['DeleteMessage', { QueueUrl: QUEUE, ReceiptHandle: 'r-1' }],
    ['ChangeMessageVisibility', { QueueUrl: QUEUE, ReceiptHandle: 'r-2', VisibilityTimeout: 0 }],
  ])
})

test('a body that was altered on its way was not sent', async () => {
  answer = () => ({ MessageId: 'm-2', MD5OfMessageBody: md5('b') })
  await expect(letters.send(QUEUE, 'a')).rejects.toThrow('InvalidChecksumError')
})

test('faults', async () => {
  refusing('AccessDenied', 403)
  await expect(letters.remove(QUEUE, 'r-1')).rejects.toThrow(PermanentFault)
  await expect(letters.receive(QUEUE)).rejects.toThrow('receive: AccessDenied')
  expect(await queues.count(QUEUE)).toEqual({ status: 'not-allowed', action: 'sqs:GetQueueAttributes' })
  refusing('QueueDoesNotExist')
  expect(await queues.count(QUEUE)).toEqual({ status: 'seen', fact: null })
})

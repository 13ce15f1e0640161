import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { LOCAL_CONNECTION } from '../../infra/local/database.ts'
import { createSqsClient } from '../../shared/adapters/sqs/client.ts'
import { sqsQueues } from '../../shared/adapters/sqs/queues.ts'
import { PermanentFault, TransientFault } from '../../shared/ports/faults.ts'
import type { QueuedEffect, Queues } from '../../shared/ports/queues.ts'
import {
  answeringInHtml,
  hangingUp,
  hangingUpHalfway,
  type Misdeed,
  refusing,
  saying,
  silent,
  stoppingHalfway,
} from './aws-json-server.ts'
import { type Entry, RecordingSqs } from './recording-sqs.ts'

const BASE = 'https://sqs.us-east-1.amazonaws.com/123456789012'
const urls = {
  messages: { email: `${BASE}/email`, sms: `${BASE}/sms` },
  otherMessages: `${BASE}/others`,
  wakes: `${BASE}/wakes`,
}
const time = { now: () => '2027-03-28T00:59:30.250Z' }
const INTERNAL = { Code: 'InternalError', SenderFault: false }
const REFUSED = { Code: 'InvalidMessageContents', SenderFault: true }

const sqs = new RecordingSqs()
let queues: Queues

beforeAll(async () => {
  await sqs.start()
  queues = sqsQueues({ client: sqs.client(), urls, time })
})
afterAll(() => sqs.stop())
beforeEach(() => sqs.reset())

function effect(effectId: string, channel = 'email'): QueuedEffect {
  return { incidentId: 'inc-1', effectId, kind: 'page', responderId: 'ana', channelId: 'mail', channel }
}

const idOf = ({ MessageBody }: Entry): string => JSON.parse(MessageBody).effectId
/** The effects of each request. */
const tried = (): string[][] => sqs.batches.map(({ entries }) => entries.map(idOf))

/** Each entry is judged by how often it has come. */
function judgeByTry(judged: Record<string, typeof INTERNAL | 'lost'>, badTries: number): void {
  const tries = new Map<string, number>()
  sqs.judge = (entry) => {
    const id = idOf(entry)
    tries.set(id, (tries.get(id) ?? 0) + 1)
    return (tries.get(id) ?? 0) <= badTries ? (judged[id] ?? null) : null
  }
}

describe('a batch that is taken in part', () => {
  const three = ['a', 'b', 'c'].map((id) => effect(id))

  test('what failed is tried again, and only that', async () => {
    judgeByTry({ a: INTERNAL, c: INTERNAL }, 1)
    await queues.sendEffects(three)
    expect(tried()).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c'],
    ])
  })

  test('what the answer does not speak of was not taken', async () => {
    judgeByTry({ b: 'lost' }, 1)
    await queues.sendEffects(three)
    expect(tried()).toEqual([['a', 'b', 'c'], ['b']])
  })

  test('after three tries it is a transient fault, with the queue and how many', async () => {
    judgeByTry({ b: INTERNAL }, 3)
    await expect(queues.sendEffects(three)).rejects.toThrow(
      new TransientFault('send to email: 1 of 3 were not taken: InternalError'),
    )
    expect(tried()).toEqual([['a', 'b', 'c'], ['b'], ['b']])
  })

  test('what is refused for good is not tried again; the rest is sent before that is said', async () => {
    judgeByTry({ a: REFUSED, b: INTERNAL }, 1)
    const fault = new PermanentFault('send to email: refused for good: InvalidMessageContents')
    await expect(queues.sendEffects(three)).rejects.toThrow(fault)
    expect(tried()).toEqual([['a', 'b', 'c'], ['b']])
  })

  test.each(['KmsThrottled', 'RequestThrottled', 'ServiceUnavailable'])(
    '%s is no fault of ours, whatever the service says',
    async (Code) => {
      judgeByTry({ a: { Code, SenderFault: true } }, 1)
      await queues.sendEffects(three)
      expect(tried()).toEqual([['a', 'b', 'c'], ['a']])
    },
  )

  test('a body that is too long is not sent, the others are', async () => {
    const long = { ...effect('long'), responderId: 'x'.repeat(16 * 1024) }
    const sending = queues.sendEffects([...three, long])
    await expect(sending).rejects.toThrow(
      new PermanentFault('send to email: refused for good: a body that is too long'),
    )
    expect(tried()).toEqual([['a', 'b', 'c']])
  })

  test('ten of the longest bodies stay below 256 KB', async () => {
    const room = 16 * 1024 - Buffer.byteLength(JSON.stringify({ ...effect('0'), responderId: '' }))
    await queues.sendEffects(
      Array.from({ length: 10 }, (_, n) => ({ ...effect(`${n}`), responderId: 'x'.repeat(room) })),
    )
    expect(sqs.batches).toHaveLength(1)
    const total = sqs.batches[0]?.entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0)
    expect(total).toBe(10 * 16 * 1024)
  })

  test('a message that was altered on its way: transient', async () => {
    sqs.judge = (entry) => (idOf(entry) === 'a' ? 'altered' : null)
    await expect(queues.sendEffects(three)).rejects.toThrow(TransientFault)
  })
})

describe('several batches', () => {
  const twelve = [...Array.from({ length: 11 }, (_, n) => effect(`m${n}`)), effect('s', 'sms')]

  test('one that fails holds no other back', async () => {
    sqs.judge = (entry) => (idOf(entry) === 'm0' ? REFUSED : null)
    await expect(queues.sendEffects(twelve)).rejects.toThrow(PermanentFault)
    expect(tried().flat().toSorted()).toEqual(twelve.map(({ effectId }) => effectId).toSorted())
  })

  test('of two faults the one that may pass counts, and both are told', async () => {
    sqs.judge = (_, queue) => (queue === 'sms' ? INTERNAL : REFUSED)
    const fault: unknown = await queues.sendEffects(twelve).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(TransientFault)
    expect(String(fault)).toContain('send to sms: 1 of 1 were not taken: InternalError')
    expect(String(fault)).toContain('send to email: refused for good: InvalidMessageContents')
  })
})

describe('the service does not do as asked', () => {
  const wake = { incidentId: 'inc-1', wakeAt: '2027-03-28T01:00:00.000Z' }
  const passing: [string, Misdeed][] = [
    ['throttled', refusing('RequestThrottled', 403)],
    ['throttled by another name', refusing('ThrottlingException')],
    ['a fault inside', refusing('InternalFailure', 500)],
    ['a page of somebody in between', answeringInHtml],
    ['a connection that is cut', hangingUp],
    ['a connection that is cut halfway', hangingUpHalfway],
  ]
  const hanging: [string, Misdeed][] = [
    ['no answer', silent],
    ['half an answer', stoppingHalfway],
  ]

  test.each(passing)('%s once, then taken', async (_, misdeed) => {
    sqs.server.misbehave(misdeed, 1)
    await queues.sendWakes([wake])
    expect(sqs.server.operations).toEqual(['SendMessageBatch', 'SendMessageBatch'])
  })

  test.each(passing)('%s again and again: three attempts, then a transient fault', async (_, misdeed) => {
    sqs.server.misbehave(misdeed)
    await expect(queues.sendWakes([wake])).rejects.toThrow(TransientFault)
    expect(sqs.server.calls).toHaveLength(3)
  })

  test.each(hanging)('%s: given up on after three attempts', async (_, misdeed) => {
    sqs.server.misbehave(misdeed)
    const impatient = sqsQueues({ client: sqs.client(300), urls, time })
    await expect(impatient.sendWakes([wake])).rejects.toThrow(TransientFault)
    expect(sqs.server.calls).toHaveLength(3)
  })

  test.each(['{}', '{"Successful":', '{"Failed":[]}'])('the answer %s says nothing: transient', async (body) => {
    sqs.server.misbehave(saying(body))
    await expect(queues.sendWakes([wake])).rejects.toThrow(TransientFault)
  })

  test.each(['QueueDoesNotExist', 'AccessDeniedException', 'KmsDisabled'])('%s: permanent', async (name) => {
    sqs.server.misbehave(refusing(name))
    await expect(queues.sendWakes([wake])).rejects.toThrow(PermanentFault)
    expect(sqs.server.calls).toHaveLength(1)
  })

  test.each(['OverLimit', 'KmsThrottled'])('%s: transient', async (name) => {
    sqs.server.misbehave(refusing(name, 403))
    await expect(queues.sendWakes([wake])).rejects.toThrow(TransientFault)
  })

  test('nobody listens: transient', async () => {
    const gone = new RecordingSqs()
    await gone.start()
    const lonely = sqsQueues({ client: gone.client(), urls, time })
    await gone.stop()
    await expect(lonely.sendWakes([wake])).rejects.toThrow(TransientFault)
  })

  test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SQS'])(
    '%s says where the service is, not the address of a queue',
    async (variable) => {
      vi.stubEnv(variable, sqs.endpoint)
      try {
        await sqsQueues({ client: createSqsClient(LOCAL_CONNECTION), urls, time }).sendWakes([wake])
      } finally {
        vi.unstubAllEnvs()
      }
      expect(sqs.server.calls.map(({ input }) => input.QueueUrl)).toEqual([urls.wakes])
    },
  )
})

import { beforeEach, describe, expect, test } from 'vitest'
import type { DeadLetterQueueName } from '../../../../shared/app/redrive/dead-letter-queues.ts'
import { redriveStack, type StackRedrive } from '../../../../shared/app/redrive/redrive-stack.ts'
import { PermanentFault, TransientFault } from '../../../../shared/ports/faults.ts'
import { InMemoryLetters, RESOURCES } from '../doctor/deployed.ts'

const SCHEDULED = '{"source":"aws.events","detail-type":"Scheduled Event"}'
const FINDING = '{"source":"aws.guardduty","detail-type":"GuardDuty Finding"}'
const WAKE = '{"incidentId":"inc-1","wakeAt":"2027-03-10T10:00:00.000Z"}'
const UNTOUCHED = { there: 0, moved: 0, dropped: 0, left: 0, unreadable: 0, whyDropped: null, problem: null }

let letters: InMemoryLetters
beforeEach(() => {
  letters = new InMemoryLetters()
})

async function redrive(only: DeadLetterQueueName | null, change: Partial<StackRedrive> = {}) {
  const options = { deadLetters: letters, resources: RESOURCES, only, isDry: false, progress: () => {}, ...change }
  return redriveStack(options)
}

test('all queues, in their order, and what is told of them', async () => {
  const told: string[] = []
  const reports = await redrive(null, { progress: (what) => told.push(what) })
  const names = ['findings', 'wakes', 'messages', 'replies', 'undelivered-events', 'dispatch-failures']
  expect(reports.map(({ queue }) => queue)).toEqual(names)
  expect(told).toEqual(names.map((name) => `dead letters of ${name}`))
  expect(letters.done.filter((what) => !what.startsWith('count'))).toEqual([])
})

test('each is sent before it is removed', async () => {
  letters.put('FindingsDeadLetters', 'a')
  expect(await redrive('findings')).toEqual([{ ...UNTOUCHED, queue: 'findings', there: 1, moved: 1 }])
  expect(letters.done).toEqual([
    'count FindingsDeadLetters',
    'receive FindingsDeadLetters',
    'send FindingsQueue a',
    'remove FindingsDeadLetters a',
  ])
})

test('many, by tens', async () => {
  const bodies = Array.from({ length: 25 }, (_, index) => `f${index}`)
  letters.put('FindingsDeadLetters', ...bodies)
  expect(await redrive('findings')).toMatchObject([{ there: 25, moved: 25, left: 0 }])
  expect(letters.bodies('FindingsQueue').toSorted()).toEqual(bodies.toSorted())
  expect(letters.bodies('FindingsDeadLetters')).toEqual([])
  expect(letters.done.filter((what) => what.startsWith('receive'))).toHaveLength(3)
})

test('what dies again meanwhile is left: there is an end', async () => {
  letters.put('FindingsDeadLetters', 'a', 'b')
  const send = letters.send.bind(letters)
  letters.send = async (queue, body) => {
    await send(queue, body)
    letters.put('FindingsDeadLetters', `${body} again`)
  }
  expect(await redrive('findings')).toMatchObject([{ there: 2, moved: 2, left: 0 }])
  expect(letters.bodies('FindingsDeadLetters')).toEqual(['a again', 'b again'])
})

test('more than were counted are moved, those of the last ten', async () => {
  letters.put('FindingsDeadLetters', 'a', 'b')
  letters.count = async () => 1
  expect(await redrive('findings')).toMatchObject([{ there: 2, moved: 2, left: 0 }])
})

test('what is out of sight is left', async () => {
  letters.put('FindingsDeadLetters', 'a')
  await letters.receive('FindingsDeadLetters')
  expect(await redrive('findings')).toMatchObject([{ there: 1, moved: 0, left: 1, unreadable: 0, problem: null }])
})

test('what no queue can read stays, in sight', async () => {
  letters.put('WakesDeadLetters', 'broken', WAKE)
  expect(await redrive('wakes')).toMatchObject([{ there: 2, moved: 1, left: 1, unreadable: 1 }])
  expect(letters.inSight('WakesDeadLetters')).toEqual(['broken'])
  expect(letters.bodies('WakesQueue')).toEqual([WAKE])
})

test('what stays and shows again counts once, and does not keep others from being moved', async () => {
  letters.put('WakesDeadLetters', ...Array.from({ length: 10 }, (_, index) => `broken ${index}`))
  letters.put('WakesDeadLetters', WAKE)
  const receive = letters.receive.bind(letters)
  letters.receive = async (queue) => {
    await letters.release(queue, 'broken 0')
    return receive(queue)
  }
  expect(await redrive('wakes')).toMatchObject([{ there: 11, moved: 1, left: 10, unreadable: 10 }])
})

test('what nobody needs is dropped, with why', async () => {
  letters.put('UndeliveredEvents', SCHEDULED, FINDING)
  letters.put('DispatchFailures', '{}', '{ }')
  const [events] = await redrive('undelivered-events')
  const [failures] = await redrive('dispatch-failures')
  expect(events).toMatchObject({ there: 2, moved: 1, dropped: 1, left: 0 })
  expect(events?.whyDropped).toBe('ticks and sweeps, of which the next does the same')
  expect(failures).toMatchObject({ there: 2, moved: 0, dropped: 2, left: 0 })
  expect(failures?.whyDropped).toBe('positions in the stream, whose commits the tick dispatches')
  expect(letters.bodies('FindingsQueue')).toEqual([FINDING])
})

test('a dry run only counts', async () => {
  letters.put('FindingsDeadLetters', 'a')
  expect(await redrive('findings', { isDry: true })).toMatchObject([{ there: 1, moved: 0, left: 1 }])
  expect(letters.done).toEqual(['count FindingsDeadLetters'])
})

describe('faults', () => {
  const denied = new PermanentFault('send', { cause: Object.assign(new Error('no'), { name: 'AccessDenied' }) })
  const silent = new TransientFault('x', { cause: Object.assign(new Error('x'), { name: 'TimeoutError' }) })

  test('a letter that was sent and not removed comes again: never lost', async () => {
    letters.put('FindingsDeadLetters', 'a', 'b')
    letters.faults.set('remove FindingsDeadLetters a', silent)
    const [report] = await redrive('findings')
    expect(report).toMatchObject({ there: 2, moved: 1, left: 1, problem: 'stopped (TimeoutError): run it again' })
    expect(letters.bodies('FindingsDeadLetters')).toEqual(['a'])
    expect(letters.bodies('FindingsQueue').toSorted()).toEqual(['a', 'b'])
  })

  test('a letter that was not sent is not removed', async () => {
    letters.put('FindingsDeadLetters', 'a')
    letters.faults.set('send FindingsQueue a', denied)
    const [report] = await redrive('findings')
    const problem = 'not allowed: add sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:SendMessage, sqs:DeleteMessage'
    expect(report).toMatchObject({ moved: 0, left: 1, problem })
    expect(letters.bodies('FindingsDeadLetters')).toEqual(['a'])
  })

  test('of one queue hold no other back', async () => {
    letters.put('WakesDeadLetters', WAKE)
    letters.faults.set('count FindingsDeadLetters', silent)
    const reports = await redrive(null)
    expect(reports.filter(({ problem }) => problem !== null).map(({ queue }) => queue)).toEqual(['findings'])
    expect(letters.bodies('WakesQueue')).toEqual([WAKE])
  })

  test('queues that the stack has not', async () => {
    letters.put('FindingsDeadLetters', 'a')
    const resources = RESOURCES.filter(({ logicalId }) => !['FindingsQueue', 'WakesDeadLetters'].includes(logicalId))
    const [findings, wakes] = await redrive(null, { resources })
    expect(findings).toMatchObject({ left: 1, problem: 'stopped (the stack has no FindingsQueue): run it again' })
    expect(wakes).toMatchObject({ there: 0, problem: 'the stack has no WakesDeadLetters' })
    expect(letters.bodies('FindingsDeadLetters')).toEqual(['a'])
  })
})

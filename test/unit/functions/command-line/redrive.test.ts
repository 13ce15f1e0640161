import { beforeEach, expect, test } from 'vitest'
import type { Looked } from '../../../../shared/core/readiness/looked.ts'
import { PermanentFault } from '../../../../shared/ports/faults.ts'
import { deployed, InMemoryLetters, seen } from '../../app/doctor/deployed.ts'
import { run } from './fake-terminal.ts'

const WORDS = ['redrive', '--stack', 'muster-prod']
const SCHEDULED = '{"source":"aws.events","detail-type":"Scheduled Event"}'
const FINDING = '{"source":"aws.guardduty","detail-type":"GuardDuty Finding"}'

let letters: InMemoryLetters
beforeEach(() => {
  letters = new InMemoryLetters()
})

async function redrive(...words: string[]) {
  const account = await deployed({ deadLetters: letters })
  return run([...WORDS, ...words], { account: () => account })
}

test('nothing to do', async () => {
  expect(await redrive()).toMatchObject({
    exit: 0,
    out: [
      'findings: 0 there',
      'wakes: 0 there',
      'messages: 0 there',
      'replies: 0 there',
      'undelivered-events: 0 there',
      'dispatch-failures: 0 there',
    ],
    err: [],
  })
})

test('says per queue how many were there, moved, dropped and left; 1 when some are left', async () => {
  letters.put('FindingsDeadLetters', FINDING, FINDING)
  letters.put('WakesDeadLetters', 'broken')
  letters.put('UndeliveredEvents', SCHEDULED, FINDING)
  letters.put('DispatchFailures', '{}')
  const { exit, out } = await redrive()
  expect(exit).toBe(1)
  expect(out).toEqual([
    'findings: 2 there, 2 moved, 0 left',
    'wakes: 1 there, 0 moved, 1 left (1 that no queue can read)',
    'messages: 0 there',
    'replies: 0 there',
    'undelivered-events: 2 there, 1 moved, 1 dropped (ticks and sweeps, of which the next does the same), 0 left',
    'dispatch-failures: 1 there, 0 moved, 1 dropped (positions in the stream, whose commits the tick dispatches), 0 left',
  ])
})

test('one queue only', async () => {
  letters.put('FindingsDeadLetters', FINDING)
  letters.put('UndeliveredEvents', FINDING)
  expect(await redrive('--queue', 'findings')).toMatchObject({ exit: 0, out: ['findings: 1 there, 1 moved, 0 left'] })
  expect(letters.bodies('UndeliveredEvents')).toEqual([FINDING])
})

test('a dry run changes nothing', async () => {
  letters.put('FindingsDeadLetters', FINDING)
  letters.put('DispatchFailures', '{}')
  const { exit, out } = await redrive('--dry-run')
  expect(exit).toBe(1)
  expect([out[0], out.at(-1)]).toEqual([
    'findings: 1 there',
    'dispatch-failures: 1 there; would be dropped: positions in the stream, whose commits the tick dispatches',
  ])
  expect(letters.done.every((what) => what.startsWith('count'))).toBe(true)
})

test('as JSON', async () => {
  letters.put('FindingsDeadLetters', FINDING)
  const { exit, out } = await redrive('--queue', 'findings', '--json')
  expect(exit).toBe(0)
  const counts = { there: 1, moved: 1, dropped: 0, left: 0, unreadable: 0 }
  expect(JSON.parse(out.join(''))).toEqual({
    ...{ stack: 'muster-prod', region: 'eu-central-1', dryRun: false },
    queues: [{ queue: 'findings', ...counts, whyDropped: null, problem: null }],
  })
})

test('a queue that may not be touched is 2, and the others are done', async () => {
  const cause = Object.assign(new Error('is not authorized to perform: sqs:getqueueattributes'), {
    name: 'AccessDenied',
  })
  letters.faults.set('count FindingsDeadLetters', new PermanentFault('count', { cause }))
  letters.put('UndeliveredEvents', FINDING)
  const { exit, out } = await redrive()
  expect(exit).toBe(2)
  expect(out[0]).toBe('findings: 0 there, not allowed: add sqs:getqueueattributes')
  expect(out[4]).toBe('undelivered-events: 1 there, 1 moved, 0 left')
  expect((await redrive('--dry-run')).out[0]).toBe('findings: not allowed: add sqs:getqueueattributes')
})

test.each<[Looked<null>, string]>([
  [seen(null), 'there is no such stack'],
  [{ status: 'not-allowed', action: 'a:B' }, 'not allowed to look: add a:B'],
  [{ status: 'unseen', why: 'TimeoutError' }, 'no answer (TimeoutError)'],
])('without the resources of the stack: %j', async (listed, why) => {
  const account = await deployed({ stacks: { resources: async () => listed } })
  expect(await run(WORDS, { account: () => account })).toMatchObject({
    ...{ exit: 2, out: [], err: [`muster redrive: muster-prod in eu-central-1: ${why}`] },
  })
})

test('bad input', async () => {
  const options = 'findings, wakes, messages, replies, undelivered-events, dispatch-failures'
  expect(await redrive('--queue', 'others')).toMatchObject({
    exit: 2,
    err: [`muster redrive: Invalid value for argument: --queue (others). Expected one of: ${options}.`],
  })
  expect(await run(WORDS)).toMatchObject({
    ...{ exit: 2, err: ['muster redrive: expected --region, AWS_REGION, or a region in the profile'] },
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DeployedMuster, type Kill } from './deployed-muster.ts'
import { forbiddenCalls } from './needed-rights.ts'
import { answerByText, tellStory } from './story.ts'

const ON_THE_WAY = ['IngestFindings', 'DispatchCommits', 'WakeIncidents', 'Tick', 'ServeApi']
/** One of them in a story: a page that no provider has accepted after a minute goes to the next person, and rightly. */
const SENDERS = ['SendEmail', 'SendSms']
const PLACES = Array.from({ length: 20 }, (_, index) => index + 1)
const DEAD_LETTERS = ['FindingsDeadLetters', 'WakesDeadLetters', 'MessagesDeadLetters', 'UndeliveredEvents']
const CALLED = ['ana@example.com', '+4915100000001', 'fay@example.com']

let muster: DeployedMuster

beforeAll(async () => {
  muster = await DeployedMuster.start()
}, 300_000)
afterAll(() => muster?.stop())
beforeEach(() => muster.startAnew())

async function expectTheSameEnd({ seats, verified }: Awaited<ReturnType<typeof tellStory>>): Promise<void> {
  expect(seats.map(({ role, status, holder }) => [role, status, holder])).toEqual([
    ['incident-commander', 'taken', 'ana'],
    ['cloud-security-engineer', 'engaging', null],
  ])
  expect(seats.map(({ attempts }) => attempts.map(({ responderId, reason }) => `${responderId} ${reason}`))).toEqual([
    ['ana OnCall'],
    ['eva OnCall', 'fay Backup'],
  ])
  expect(verified.faults).toEqual([])
  for (const queue of DEAD_LETTERS) expect([queue, await muster.waiting(queue)]).toEqual([queue, 0])
}

function forbidden(): string[] {
  return [...muster.callsOf].flatMap(([name, calls]) => forbiddenCalls(muster.account.stack, name, calls))
}

describe('the packaged handlers over emulators', () => {
  test('a finding pages, the press of the link takes the seat, the backup of the other seat is called', async () => {
    const told = await tellStory(muster, 'plain')
    expect(told.to).toEqual(CALLED)
    await expectTheSameEnd(told)
    for (const queue of ['FindingsQueue', 'EmailQueue', 'SmsQueue', 'OtherMessagesQueue']) {
      expect([queue, await muster.waiting(queue)]).toEqual([queue, 0])
    }
  })

  test('a text back takes the seat, whose backup is not called then', async () => {
    const { seats, called } = await answerByText(muster)
    expect(seats.map(({ role, status, holder }) => [role, status, holder])).toContainEqual([
      'cloud-security-engineer',
      'taken',
      'eva',
    ])
    expect(called).not.toContain('fay@example.com')
    expect(await muster.waiting('RepliesDeadLetters')).toBe(0)
    expect(forbidden()).toEqual([])
  })

  test('every call is as the services’ models say', async () => {
    await tellStory(muster, 'modelled')
    const called = new Set(muster.endpoint.recorded().map(({ service, operation }) => `${service}.${operation}`))
    expect([...called]).toEqual(expect.arrayContaining(['dynamodb.PutItem', 'sesv2.SendEmail', 'sqs.SendMessageBatch']))
    expect(muster.endpoint.violations()).toEqual([])
  })

  test('every call is allowed to the function that makes it, by its role', async () => {
    await tellStory(muster, 'allowed')
    expect(forbidden()).toEqual([])
    expect([...muster.callsOf.keys()].sort()).toEqual([...ON_THE_WAY, ...SENDERS].sort())
    for (const name of [...ON_THE_WAY, ...SENDERS]) {
      expect([name, (muster.mostRequests.get(name) ?? 0) <= PLACES.length]).toEqual([name, true])
    }
  })

  const places = PLACES.flatMap((place) =>
    SENDERS.flatMap((sender) => [[place, 'before', sender] as const, [place, 'after', sender] as const]),
  )
  test.each(places)(
    'processes that end at request %i, right %s it, change nothing in the end (%s)',
    async (request, when, sender) => {
      muster.killAt([...ON_THE_WAY, sender].map((name): Kill => ({ name, request, when })))
      const told = await tellStory(muster, `${sender}-${request}-${when}`.toLowerCase())
      expect(new Set(told.to)).toEqual(new Set(CALLED))
      expect(told.to.length - CALLED.length).toBeLessThanOrEqual(muster.killed.length)
      await expectTheSameEnd(told)
    },
  )
})

import { expect, test } from 'vitest'
import { deployed, seen } from '../../app/doctor/deployed.ts'
import { run } from './fake-terminal.ts'

const WORDS = ['doctor', '--stack', 'muster-prod']

test('all is well: a line for each thing, and 0', async () => {
  const account = await deployed()
  const shown: (string | null)[] = []
  const { exit, out, err } = await run(WORDS, { account: () => account, progress: (what) => shown.push(what) })
  expect({ exit, err }).toEqual({ exit: 0, err: [] })
  expect(out.slice(0, 2)).toEqual(['ok    stack: UPDATE_COMPLETE', 'ok    rule GuardDutyRule: enabled'])
  expect(out.at(-1)).toBe('muster-prod in eu-central-1: 78 ok, 0 warn, 0 fail')
  expect(shown[0]).toBe('looking at stack …')
  expect(shown.at(-1)).toBe(null)
})

test('warnings alone are fine', async () => {
  const account = await deployed({ topics: { subscriptions: async () => ({ status: 'not-allowed', action: 'a:B' }) } })
  const { exit, out } = await run(WORDS, { account: () => account })
  expect(exit).toBe(0)
  expect(out.filter((line) => !line.startsWith('ok'))).toEqual([
    'warn  alarm topic  — not allowed to look: add a:B',
    'muster-prod in eu-central-1: 77 ok, 1 warn, 0 fail',
  ])
})

test('a failure is 1, with the fix', async () => {
  const account = await deployed({ queues: { count: async (queue) => seen(queue === 'WakesDeadLetters' ? 3 : 0) } })
  const { exit, out } = await run(WORDS, { account: () => account })
  expect(exit).toBe(1)
  expect(out.filter((line) => line.startsWith('fail'))).toEqual([
    'fail  dead letters of wakes: 3  — find out why, then npx muster redrive --stack muster-prod --queue wakes',
  ])
})

test('as JSON, one object', async () => {
  const account = await deployed({ rules: { enabled: async (name) => seen(name !== 'TickRule') } })
  const { exit, out } = await run([...WORDS, '--json'], { account: () => account })
  expect({ exit, lines: out.length }).toEqual({ exit: 1, lines: 1 })
  const { stack, region, verdicts } = JSON.parse(out.join(''))
  expect({ stack, region, count: verdicts.length }).toEqual({
    ...{ stack: 'muster-prod', region: 'eu-central-1', count: 78 },
  })
  expect(verdicts[0]).toEqual({ check: 'stack', status: 'ok', what: 'stack: UPDATE_COMPLETE', fix: null })
  expect(verdicts.find(({ status }: { status: string }) => status === 'fail')).toEqual({
    ...{ check: 'rules', status: 'fail', what: 'rule TickRule: disabled' },
    fix: 'aws events enable-rule --name TickRule',
  })
})

test('the region that was asked for', async () => {
  const account = await deployed()
  const asked: (string | undefined)[] = []
  const remember = (region: string | undefined) => {
    asked.push(region)
    return account
  }
  await run([...WORDS, '--region', 'us-east-1'], { account: remember })
  await run(WORDS, { account: remember })
  expect(asked).toEqual(['us-east-1', undefined])
})

test('bad input: no stack named, no region, no such stack', async () => {
  const account = await deployed({ stacks: { stack: async () => seen(null) } })
  expect(await run(['doctor'])).toMatchObject({
    exit: 2,
    out: [],
    err: ['muster doctor: Missing required argument: --stack'],
  })
  expect(await run(WORDS)).toMatchObject({
    ...{ exit: 2, out: [], err: ['muster doctor: expected --region, AWS_REGION, or a region in the profile'] },
  })
  expect(await run(WORDS, { account: () => account })).toMatchObject({
    ...{ exit: 2, out: [], err: ['muster doctor: there is no stack muster-prod in eu-central-1'] },
  })
})

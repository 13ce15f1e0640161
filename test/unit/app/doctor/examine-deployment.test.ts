import { describe, expect, test } from 'vitest'
import { MemoryTable } from '../../../../shared/adapters/memory/table.ts'
import { examineDeployment } from '../../../../shared/app/doctor/examine-deployment.ts'
import type { Looked } from '../../../../shared/core/readiness/looked.ts'
import { PermanentFault } from '../../../../shared/ports/faults.ts'
import { deployed, RESOURCES, seen } from './deployed.ts'

const DENIED: Looked<never> = { status: 'not-allowed', action: 'a:Look' }
const SILENT: Looked<never> = { status: 'unseen', why: 'TimeoutError' }

type Change = Parameters<typeof deployed>[0]

async function examine(change?: Change) {
  const told: string[] = []
  const examination = await examineDeployment(await deployed(change), 'muster-prod', (what) => told.push(what))
  if (!examination.ok) throw new Error(examination.problem)
  return { told, verdicts: examination.verdicts }
}

/** Whatever is not fine. */
async function wrong(change: Change): Promise<string[]> {
  const { verdicts } = await examine(change)
  return verdicts
    .filter(({ status }) => status !== 'ok')
    .map(({ check, status, what }) => `${check}: ${status} ${what}`)
}

const without = (...logicalIds: string[]) => ({
  stacks: { resources: async () => seen(RESOURCES.filter(({ logicalId }) => !logicalIds.includes(logicalId))) },
})

test('a Muster with nothing wrong: every part is looked at, and said to be', async () => {
  const { told, verdicts } = await examine()
  const checks = ['stack', 'rules', 'alarms', 'dead-letters', 'tick', 'tables', 'keys', 'channels', 'directory']
  expect(verdicts.filter(({ status }) => status !== 'ok')).toEqual([])
  expect(told).toEqual(checks)
  expect([...new Set(verdicts.map(({ check }) => check))]).toEqual(checks)
  expect(verdicts).toHaveLength(78)
})

test.each<[string, Change, string[]]>([
  [
    'a rule that is off',
    { rules: { enabled: async (name) => seen(name !== 'TickRule') } },
    ['rules: fail rule TickRule: disabled'],
  ],
  [
    'a rule that delivers elsewhere',
    { rules: { targets: async () => seen(['arn:aws:sqs:eu-central-1:1:FindingsQueue']) } },
    [
      'rules: fail rule MailEventsRule: does not deliver to RepliesQueue',
      'rules: fail rule TickRule: does not deliver to TickLambdaFunction',
      'rules: fail rule SweepRetentionRule: does not deliver to SweepRetentionLambdaFunction',
    ],
  ],
  [
    'dead letters',
    { queues: { count: async (queue) => seen(queue === 'UndeliveredEvents' ? 2 : 0) } },
    ['dead-letters: fail dead letters of undelivered-events: 2'],
  ],
  [
    'a sender that is unknown',
    { mail: { identity: async () => seen(null) } },
    ['channels: fail sender of e-mails: unknown to SES'],
  ],
  [
    'no tick, no directory',
    { table: () => new MemoryTable() },
    ['tick: fail tick: has never run', 'directory: fail directory: none, nobody is called'],
  ],
  [
    'no channel',
    without('SendEmailLambdaFunction', 'SendSmsLambdaFunction'),
    ['channels: fail channels: none, nobody can be reached'],
  ],
  [
    'texts only, and a candidate with e-mail only',
    without('SendEmailLambdaFunction', 'MailConfigurationSet'),
    ['directory: fail candidate ana: no verified channel of a kind that is deployed'],
  ],
  [
    'resources that are gone',
    without('TickRule', 'AlarmTopic', 'WakesDeadLetters', 'IncidentsTable', 'NoteKey', 'MailConfigurationSet'),
    [
      'rules: fail rule TickRule: not in the stack',
      'alarms: fail alarm topic: not in the stack',
      'dead-letters: fail dead letters of wakes: WakesDeadLetters is not in the stack',
      'tick: fail tick: there is no table for its sign of life',
      'tables: fail table IncidentsTable: not in the stack',
      'keys: fail key NoteKey: not in the stack',
      'channels: fail configuration set of e-mails: not in the stack',
      'directory: fail directory: there is no table for it',
    ],
  ],
  [
    'parameters that may not be looked at',
    { stacks: { stack: async () => DENIED } },
    ['stack: warn stack', 'channels: warn sender of e-mails', 'channels: warn sender of texts'],
  ],
])('%s', async (_name, change, expected) => {
  expect(await wrong(change)).toEqual(expected)
})

test('what may not be looked at is a warning each, and the rest goes on', async () => {
  const denied = async () => DENIED
  const refusing = new MemoryTable()
  refusing.get = async () => {
    throw new PermanentFault('get', { cause: Object.assign(new Error('no'), { name: 'AccessDeniedException' }) })
  }
  const { verdicts } = await examine({
    ...{ rules: { enabled: denied, targets: denied }, topics: { subscriptions: denied }, queues: { count: denied } },
    ...{ tables: { table: denied, recoverable: denied }, keys: { key: denied, rotates: denied } },
    mail: { account: denied, identity: denied, configurationSet: denied, eventDestinations: denied },
    ...{ sms: { origination: denied, tier: denied, monthlyLimit: denied }, table: () => refusing },
  })
  expect(verdicts.filter(({ status }) => status === 'ok').map(({ what }) => what)).toEqual([
    'stack: UPDATE_COMPLETE',
    'channels: e-mail, SMS',
  ])
  const others = verdicts.filter(({ status }) => status !== 'ok')
  expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['warn']))
  expect(new Set(others.map(({ fix }) => fix))).toEqual(
    new Set(['not allowed to look: add a:Look', 'not allowed to look: add dynamodb:GetItem']),
  )
})

test('rotation is not asked of keys that cannot rotate', async () => {
  const asked: string[] = []
  await examine({
    keys: {
      rotates: async (keyId) => {
        asked.push(keyId)
        return seen(true)
      },
    },
  })
  expect(asked.toSorted()).toEqual(['DataKey', 'NoteKey'])
})

test('when the resources may not be listed, that nothing was looked at is a failure', async () => {
  expect(await wrong({ stacks: { resources: async () => DENIED } })).toEqual([
    'stack: warn resources of the stack',
    'stack: fail everything else: not looked at',
  ])
})

describe('nothing to examine', () => {
  test.each<[string, Change, string]>([
    ['no such stack', { stacks: { stack: async () => seen(null) } }, 'there is no stack muster-prod in eu-central-1'],
    [
      'no resources',
      { stacks: { stack: async () => DENIED, resources: async () => seen(null) } },
      'there is no stack muster-prod in eu-central-1',
    ],
    [
      'no answer',
      { stacks: { stack: async () => SILENT } },
      'no answer about muster-prod in eu-central-1 (TimeoutError)',
    ],
  ])('%s', async (_name, change, problem) => {
    expect(await examineDeployment(await deployed(change), 'muster-prod', () => {})).toEqual({ ok: false, problem })
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { groupKeyOf } from '../../../shared/core/findings/group.ts'
import { CLOUDWATCH_ALARM } from '../../../shared/sources/cloudwatch-alarm.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const ARN = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:root-sign-ins'
const AT = '2027-03-06T02:13:30.412Z'
const sample = (name: string): Finding => findingIn(sampleEvent(`cloudwatch/${name}`))
const alarm = sample('root-sign-ins-alarm')

test('an alarm that rings, whole', () => {
  expect(alarm).toEqual({
    key: `cloudwatch:["${ARN}"]`,
    findingId: ARN,
    wrapping: 'cloudwatch',
    source: 'cloudwatch',
    type: 'CloudWatch Alarm State Change',
    family: 'root-sign-ins',
    severity: 'HIGH',
    nativeSeverity: 'ALARM',
    title: 'root-sign-ins',
    accountId: '111122223333',
    region: 'eu-central-1',
    partition: 'aws',
    resources: [{ type: 'AwsCloudWatchAlarm', id: ARN }],
    principal: null,
    principals: [],
    firstSeenAt: AT,
    lastSeenAt: AT,
    version: { updatedAt: AT, state: 'active' },
    count: null,
    traits: ['alarm'],
    tags: {},
    indicators: [],
    signals: [],
    groupKey: JSON.stringify(['111122223333', ARN, 'root-sign-ins']),
    heldBy: null,
    ignoredReason: null,
  } satisfies Finding)
})

test.each(['action-for-lambda', 'over-topic'])('%s is the same finding', (name) => {
  expect(sample(name)).toEqual(alarm)
})

test('without an envelope, too', () => {
  const { detail, time } = sampleEvent('cloudwatch/root-sign-ins-alarm') as { detail: object; time: string }
  expect(findingIn(detail)).toMatchObject({ findingId: 'unknown:root-sign-ins', severity: 'HIGH' })
  expect(findingIn({ source: 'aws.cloudwatch', time, resources: [ARN], detail })).toEqual(alarm)
})

test.each([
  ['root-sign-ins-ok', 'NotInAlarm', 'resolved'],
  ['root-sign-ins-insufficient-data', 'NotInAlarm', 'resolved'],
  ['root-sign-ins-muted', 'Muted', 'active'],
])('%s: the same key, a later version, %s', (name, ignoredReason, state) => {
  const later = sample(name)
  expect(later).toMatchObject({ key: alarm.key, ignoredReason, version: { state } })
  expect(later.version.updatedAt > alarm.version.updatedAt).toBe(true)
})

test('a composite alarm; suppressed, it is muted', () => {
  expect(sample('composite-alarm')).toMatchObject({ traits: ['alarm', 'composite'], ignoredReason: null })
  expect(sample('composite-suppressed')).toMatchObject({
    key: sample('composite-alarm').key,
    traits: ['alarm', 'composite', 'muted'],
    ignoredReason: 'Muted',
  })
})

test('a contributor has its own key, and belongs to the alarm', () => {
  const contributor = sample('root-sign-ins-contributor')
  expect(contributor).toMatchObject({ findingId: ARN, severity: 'HIGH', ignoredReason: null })
  expect(contributor.key).not.toBe(alarm.key)
  expect(groupKeyOf(contributor)).toBe(groupKeyOf(alarm))
})

test('a change of configuration is no finding, and hides none', () => {
  const change = sample('configuration-change')
  expect(change).toMatchObject({
    findingId: ARN,
    ignoredReason: 'NotAFinding',
    traits: ['alarm', 'configuration-change'],
  })
  expect(change.key).not.toBe(alarm.key)
})

describe('a body of some years ago, which has no ARN and names its Region', () => {
  const { Records } = sampleEvent('cloudwatch/over-topic-without-arn') as { Records: { Sns: { Message: string } }[] }
  const body = JSON.parse(Records[0]?.Sns.Message ?? '')
  const TopicArn = 'arn:aws:sns:eu-central-1:444455556666:sample-alarms'
  const message = (change: object) => JSON.stringify({ ...body, AlarmActions: [], ...change })
  const notification = { Type: 'Notification', TopicArn, Message: message({}) }

  test.each([
    ['through the function of a topic', sampleEvent('cloudwatch/over-topic-without-arn')],
    ['through a topic, whose Region is its own', notification],
    ['through a topic and a queue', { Records: [{ messageId: 'm', body: JSON.stringify(notification) }] }],
    ['alone, with the actions of its Region', body],
    ['alone, with the actions for another state', { ...body, AlarmActions: [], OKActions: [TopicArn] }],
  ])('%s: the same alarm, by the id that the body has', (_, event) => {
    expect(findingIn(event)).toEqual({ ...alarm, findingId: '111122223333:root-sign-ins' })
  })

  test('with the code of its Region it is the same in everything', () => {
    expect(findingIn({ ...body, AlarmActions: [], Region: 'eu-central-1' })).toEqual(alarm)
  })

  test('the topic counts before other actions', () => {
    const actions = { AlarmActions: ['arn:aws:sns:us-east-1:111122223333:elsewhere'] }
    expect(findingIn({ ...notification, Message: message(actions) }).key).toBe(alarm.key)
  })

  test.each([[[]], [undefined], [['sample', 7]], [['arn:aws:automate::ec2:stop']]])(
    'without anything that tells its Region: account, name of the Region, and name; %j',
    (AlarmActions) => {
      const old = findingIn({ ...body, AlarmActions })
      expect(old).toMatchObject({ findingId: '111122223333:root-sign-ins', region: 'EU (Frankfurt)', severity: 'HIGH' })
      expect(old.key).not.toBe(findingIn({ ...body, AlarmActions, Region: 'EU (Ireland)' }).key)
    },
  )

  test('what says no account has no ARN either', () => {
    expect(findingIn({ ...notification, Message: message({ AWSAccountId: undefined }) })).toMatchObject({
      findingId: 'unknown:root-sign-ins',
      region: 'eu-central-1',
    })
  })
})

test('a topic in another Region of the same body is another alarm', () => {
  const over = (region: string) => {
    const event = JSON.stringify(sampleEvent('cloudwatch/over-topic-without-arn'))
    return findingIn(JSON.parse(event.replaceAll('eu-central-1', region)))
  }
  expect(over('eu-west-1').key).not.toBe(over('eu-central-1').key)
})

test('alarms by which services scale do not page', () => {
  expect(sample('scaling-alarm')).toMatchObject({ severity: 'INFORMATIONAL', ignoredReason: 'Informational' })
})

test.each(['aws-cn', 'aws-us-gov'])('in %s', (partition) => {
  const region = partition === 'aws-cn' ? 'cn-north-1' : 'us-gov-west-1'
  const detail = { alarmName: 'a', state: { value: 'ALARM', timestamp: AT } }
  const event = { 'detail-type': 'CloudWatch Alarm State Change', region, account: '111122223333', detail }
  const findingId = `arn:${partition}:cloudwatch:${region}:111122223333:alarm:a`
  expect(findingIn(event)).toMatchObject({ partition, findingId })
})

test.each([
  ['broken-without-name', 'detail.alarmName', 'the name of an alarm'],
  ['broken-unknown-state', 'detail.state.value', 'one of ALARM, OK, INSUFFICIENT_DATA'],
  ['broken-over-topic', 'Records[0].Sns.Message.NewStateValue', 'one of ALARM, OK, INSUFFICIENT_DATA'],
])('%s says where it is wrong', (name, path, expected) => {
  expect(parseEvent(sampleEvent(`cloudwatch/${name}`))).toMatchObject([{ ok: false, error: { path, expected } }])
})

test('no instant at all', () => {
  const detail = { alarmName: 'a', state: { value: 'ALARM' } }
  const [item] = parseEvent({ 'detail-type': 'CloudWatch Alarm State Change', detail })
  expect(item).toMatchObject({ ok: false, error: { path: 'detail.state.timestamp' }, findingId: 'unknown:a' })
})

test('whatever stands in it, it never throws', () => {
  const any = fc.anything()
  const shapes = fc.oneof(
    any,
    fc.record({ alarmName: any, state: any, configuration: any, alarmContributor: any, muteDetail: any }),
    fc.record({ alarmData: any, alarmArn: any, time: any }),
    fc.record({ AlarmName: any, NewStateValue: any, AlarmArn: any }),
  )
  const details = CLOUDWATCH_ALARM.events.map(({ detailType }) => detailType)
  fc.assert(
    fc.property(shapes, fc.constantFrom(...details), (detail, detailType) => {
      expect(parseEvent({ 'detail-type': detailType, detail })).toHaveLength(1)
    }),
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
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

test('a topic of some years ago has no ARN: account and name', () => {
  const old = sample('over-topic-without-arn')
  expect(old).toMatchObject({ findingId: '111122223333:root-sign-ins', region: 'EU (Frankfurt)', severity: 'HIGH' })
  const { Records } = sampleEvent('cloudwatch/over-topic-without-arn') as { Records: { Sns: { Message: string } }[] }
  const body = { ...JSON.parse(Records[0]?.Sns.Message ?? ''), Region: 'eu-central-1' }
  expect(findingIn(body)).toEqual(alarm)
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

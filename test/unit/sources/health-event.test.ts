import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const sample = (name: string) => findingIn(sampleEvent(`health/${name}`))
const exposed = sample('exposed-credentials')

function health(detail: Record<string, unknown>) {
  const named = {
    eventArn: 'arn:aws:health:global::event/IAM/X/X_1',
    eventTypeCode: 'AWS_IAM_X',
    eventTypeCategory: 'issue',
  }
  const event = { account: '111122223333', time: '2027-03-06T02:13:30Z', 'detail-type': 'AWS Health Event' }
  return findingIn({ ...event, detail: { ...named, ...detail } })
}

test('exposed credentials', () => {
  expect(exposed).toMatchObject({
    findingId:
      'arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/AWS_RISK_CREDENTIALS_EXPOSED_sample0001',
    wrapping: 'health',
    source: 'health',
    type: 'AWS_RISK_CREDENTIALS_EXPOSED',
    severity: 'CRITICAL',
    nativeSeverity: 'issue',
    title: 'AWS_RISK_CREDENTIALS_EXPOSED',
    accountId: '111122223333',
    region: 'us-east-1',
    resources: [{ type: 'AwsIamAccessKey', id: 'AKIAEXAMPLEEXAMPLE01' }],
    firstSeenAt: '2027-03-06T01:50:00.000Z',
    lastSeenAt: '2027-03-06T02:10:00.000Z',
    version: { updatedAt: '2027-03-06T02:10:00.000Z', state: 'active' },
    traits: ['issue', 'risk', 'credentials', 'exposed', 'credentials-exposed'],
    indicators: ['access-key:AKIAEXAMPLEEXAMPLE01'],
    ignoredReason: null,
  })
})

test.each(['exposed-credentials-backup-region', 'exposed-credentials-organisation'])('%s: the same finding', (name) => {
  expect(sample(name)).toEqual(exposed)
})

test('another account has its own', () => {
  expect(health({ affectedAccount: '444455556666' }).key).not.toBe(health({}).key)
})

test('further pages of entities are findings of their own, in the same group', () => {
  const paged = (page: unknown, entityValue: string, totalPages: unknown = '2') =>
    health({ page, totalPages, affectedEntities: [{ entityValue }] })
  const [first, second] = [paged('1', 'AKIAEXAMPLEEXAMPLE01'), paged('2', 'AKIAEXAMPLEEXAMPLE02')]
  expect(first.key).toBe(health({}).key)
  expect(second.key).not.toBe(first.key)
  expect(paged('2', 'AKIAEXAMPLEEXAMPLE02').key).toBe(second.key)
  expect(second).toMatchObject({ findingId: first.findingId, groupKey: first.groupKey })
  expect(second.resources).toMatchObject([{ type: 'AwsHealthEvent' }, { id: 'AKIAEXAMPLEEXAMPLE02' }])
  const alone = health({ affectedEntities: [{ entityValue: 'AKIAEXAMPLEEXAMPLE01' }] })
  for (const odd of ['1', 'x', null, -1, 1.5, {}]) expect(paged(odd, 'AKIAEXAMPLEEXAMPLE01', odd)).toEqual(alone)
})

test('closed, it is resolved', () => {
  const closed = sample('exposed-credentials-closed')
  expect(closed).toMatchObject({ key: exposed.key, ignoredReason: 'Resolved', version: { state: 'resolved' } })
  expect(closed.version.updatedAt > exposed.version.updatedAt).toBe(true)
})

test.each([
  ['abuse-report', 'HIGH', null],
  ['regional-issue', 'LOW', null],
  ['account-notification', 'INFORMATIONAL', 'Informational'],
  ['scheduled-change', 'INFORMATIONAL', 'ScheduledChange'],
])('%s is %s', (name, severity, ignoredReason) => {
  expect(sample(name)).toMatchObject({ severity, ignoredReason })
})

test.each([
  ['AWS_RISK_IAM_QUARANTINE', 'accountNotification', 'HIGH'],
  ['AWS_ACM_SECURITY_ISSUE', 'issue', 'HIGH'],
  ['AWS_EC2_SECURITY_NOTIFICATION', 'accountNotification', 'INFORMATIONAL'],
  ['AWS_EC2_API_ISSUE', 'investigation', 'LOW'],
])('%s, %s: %s', (eventTypeCode, eventTypeCategory, severity) => {
  expect(health({ eventTypeCode, eventTypeCategory }).severity).toBe(severity)
})

test('entities: their tags, what is known of them by their form, none for the account as a whole', () => {
  expect(sample('abuse-report')).toMatchObject({
    resources: [{ id: 'i-0a1b2c3d4e5f60718' }],
    tags: { app: 'payments' },
  })
  expect(sample('regional-issue').resources).toEqual([])
  expect(health({ affectedEntities: [{ entityValue: 'arn:aws:iam::111122223333:user/ana' }] })).toMatchObject({
    resources: [{ type: 'AwsIamUser' }],
    principals: ['111122223333:user/ana'],
  })
})

test('without a readable time of its own, the envelope says when', () => {
  const at = '2027-03-06T02:13:30.000Z'
  const finding = health({ startTime: 'soon', lastUpdatedTime: null })
  expect(finding).toMatchObject({ firstSeenAt: at, lastSeenAt: at, region: 'global' })
})

test('without an envelope', () => {
  const { detail } = sampleEvent('health/exposed-credentials') as { detail: object }
  expect(findingIn(detail)).toEqual(exposed)
  const [item] = parseEvent({ ...detail, startTime: null, lastUpdatedTime: null })
  expect(item).toMatchObject({ ok: false, error: { path: 'lastUpdatedTime' } })
})

test.each([
  ['broken-without-arn', 'detail.eventArn'],
  ['broken-without-category', 'detail.eventTypeCategory'],
])('%s says where it is wrong', (name, path) => {
  expect(parseEvent(sampleEvent(`health/${name}`))).toMatchObject([{ ok: false, error: { path } }])
})

test('whatever stands in it, it never throws', () => {
  const any = fc.anything()
  const named = { eventArn: fc.string(), eventTypeCode: fc.string(), eventTypeCategory: fc.string() }
  const shape = fc.oneof(any, fc.record({ ...named, startTime: any, affectedEntities: fc.oneof(any, fc.array(any)) }))
  fc.assert(
    fc.property(shape, (detail) => {
      expect(parseEvent({ 'detail-type': 'AWS Health Event', detail })).toHaveLength(1)
    }),
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const SG = 'arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0a1b2c3d4e5f60718'
const AT = '2027-03-06T02:13:30.000Z'
const sample = (name: string) => findingIn(sampleEvent(`trusted-advisor/${name}`))
const open = sample('open-port-error')

test('a security group that is open', () => {
  expect(open).toMatchObject({
    findingId: `Security Groups - Specific Ports Unrestricted|${SG}`,
    wrapping: 'trusted-advisor',
    source: 'trusted-advisor',
    severity: 'MEDIUM',
    nativeSeverity: 'ERROR',
    title: 'Security Groups - Specific Ports Unrestricted',
    accountId: '111122223333',
    region: 'eu-central-1',
    resources: [{ type: 'Other', id: SG }],
    firstSeenAt: AT,
    lastSeenAt: AT,
    version: { updatedAt: AT, state: 'active' },
    traits: ['error'],
    ignoredReason: null,
  })
})

test('closed again: the same key, later', () => {
  const closed = sample('open-port-ok')
  expect(closed).toMatchObject({ key: open.key, ignoredReason: 'Passed', version: { state: 'passed' }, traits: ['ok'] })
  expect(closed.version.updatedAt > open.version.updatedAt).toBe(true)
})

test('an exposed key names its owner and itself', () => {
  expect(sample('exposed-access-key')).toMatchObject({
    findingId: 'Exposed Access Keys|0c0c0c0c-0000-4000-8000-000000000001',
    severity: 'CRITICAL',
    principal: 'sample-deploy',
    principals: ['111122223333:user/sample-deploy'],
    resources: [{ type: 'AwsIamAccessKey', id: 'AKIAEXAMPLEEXAMPLE01' }],
    indicators: ['access-key:AKIAEXAMPLEEXAMPLE01'],
  })
})

test("root's key is root's", () => {
  const event = sampleEvent('trusted-advisor/exposed-access-key') as { detail: Record<string, object> }
  const item = { ...event.detail['check-item-detail'], 'User Name (IAM or Root)': '<root_account>' }
  const finding = findingIn({ ...event, detail: { ...event.detail, 'check-item-detail': item } })
  expect(finding.principals).toEqual(['111122223333:root/'])
})

test('what is yellow, and is no matter of security, does not page', () => {
  expect(sample('load-balancer-warn')).toMatchObject({ severity: 'INFORMATIONAL', ignoredReason: 'Informational' })
})

test.each([
  ['broken-without-check', 'detail.check-name'],
  ['broken-unknown-status', 'detail.status'],
  ['broken-without-item', 'detail.uuid'],
])('%s says where it is wrong', (name, path) => {
  expect(parseEvent(sampleEvent(`trusted-advisor/${name}`))).toMatchObject([{ ok: false, error: { path } }])
})

test('without an envelope nothing says when', () => {
  const { detail } = sampleEvent('trusted-advisor/open-port-error') as { detail: object }
  expect(parseEvent(detail)).toMatchObject([{ ok: false, findingId: open.findingId }])
})

test('whatever stands in it, it never throws', () => {
  const any = fc.anything()
  const shape = fc.oneof(
    any,
    fc.record({ 'check-name': fc.string(), 'check-item-detail': any, status: any, uuid: any }),
  )
  const envelope = { 'detail-type': 'Trusted Advisor Check Item Refresh Notification', time: AT }
  fc.assert(
    fc.property(shape, (detail) => {
      expect(parseEvent({ ...envelope, detail })).toHaveLength(1)
    }),
  )
})

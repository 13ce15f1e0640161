import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { ACCESS_ANALYZER } from '../../../shared/sources/access-analyzer.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { NO_ENVELOPE } from '../../../shared/sources/parsed.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const ID = '22222222-dcba-4444-dcba-333333333333'
const MINIMAL = { id: ID, status: 'ACTIVE', updatedAt: '2027-03-06T02:13:30Z' }
const sample = (name: string) => findingIn(sampleEvent(`access-analyzer/${name}`))

function finding(detail: Record<string, unknown>, envelope: Record<string, unknown> = {}): Finding {
  return findingIn({ 'detail-type': 'Access Analyzer Finding', ...envelope, detail: { ...MINIMAL, ...detail } })
}

test('a public bucket, whole', () => {
  expect(sample('public-bucket')).toEqual({
    key: `access-analyzer:["${ID}"]`,
    findingId: ID,
    wrapping: 'access-analyzer',
    source: 'access-analyzer',
    type: 'ExternalAccess',
    family: 'external-access',
    severity: 'HIGH',
    nativeSeverity: '',
    title: 'arn:aws:s3:::sample-payments-statements',
    accountId: '111122223333',
    region: 'eu-central-1',
    partition: 'aws',
    resources: [{ type: 'AwsS3Bucket', id: 'arn:aws:s3:::sample-payments-statements' }],
    principal: null,
    principals: [],
    firstSeenAt: '2027-03-06T02:11:00.000Z',
    lastSeenAt: '2027-03-06T02:11:00.000Z',
    version: { updatedAt: '2027-03-06T02:11:00.000Z', state: 'active' },
    count: null,
    traits: ['external-access', 'public'],
    tags: {},
    indicators: [],
    signals: [],
    groupKey: '["111122223333","arn:aws:s3:::sample-payments-statements","external-access"]',
    heldBy: null,
    ignoredReason: null,
  } satisfies Finding)
})

test.each([
  ['resolved', 'resolved', 'Resolved'],
  ['archived', 'archived', 'Archived'],
  ['deleted', 'resolved', 'Resolved'],
])('%s: the same key, a later version that does not page', (change, state, ignoredReason) => {
  const first = sample('public-bucket')
  const later = sample(`public-bucket-${change}`)
  expect(later.key).toBe(first.key)
  expect(later.version.updatedAt > first.version.updatedAt).toBe(true)
  expect([later.version.state, later.ignoredReason]).toEqual([state, ignoredReason])
})

test.each([
  [
    'external-role',
    'MEDIUM',
    'ExternalAccess',
    ['external-access'],
    ['444455556666:role/partner', '111122223333:role/payments-admin'],
  ],
  ['internal-bucket', 'MEDIUM', 'InternalAccess', ['internal-access'], ['111122223333:role/reports']],
  ['unused-permission', 'LOW', 'UnusedPermission', ['unused-access'], ['111122223333:role/reports']],
])('%s is %s', (name, severity, type, traits, principals) => {
  expect(sample(name)).toMatchObject({ severity, type, traits, principals, ignoredReason: null })
})

test('an analysis that failed does not page', () => {
  expect(sample('analysis-failed')).toMatchObject({ ignoredReason: 'AnalysisFailed', version: { state: 'active' } })
})

test('what became of a finding says more than that its analysis failed', () => {
  expect(finding({ error: 'ACCESS_DENIED', status: 'ARCHIVED' }).ignoredReason).toBe('Archived')
})

test('GetFinding and GetFindingV2 read the same, without an envelope', () => {
  const { key, severity, traits } = sample('public-bucket')
  for (const name of ['get-finding', 'get-finding-v2']) {
    expect(sample(name)).toMatchObject({ key, severity, traits, accountId: '111122223333', region: 'unknown' })
  }
})

test.each([
  ['Internal Access Finding', 'InternalAccess'],
  ['Unused Access Finding for IAM entities', 'UnusedAccess'],
  ['Access Analyzer Finding', 'ExternalAccess'],
])('without a type, %s is %s', (detailType, type) => {
  expect(findingIn({ 'detail-type': detailType, detail: MINIMAL })).toMatchObject({ type, title: type, resources: [] })
})

test('partition and account come from the resource, else from the envelope', () => {
  expect(finding({ resource: 'arn:aws-cn:iam::111122223333:role/r' })).toMatchObject({
    partition: 'aws-cn',
    accountId: '111122223333',
  })
  const resources = ['arn:aws-us-gov:access-analyzer:us-gov-west-1:444455556666:analyzer/a']
  expect(finding({}, { resources, account: '444455556666' })).toMatchObject({
    partition: 'aws-us-gov',
    accountId: '444455556666',
  })
})

test.each([
  ['access-analyzer/broken-unknown-status', 'detail.status', ID],
  ['access-analyzer/broken-without-id', 'detail.id', null],
])('%s is refused', (name, path, findingId) => {
  expect(parseEvent(sampleEvent(name))).toMatchObject([{ ok: false, error: { path }, findingId }])
})

test('without any readable instant there is no version', () => {
  const [item] = parseEvent({ 'detail-type': 'Access Analyzer Finding', detail: { ...MINIMAL, updatedAt: 'soon' } })
  expect(item).toMatchObject({ ok: false, error: { path: 'detail.updatedAt' }, findingId: ID })
})

test('arbitrary values never throw', () => {
  const odd = fc.record({ principal: fc.anything(), findingDetails: fc.anything(), resource: fc.anything() })
  fc.assert(fc.property(odd, (parts) => ACCESS_ANALYZER.parse({ ...MINIMAL, ...parts }, NO_ENVELOPE).ok))
})

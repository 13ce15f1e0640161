import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { MACIE } from '../../../shared/sources/macie.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { NO_ENVELOPE } from '../../../shared/sources/parsed.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const MINIMAL = {
  id: 'f1',
  type: 'Policy:IAMUser/S3BucketPublic',
  severity: { score: 2 },
  updatedAt: '2027-03-06T02:13:30Z',
}

function finding(detail: Record<string, unknown>, envelope: Record<string, unknown> = {}): Finding {
  return findingIn({
    'detail-type': 'Macie Finding',
    source: 'aws.macie',
    ...envelope,
    detail: { ...MINIMAL, ...detail },
  })
}

test('a bucket made public, whole', () => {
  expect(findingIn(sampleEvent('macie/bucket-public'))).toEqual({
    key: 'macie:eu-central-1:111122223333:64b917aa-3843-014c-91d8-937ffe2fb3b2',
    findingId: '64b917aa-3843-014c-91d8-937ffe2fb3b2',
    wrapping: 'macie',
    source: 'macie',
    type: 'Policy:IAMUser/S3BucketPublic',
    family: 'Policy:IAMUser/S3BucketPublic',
    severity: 'HIGH',
    nativeSeverity: 'High',
    title: 'Public access is allowed for the S3 bucket',
    accountId: '111122223333',
    region: 'eu-central-1',
    partition: 'aws',
    resources: [{ type: 'AwsS3Bucket', id: 'arn:aws:s3:::sample-payments-statements' }],
    principal: 'payments-admin',
    principals: ['111122223333:session/payments-admin/ana', '111122223333:id/AROAEXAMPLEEXAMPLE01:ana'],
    firstSeenAt: '2027-03-06T02:09:30.000Z',
    lastSeenAt: '2027-03-06T02:09:30.000Z',
    version: { updatedAt: '2027-03-06T02:12:00.000Z', state: 'active' },
    count: 1,
    traits: ['policy', 'public'],
    tags: { team: 'payments' },
    indicators: ['ip:198.51.100.7', 'access-key:ASIAEXAMPLEEXAMPLE01'],
    signals: [],
    groupKey: '["111122223333","arn:aws:s3:::sample-payments-statements","Policy:IAMUser/S3BucketPublic"]',
    heldBy: null,
    ignoredReason: null,
  } satisfies Finding)
})

test('sensitive data: the bucket first, then the object', () => {
  const personal = findingIn(sampleEvent('macie/personal-data'))
  expect(personal).toMatchObject({
    severity: 'MEDIUM',
    principal: null,
    traits: ['sensitive-data'],
    ignoredReason: null,
  })
  expect(personal.resources).toEqual([
    { type: 'AwsS3Bucket', id: 'arn:aws:s3:::sample-payments-statements' },
    { type: 'AwsS3Object', id: 'arn:aws:s3:::sample-payments-statements/2027/02/statements.csv' },
  ])
  expect(personal.tags).toEqual({ team: 'payments', class: 'confidential' })
})

test('seen again and archived: the same key, a later version', () => {
  const first = findingIn(sampleEvent('macie/bucket-public'))
  const later = ['again', 'archived'].map((change) => findingIn(sampleEvent(`macie/bucket-public-${change}`)))
  for (const one of later) {
    expect(one.key).toBe(first.key)
    expect(one.version.updatedAt > first.version.updatedAt).toBe(true)
  }
  expect(later.map(({ count, ignoredReason }) => [count, ignoredReason])).toEqual([
    [2, null],
    [1, 'Archived'],
  ])
})

test('a sample does not page', () => {
  expect(findingIn(sampleEvent('macie/sample-finding')).ignoredReason).toBe('Sample')
})

test('GetFindings reads the same, without an envelope', () => {
  const [policy, personal] = parseEvent(sampleEvent('macie/get-findings'))
  const named = ['macie/bucket-public', 'macie/personal-data'].map((name) => findingIn(sampleEvent(name)).key)
  expect([policy, personal].map((item) => item?.ok === true && item.finding.key)).toEqual(named)
})

test.each([
  [{ score: 1 }, 'LOW', '1'],
  [{ score: 2 }, 'MEDIUM', '2'],
  [{ score: 3, description: 'High' }, 'HIGH', 'High'],
  [{ score: 4 }, 'HIGH', '4'],
  [{ description: 'Medium' }, 'MEDIUM', 'Medium'],
  [{ description: 'low' }, 'LOW', 'low'],
])('severity %j is %s', (given, severity, nativeSeverity) => {
  expect(finding({ severity: given })).toMatchObject({ severity, nativeSeverity })
})

describe('who changed the bucket', () => {
  const by = (type: string, kind: string, identity: Record<string, unknown>) =>
    finding({ accountId: '111122223333', policyDetails: { actor: { userIdentity: { type, [kind]: identity } } } })

  test.each([
    ['IAMUser', 'iamUser', { principalId: 'AIDAX', userName: 'ana' }, 'ana', '111122223333:user/ana'],
    [
      'Root',
      'root',
      { principalId: '111122223333', arn: 'arn:aws:iam::111122223333:root' },
      'arn:aws:iam::111122223333:root',
      '111122223333:root/',
    ],
    ['AWSAccount', 'awsAccount', { accountId: '444455556666', principalId: 'AIDAY' }, 'AIDAY', '444455556666:id/AIDAY'],
  ])('%s', (type, kind, identity, principal, named) => {
    const read = by(type, kind, identity)
    expect(read.principal).toBe(principal)
    expect(read.principals).toContain(named)
    expect(read.traits.includes('root-user')).toBe(type === 'Root')
  })

  test('a service', () => {
    expect(by('AWSService', 'awsService', { invokedBy: 'macie.amazonaws.com' })).toMatchObject({
      principal: 'macie.amazonaws.com',
      principals: [],
    })
  })
})

test('what is left out comes from the envelope', () => {
  expect(finding({}, { account: '444455556666', region: 'cn-north-1' })).toMatchObject({
    accountId: '444455556666',
    region: 'cn-north-1',
    partition: 'aws-cn',
    title: 'Policy:IAMUser/S3BucketPublic',
  })
  const resourcesAffected = { s3Bucket: { name: 'b' }, s3Object: { key: 'k' } }
  expect(finding({ region: 'us-gov-west-1', resourcesAffected }).resources.map(({ id }) => id)).toEqual([
    'arn:aws-us-gov:s3:::b',
    'arn:aws-us-gov:s3:::b/k',
  ])
})

test.each([
  ['macie/broken-without-id', 'detail.id', null],
  ['macie/broken-without-severity', 'detail.severity', '64b917aa-3843-014c-91d8-937ffe2fb3b2'],
  ['macie/broken-score-as-word', 'detail.severity', '64b917aa-3843-014c-91d8-937ffe2fb3b2'],
])('%s is refused', (name, path, findingId) => {
  expect(parseEvent(sampleEvent(name))).toMatchObject([{ ok: false, error: { path }, findingId }])
})

test('without any readable instant there is no version', () => {
  const [item] = parseEvent({ 'detail-type': 'Macie Finding', detail: { ...MINIMAL, updatedAt: 'soon' } })
  expect(item).toMatchObject({ ok: false, error: { path: 'detail.updatedAt' }, findingId: 'f1' })
})

test('arbitrary values never throw', () => {
  const odd = fc.record({ resourcesAffected: fc.anything(), policyDetails: fc.anything(), severity: fc.anything() })
  fc.assert(fc.property(odd, (parts) => typeof MACIE.parse({ ...MINIMAL, ...parts }, NO_ENVELOPE).ok === 'boolean'))
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const sample = (name: string) => findingIn(sampleEvent(`muster/${name}`))
const bucket = sample('public-bucket')

test('a finding of other tooling, whole', () => {
  expect(bucket).toMatchObject({
    key: 'muster:["com.example.scanner","444455556666","scan-0001"]',
    findingId: 'scan-0001',
    wrapping: 'muster',
    source: 'com.example.scanner',
    type: 'Exposure/PublicBucket',
    severity: 'HIGH',
    title: 'A customer list lies in a public bucket.',
    accountId: '444455556666',
    region: 'eu-west-1',
    resources: [
      { type: 'AwsS3Bucket', id: 'arn:aws:s3:::sample-customers' },
      { type: 'Url', id: 'https://scanner.example.com/findings/scan-0001' },
    ],
    principal: 'arn:aws:iam::444455556666:user/ana',
    principals: ['444455556666:user/ana'],
    firstSeenAt: '2027-03-06T01:00:00.000Z',
    lastSeenAt: '2027-03-06T02:00:00.000Z',
    version: { updatedAt: '2027-03-06T02:10:00.000Z', state: 'active' },
    tags: { team: 'payments' },
    indicators: ['ip:198.51.100.7'],
    ignoredReason: null,
  })
})

test('resolved: the same key, later', () => {
  const resolved = sample('public-bucket-resolved')
  expect(resolved).toMatchObject({ key: bucket.key, ignoredReason: 'Resolved', version: { state: 'resolved' } })
  expect(resolved.version.updatedAt > bucket.version.updatedAt).toBe(true)
})

test('what is left out comes from the envelope', () => {
  const at = '2027-03-06T02:13:30.000Z'
  const where = { accountId: '111122223333', region: 'eu-central-1' }
  expect(sample('least')).toMatchObject({ ...where, severity: 'LOW', firstSeenAt: at, lastSeenAt: at, resources: [] })
})

test('any detail-type of the source muster.finding', () => {
  expect(sample('own-source')).toMatchObject({ source: 'muster.finding', severity: 'CRITICAL', ignoredReason: null })
  const { detail } = sampleEvent('muster/own-source') as { detail: object }
  expect(parseEvent({ 'detail-type': 'Scan Result', detail })).toMatchObject([{ ok: false }])
})

test('without a severity a rule must give one', () => {
  expect(sample('without-severity')).toMatchObject({ ignoredReason: 'NoSeverityRule' })
})

test('another source with the same id is another finding', () => {
  const event = sampleEvent('muster/public-bucket') as object
  expect(findingIn({ ...event, source: 'com.example.other' }).key).not.toBe(bucket.key)
})

test.each([
  ['broken-without-id', 'detail.id', 'a non-empty text of at most 2048 characters'],
  ['broken-severity', 'detail.severity', 'one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL'],
  ['broken-misspelt-field', 'detail.severty', expect.stringMatching(/^no other fields than id, title, severity, /)],
  ['broken-account', 'detail.accountId', 'an account id of twelve digits (as text)'],
  ['broken-resource', 'detail.resources[0].id', "a resource's id (a non-empty text)"],
  ['broken-instant', 'detail.updatedAt', 'an ISO 8601 instant such as "2027-03-06T02:13:30Z"'],
  ['broken-indicator', 'detail.indicators[0]', 'an indicator such as "ip:198.51.100.7"'],
])('%s says where it is wrong', (name, path, expected) => {
  expect(parseEvent(sampleEvent(`muster/${name}`))).toMatchObject([{ ok: false, error: { path, expected } }])
})

test('no instant at all', () => {
  const event = sampleEvent('muster/least') as object
  expect(parseEvent({ ...event, time: null })).toMatchObject([{ ok: false, error: { path: 'detail.updatedAt' } }])
})

test('whatever stands in it, it never throws', () => {
  const any = fc.anything()
  const named = { id: fc.string(), title: fc.string(), type: fc.string() }
  const more = { severity: any, resources: any, tags: any, indicators: any, state: any, updatedAt: any, url: any }
  fc.assert(
    fc.property(fc.oneof(any, fc.record({ ...named, ...more }, { requiredKeys: ['id'] })), (detail) => {
      expect(parseEvent({ 'detail-type': 'muster.finding', source: 'x', detail })).toHaveLength(1)
    }),
  )
})

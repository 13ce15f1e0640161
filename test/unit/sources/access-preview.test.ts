import { expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

test('a preview is no finding', () => {
  expect(findingIn(sampleEvent('access-analyzer/access-preview'))).toMatchObject({
    findingId: 'aaaabbbb-0000-4000-8000-ffffaaaabbbb',
    source: 'access-analyzer',
    type: 'Access Preview State Change',
    traits: ['access-preview'],
    resources: [{ type: 'Other', id: 'arn:aws:s3:::sample-payments-statements' }],
    firstSeenAt: '2027-03-06T02:11:00.000Z',
    lastSeenAt: '2027-03-06T02:13:30.000Z',
    ignoredReason: 'NotAFinding',
  })
})

test.each([
  [{ accessPreviewId: 'p1' }, 'detail.createdAt'],
  [{ createdAt: '2027-03-06T02:11:00Z' }, 'detail.accessPreviewId'],
])('%j is refused', (detail, path) => {
  const event = { 'detail-type': 'Access Preview State Change', source: 'aws.access-analyzer', detail }
  expect(parseEvent(event)).toMatchObject([{ ok: false, error: { path } }])
})

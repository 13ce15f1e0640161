import { expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const event = sampleEvent('securityhub/insight-results') as Record<string, unknown>

test('the results of an insight are recorded and never page', () => {
  expect(findingIn(event)).toMatchObject({
    key: 'insight:eu-central-1:111122223333:arn:aws:securityhub:::insight/securityhub/default/9',
    findingId: 'arn:aws:securityhub:::insight/securityhub/default/9',
    wrapping: 'securityhub-insight',
    source: 'securityhub',
    title: '5. AWS users with the most suspicious activity',
    severity: 'INFORMATIONAL',
    firstSeenAt: '2027-03-09T09:00:00.000Z',
    traits: ['insight'],
    ignoredReason: 'NotAFinding',
  })
})

test("AWS's own insights are told apart by account and Region, and need no name", () => {
  const others = [{ account: '444455556666' }, { region: 'us-gov-west-1' }].map((change) =>
    findingIn({ ...event, ...change }),
  )
  expect(new Set([findingIn(event), ...others].map(({ key }) => key)).size).toBe(3)
  expect(others[1]?.partition).toBe('aws-us-gov')
  expect(findingIn({ ...event, detail: { insightArn: 'a' } }).title).toBe('Security Hub Insight Results')
})

test('without its ARN or its time it is refused', () => {
  expect(parseEvent(sampleEvent('securityhub/broken-insight-without-arn'))).toMatchObject([
    { ok: false, error: { path: 'detail.insightArn' }, findingId: null },
  ])
  expect(parseEvent({ ...event, time: undefined })).toMatchObject([
    { ok: false, error: { path: 'detail', expected: 'an event with its time' } },
  ])
})

import { expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn } from './sample-events.ts'

const news = (detailType: string, change: object = {}) => ({
  id: '1f2e3d4c-5b6a-4988-8716-253443526171',
  'detail-type': detailType,
  source: 'aws.guardduty',
  account: '111122223333',
  time: '2027-03-06T02:13:30Z',
  region: 'eu-central-1',
  resources: ['arn:aws:guardduty:eu-central-1:111122223333:malware-protection-plan/sample'],
  detail: { schemaVersion: '1.0', currentStatus: 'Unhealthy', previousStatus: 'Healthy' },
  ...change,
})

test.each([
  ['GuardDuty Runtime Protection Healthy', 'healthy'],
  ['GuardDuty Runtime Protection Unhealthy', 'unhealthy'],
  ['GuardDuty Malware Protection Resource Status Active', 'active'],
  ['GuardDuty Malware Protection Resource Status Warning', 'warning'],
  ['GuardDuty Malware Protection Resource Status Error', 'error'],
  ['GuardDuty Malware Protection Post Scan Action Failed', 'post-scan-action-failed'],
])('%s is no finding', (type, trait) => {
  expect(findingIn(news(type))).toMatchObject({
    source: 'guardduty',
    wrapping: 'guardduty',
    type,
    title: type,
    traits: [trait],
    accountId: '111122223333',
    region: 'eu-central-1',
    resources: [{ type: 'Other', id: 'arn:aws:guardduty:eu-central-1:111122223333:malware-protection-plan/sample' }],
    ignoredReason: 'NotAFinding',
  })
})

test('each event is one of its own, and none is a finding of GuardDuty', () => {
  const keys = ['a', 'b'].map((id) => findingIn(news('GuardDuty Runtime Protection Unhealthy', { id })).key)
  expect(new Set(keys).size).toBe(2)
  expect(keys.filter((key) => key.startsWith('guardduty:eu-central-1:'))).toEqual([])
})

test('without an envelope it has no instant, and says so', () => {
  const event = { 'detail-type': 'GuardDuty Runtime Protection Unhealthy', detail: {} }
  expect(parseEvent(event)).toMatchObject([{ ok: false, error: { expected: 'an ISO 8601 instant' } }])
})

test('a kind that GuardDuty may have one day is kept, not passed over', () => {
  expect(parseEvent(news('GuardDuty Malware Protection Recovery Point Scan Result'))).toMatchObject([{ ok: false }])
})

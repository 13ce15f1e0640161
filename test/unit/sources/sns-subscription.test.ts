import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn } from './sample-events.ts'

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:sample-findings'
const body = (change: object = {}) => ({
  Type: 'SubscriptionConfirmation',
  MessageId: '0b0b0b0b-0000-4000-8000-000000000009',
  Token: 'sample-token-that-confirms',
  TopicArn: TOPIC,
  Message: `You have chosen to subscribe to the topic ${TOPIC}.`,
  SubscribeURL: 'https://sns.example.com/?Action=ConfirmSubscription&Token=sample-token-that-confirms',
  Timestamp: '2027-03-06T02:13:30.523Z',
  SignatureVersion: '1',
  ...change,
})

test.each(['SubscriptionConfirmation', 'UnsubscribeConfirmation'])('%s is no finding', (Type) => {
  expect(findingIn(body({ Type }))).toMatchObject({
    findingId: '0b0b0b0b-0000-4000-8000-000000000009',
    wrapping: 'sns',
    source: 'sns',
    type: Type,
    title: `${Type} of sample-findings`,
    accountId: '111122223333',
    region: 'eu-central-1',
    resources: [{ type: 'AwsSnsTopic', id: TOPIC }],
    version: { updatedAt: '2027-03-06T02:13:30.523Z', state: 'active' },
    ignoredReason: 'NotAFinding',
  })
})

test('in the record of a queue it is the same', () => {
  const queued = { Records: [{ messageId: 'm', eventSource: 'aws:sqs', body: JSON.stringify(body()) }] }
  expect(findingIn(queued)).toEqual(findingIn(body()))
})

test('what confirms the subscription is nowhere in the finding', () => {
  expect(JSON.stringify(findingIn(body()))).not.toContain('sample-token')
})

test.each([
  [{ MessageId: undefined }, 'MessageId'],
  [{ Timestamp: 'soon' }, 'Timestamp'],
])('%j is refused', (change, path) => {
  expect(parseEvent(body(change))).toMatchObject([{ ok: false, error: { path } }])
})

test('any topic, even one that is no ARN, is read', () => {
  fc.assert(
    fc.property(fc.string(), (TopicArn) => {
      expect(parseEvent(body({ TopicArn }))).toMatchObject([{ ok: true, finding: { accountId: expect.any(String) } }])
    }),
  )
})

import { expect, test } from 'vitest'
import type { DeadLetterQueueName } from '../../../../shared/app/redrive/dead-letter-queues.ts'
import { destinationOf } from '../../../../shared/app/redrive/destination.ts'
import type { DeployedChannel } from '../../../../shared/core/readiness/deployed-stack.ts'

const BOTH = ['email', 'sms'] as const
const wake = JSON.stringify({ incidentId: 'inc-1', wakeAt: '2027-03-10T10:00:00.000Z' })
const text = JSON.stringify({ originationNumber: '+15550100', messageBody: 'ACK 4711', inboundMessageId: 'in-1' })
const effect = (channel: string) =>
  JSON.stringify({ incidentId: 'inc-1', effectId: 'fx-1', kind: 'page', responderId: 'ana', channelId: 'c', channel })
const event = (source: string, detailType: string) =>
  JSON.stringify({ version: '0', id: 'e-1', source, 'detail-type': detailType, detail: {} })

test.each<[DeadLetterQueueName, string, readonly DeployedChannel[], string]>([
  ['findings', event('aws.guardduty', 'GuardDuty Finding'), BOTH, 'FindingsQueue'],
  ['findings', 'no JSON', BOTH, 'FindingsQueue'],
  ['wakes', wake, BOTH, 'WakesQueue'],
  ['wakes', '{}', BOTH, 'stays'],
  ['messages', effect('email'), BOTH, 'EmailQueue'],
  ['messages', effect('sms'), BOTH, 'SmsQueue'],
  ['messages', effect('sms'), ['email'], 'OtherMessagesQueue'],
  ['messages', effect('voice'), BOTH, 'OtherMessagesQueue'],
  ['messages', effect('toString'), BOTH, 'OtherMessagesQueue'],
  ['messages', 'no JSON', BOTH, 'stays'],
  ['replies', text, BOTH, 'RepliesQueue'],
  ['replies', '{}', BOTH, 'stays'],
  ['undelivered-events', event('aws.guardduty', 'GuardDuty Finding'), BOTH, 'FindingsQueue'],
  ['undelivered-events', event('aws.securityhub', 'Security Hub Findings - Imported'), BOTH, 'FindingsQueue'],
  ['undelivered-events', event('aws.events', 'Scheduled Event'), BOTH, 'nowhere'],
  ['undelivered-events', text, BOTH, 'RepliesQueue'],
  ['undelivered-events', '[]', BOTH, 'stays'],
  ['undelivered-events', 'null', BOTH, 'stays'],
  ['undelivered-events', 'no JSON', BOTH, 'stays'],
  ['dispatch-failures', '{"DDBStreamBatchInfo":{}}', BOTH, 'nowhere'],
])('of %s, %s with %j goes to %s', (queue, body, channels, expected) => {
  const destination = destinationOf(queue, body, { channels })
  expect(destination.kind === 'queue' ? destination.logicalId : destination.kind).toBe(expected)
})

test('what became of a mail goes to the replies', () => {
  const detail = {
    eventType: 'Bounce',
    bounce: {
      ...{ bounceType: 'Permanent', bounceSubType: 'General', feedbackId: 'f-1' },
      ...{ timestamp: '2027-03-10T10:00:00.000Z', bouncedRecipients: [{ emailAddress: 'a@example.com' }] },
    },
    mail: { messageId: 'm-1', timestamp: '2027-03-10T10:00:00.000Z', tags: { effect: ['inc-1_2_3'] } },
  }
  const whole = { version: '0', id: 'e-1', time: '2027-03-10T10:00:00Z', source: 'aws.ses', detail }
  const body = JSON.stringify({ ...whole, 'detail-type': 'Email Bounced' })
  expect(destinationOf('undelivered-events', body, { channels: BOTH })).toEqual({
    ...{ kind: 'queue', logicalId: 'RepliesQueue' },
  })
})

import { expect, test } from 'vitest'
import { judgeAlarmTopic, type SubscriptionCounts } from '../../../../shared/core/readiness/judge-alarm-topic.ts'
import { judgeDeadLetters } from '../../../../shared/core/readiness/judge-dead-letters.ts'
import { judgeTick } from '../../../../shared/core/readiness/judge-tick.ts'
import type { Looked } from '../../../../shared/core/readiness/looked.ts'
import { ADD, AGAIN, DENIED, line, SILENT, seen } from './looks.ts'

const CONFIRM = 'follow the link in the mail "AWS Notification - Subscription Confirmation"'

test.each<[Looked<SubscriptionCounts | null>, string]>([
  [seen({ confirmed: 1, pending: 0 }), 'ok alarm topic: 1 confirmed'],
  [seen({ confirmed: 1, pending: 2 }), `warn alarm topic: 1 confirmed, 2 not confirmed — ${CONFIRM}`],
  [seen({ confirmed: 0, pending: 1 }), `fail alarm topic: nobody hears of alarms, 1 not confirmed — ${CONFIRM}`],
  [
    seen({ confirmed: 0, pending: 0 }),
    'fail alarm topic: nobody is subscribed — deploy with alarmMail set, or subscribe somebody to the topic, and confirm it',
  ],
  [seen(null), 'fail alarm topic: does not exist — deploy the stack again'],
  [DENIED, `warn alarm topic — ${ADD}`],
])('the alarm topic: %j', (subscriptions, expected) => {
  expect(line(judgeAlarmTopic(subscriptions))).toBe(expected)
})

test.each<[Looked<number | null>, string]>([
  [seen(0), 'ok dead letters of wakes: none'],
  [seen(3), 'fail dead letters of wakes: 3 — find out why, then npx muster redrive --stack muster-prod --queue wakes'],
  [seen(null), 'fail dead letters of wakes: does not exist — deploy the stack again'],
  [SILENT, `fail dead letters of wakes — ${AGAIN}`],
])('dead letters: %j', (count, expected) => {
  expect(line(judgeDeadLetters('muster-prod', 'wakes', count))).toBe(expected)
})

const FIX = 'see rule TickRule above and the logs of the function tick'

test.each([
  [seen('2027-03-10T09:59:30.000Z'), 'ok tick: last ran 30 s ago'],
  [seen('2027-03-10T09:57:00.000Z'), 'ok tick: last ran 180 s ago'],
  [seen('2027-03-10T09:56:59.999Z'), `fail tick: last ran 180 s ago — ${FIX}`],
  [seen('2027-03-10T09:00:00.000Z'), `fail tick: last ran 3600 s ago — ${FIX}`],
  [seen('2027-03-10T10:00:05.000Z'), 'ok tick: last ran 0 s ago'],
  [seen(null), `fail tick: has never run — ${FIX}`],
  [DENIED, `warn tick — ${ADD}`],
])('the tick: %j', (heartbeatAt, expected) => {
  expect(line(judgeTick(heartbeatAt, '2027-03-10T10:00:00.000Z'))).toBe(expected)
})

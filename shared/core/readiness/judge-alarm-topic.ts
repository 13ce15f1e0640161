import type { Looked } from './looked.ts'
import { fail, judgedThere, ok, type Verdict, warn } from './verdict.ts'

/** How many subscriptions a topic has. */
export interface SubscriptionCounts {
  readonly confirmed: number
  /** Waiting for somebody to follow the link in a mail. */
  readonly pending: number
}

const SUBSCRIBE = 'deploy with alarmMail set, or subscribe somebody to the topic, and confirm it'
const CONFIRM = 'follow the link in the mail "AWS Notification - Subscription Confirmation"'

/** Whether anybody hears of alarms. */
export function judgeAlarmTopic(subscriptions: Looked<SubscriptionCounts | null>): Verdict {
  return judgedThere('alarm topic', subscriptions, ({ confirmed, pending }) => {
    const waiting = `${pending} not confirmed`
    if (confirmed === 0 && pending === 0) return fail('alarm topic: nobody is subscribed', SUBSCRIBE)
    if (confirmed === 0) return fail(`alarm topic: nobody hears of alarms, ${waiting}`, CONFIRM)
    const heard = `alarm topic: ${confirmed} confirmed`
    return pending === 0 ? ok(heard) : warn(`${heard}, ${waiting}`, CONFIRM)
  })
}

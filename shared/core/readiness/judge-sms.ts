import type { Looked } from './looked.ts'
import { fail, judged, judgedThere, ok, type Verdict, warn } from './verdict.ts'

/** What texts are sent from: a phone number, a pool of them, or a sender id. */
export interface OriginationFacts {
  readonly kind: 'phone-number' | 'pool' | 'sender-id'
  readonly isActive: boolean
  /** ARN of the topic that texts sent back go to; null when they go nowhere. */
  readonly twoWayTopicArn: string | null
}

/** Texts name the digits to send back, `ACK 4711`, whatever they are sent from. */
const NO_ANSWERS = 'answers to texts: people cannot answer a page by text'

/** The account's own limit of one dollar is a few texts. */
const LEAST_USD = 10

/**
 * Whether texts can be sent, and answers to them reach Muster.
 * @param topicArn the stack's topic; null when the stack has none.
 */
export function judgeOrigination(origination: Looked<OriginationFacts | null>, topicArn: string | null): Verdict[] {
  const what = 'sender of texts'
  if (origination.status !== 'seen') return [judgedThere(what, origination, () => ok(what))]
  if (origination.fact === null) return [fail(`${what}: does not exist`, 'set smsIdentity to one of this region')]
  const { kind, isActive, twoWayTopicArn } = origination.fact
  return [
    isActive ? ok(`${what}: active`) : fail(`${what}: not active`, 'see its status in AWS End User Messaging'),
    judgeTwoWay(kind, twoWayTopicArn, topicArn),
  ]
}

function judgeTwoWay(kind: OriginationFacts['kind'], set: string | null, wanted: string | null): Verdict {
  if (kind === 'sender-id') {
    return warn(
      `${NO_ANSWERS}: a sender id takes none`,
      'people acknowledge by the link; a phone number with a two-way channel would take them',
    )
  }
  if (set !== null && set === wanted) return ok('answers to texts: reach Muster')
  const fix = `set the two-way channel of its ${kind} to ${wanted ?? 'TextMessagesTopic'}`
  // Without two-way messaging a person is told that the answer failed; another topic takes it, and nobody hears of it.
  return set === null
    ? warn(`${NO_ANSWERS}: two-way messaging is off`, fix)
    : fail('answers to texts: they go to another topic', fix)
}

/** @param tier `PRODUCTION` or `SANDBOX`; null when the service does not say. */
export function judgeSmsTier(tier: Looked<string | null>): Verdict {
  return judged('SMS account', tier, (name) =>
    name === 'PRODUCTION'
      ? ok('SMS: out of the sandbox')
      : fail(
          'SMS: in the sandbox, reaches verified numbers only',
          'request production access in AWS End User Messaging',
        ),
  )
}

/** @param usd what may be spent on texts in a month; null when the service names no limit. */
export function judgeSmsLimit(usd: Looked<number | null>): Verdict {
  return judged('SMS spend limit', usd, (limit) => {
    const raise = 'raise the text message spend limit in AWS End User Messaging'
    if (limit === null) return warn('SMS spend limit: not known', raise)
    const what = `SMS spend limit: ${limit} USD a month`
    return limit < LEAST_USD ? warn(`${what}, a few texts`, raise) : ok(what)
  })
}

import { expect, test } from 'vitest'
import {
  judgeOrigination,
  judgeSmsLimit,
  judgeSmsTier,
  type OriginationFacts,
} from '../../../../shared/core/readiness/judge-sms.ts'
import type { Looked } from '../../../../shared/core/readiness/looked.ts'
import { ADD, AGAIN, DENIED, line, SILENT, seen } from './looks.ts'

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:muster-prod-text-messages'
const NUMBER: OriginationFacts = { kind: 'phone-number', isActive: true, twoWayTopicArn: TOPIC }
const ACTIVE = 'ok sender of texts: active'
const SET = `set the two-way channel of its phone-number to ${TOPIC}`

test.each<[string, Looked<OriginationFacts | null>, string[]]>([
  ['a number', seen(NUMBER), [ACTIVE, 'ok answers to texts: reach Muster']],
  ['a pool', seen({ ...NUMBER, kind: 'pool' }), [ACTIVE, 'ok answers to texts: reach Muster']],
  [
    'not active',
    seen({ ...NUMBER, isActive: false }),
    [
      'fail sender of texts: not active — see its status in AWS End User Messaging',
      'ok answers to texts: reach Muster',
    ],
  ],
  [
    'one way only',
    seen({ ...NUMBER, twoWayTopicArn: null }),
    [ACTIVE, `warn answers to texts: people cannot answer a page by text: two-way messaging is off — ${SET}`],
  ],
  [
    'answers go astray',
    seen({ ...NUMBER, twoWayTopicArn: `${TOPIC}-2` }),
    [ACTIVE, `fail answers to texts: they go to another topic — ${SET}`],
  ],
  [
    'a sender id',
    seen({ kind: 'sender-id', isActive: true, twoWayTopicArn: null }),
    [
      ACTIVE,
      'warn answers to texts: people cannot answer a page by text: a sender id takes none — people acknowledge by the link; a phone number with a two-way channel would take them',
    ],
  ],
  ['nothing', seen(null), ['fail sender of texts: does not exist — set smsIdentity to one of this region']],
  ['not to be looked at', DENIED, [`warn sender of texts — ${ADD}`]],
])('%s', (_name, origination, expected) => {
  expect(judgeOrigination(origination, TOPIC).map(line)).toEqual(expected)
})

test('without the topic nothing answers', () => {
  expect(judgeOrigination(seen({ ...NUMBER, twoWayTopicArn: null }), null).map(line)).toEqual([
    ACTIVE,
    'warn answers to texts: people cannot answer a page by text: two-way messaging is off — set the two-way channel of its phone-number to TextMessagesTopic',
  ])
})

const SANDBOX =
  'fail SMS: in the sandbox, reaches verified numbers only — request production access in AWS End User Messaging'

test.each<[Looked<string | null>, string]>([
  [seen('PRODUCTION'), 'ok SMS: out of the sandbox'],
  [seen('SANDBOX'), SANDBOX],
  [seen(null), SANDBOX],
  [SILENT, `fail SMS account — ${AGAIN}`],
])('the tier %j', (tier, expected) => {
  expect(line(judgeSmsTier(tier))).toBe(expected)
})

const RAISE = 'raise the text message spend limit in AWS End User Messaging'

test.each<[Looked<number | null>, string]>([
  [seen(10), 'ok SMS spend limit: 10 USD a month'],
  [seen(9), `warn SMS spend limit: 9 USD a month, a few texts — ${RAISE}`],
  [seen(1), `warn SMS spend limit: 1 USD a month, a few texts — ${RAISE}`],
  [seen(null), `warn SMS spend limit: not known — ${RAISE}`],
  [DENIED, `warn SMS spend limit — ${ADD}`],
])('the limit %j', (limit, expected) => {
  expect(line(judgeSmsLimit(limit))).toBe(expected)
})

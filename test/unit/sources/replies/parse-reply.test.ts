import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EFFECT_TAG, tagOfEffect } from '../../../../shared/adapters/ses/effect-tag.ts'
import { pathText } from '../../../../shared/sources/parse-event.ts'
import { parseReply } from '../../../../shared/sources/replies/parse-reply.ts'
import type { Receipt, Reply } from '../../../../shared/sources/replies/reply.ts'
import { replySampleNames, sampleText } from '../sample-events.ts'

const EFFECT = 'inc-0123456789abcdef.12.3'

function replyIn(text: string): Reply {
  const parsed = parseReply(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.reply
}

function receiptIn(text: string): Receipt {
  const reply = replyIn(text)
  if (reply.kind !== 'receipt') throw new Error('no receipt')
  return reply
}

function faultsOf(text: string): string[] {
  const parsed = parseReply(text)
  return parsed.ok ? [] : parsed.faults.map(({ path, expected }) => `${pathText(path)}: ${expected}`)
}

const sample = (name: string) => sampleText(`replies/${name}`)

describe('what became of a mail', () => {
  test.each([
    ['mail-bounced-for-good', 'refused', 'Bounce Permanent General'],
    ['mail-bounced-suppressed', 'refused', 'Bounce Permanent OnAccountSuppressionList'],
    ['mail-bounced-mailbox-full', 'failed', 'Bounce Transient MailboxFull'],
    ['mail-bounced-absence-note', 'noted', 'Bounce Transient General'],
    ['mail-bounced-undetermined', 'noted', 'Bounce Undetermined Undetermined'],
    ['mail-complaint', 'refused', 'Complaint'],
    ['mail-complaint-without-type', 'refused', 'Complaint'],
    ['mail-complaint-taken-back', 'noted', 'Complaint'],
    ['mail-delivered', 'noted', 'Delivery'],
    ['mail-delayed', 'noted', 'DeliveryDelay'],
    ['mail-rejected', 'failed', 'Reject'],
  ])('%s is %s', (name, meaning, type) => {
    expect(receiptIn(sample(name))).toMatchObject({ effectId: EFFECT, meaning, type, at: '2027-03-28T02:12:09.000Z' })
  })

  test('is known again by the event’s id', () => {
    expect(receiptIn(sample('mail-delivered')).id).toBe('7b1f0c52-3d6e-4a88-9c11-000000000009')
  })

  test('is found by the tag that the sending adapter writes', () => {
    const event = JSON.parse(sample('mail-delivered'))
    event.detail.mail.tags = { [EFFECT_TAG]: [tagOfEffect('inc-fedcba9876543210.1.25')] }
    expect(receiptIn(JSON.stringify(event)).effectId).toBe('inc-fedcba9876543210.1.25')
  })

  test('of a kind that is new is noted', () => {
    const event = JSON.parse(sample('mail-delivered'))
    event.detail.eventType = 'Subscription'
    expect(receiptIn(JSON.stringify(event))).toMatchObject({ meaning: 'noted', type: 'Subscription' })
  })
})

describe('what became of a text', () => {
  const changed = (change: object) => JSON.stringify({ ...JSON.parse(sample('text-delivered')), ...change })

  test.each([
    ['text-delivered', 'noted', 'TEXT_DELIVERED'],
    ['text-accepted-by-carrier', 'noted', 'TEXT_SUCCESSFUL'],
    ['text-invalid-number', 'refused', 'TEXT_INVALID'],
    ['text-opted-out', 'refused', 'TEXT_BLOCKED'],
    ['text-carrier-unreachable', 'failed', 'TEXT_CARRIER_UNREACHABLE'],
    ['text-carrier-unreachable-for-now', 'noted', 'TEXT_CARRIER_UNREACHABLE'],
    ['text-expired', 'failed', 'TEXT_TTL_EXPIRED'],
  ])('%s is %s', (name, meaning, type) => {
    expect(receiptIn(sample(name))).toMatchObject({ effectId: EFFECT, meaning, type, at: '2027-03-28T02:12:10.470Z' })
  })

  test.each([
    'TEXT_BLOCKED',
    'TEXT_CARRIER_BLOCKED',
    'TEXT_INVALID_MESSAGE',
    'TEXT_PROTECT_BLOCKED',
    'TEXT_SPAM',
    'TEXT_UNKNOWN',
    'TEXT_UNREACHABLE',
  ])('%s says nothing of the number for good', (eventType) => {
    expect(receiptIn(changed({ eventType, messageStatus: 'SAMPLE' })).meaning).toBe('failed')
  })

  test.each(['TEXT_QUEUED', 'TEXT_PENDING', 'TEXT_SENT', 'TEXT_READ'])('%s changes nothing', (eventType) => {
    expect(receiptIn(changed({ eventType })).meaning).toBe('noted')
  })

  test('is known again by message, event and instant: a carrier says several things of one text', () => {
    const ids = [{}, { eventType: 'TEXT_SENT' }, { eventTimestamp: 1 }, { messageId: 'other' }].map(
      (change) => receiptIn(changed(change)).id,
    )
    expect(new Set(ids).size).toBe(4)
    expect(receiptIn(changed({})).id).toBe(ids[0])
  })

  test('a status that cannot be read costs nothing', () => {
    expect(receiptIn(changed({ messageStatus: 7, messageStatusDescription: 'x'.repeat(2000) })).meaning).toBe('noted')
  })
})

describe('a text that came in', () => {
  test('is who sent it, and what it says', () => {
    expect(replyIn(sample('incoming-acknowledge'))).toEqual({
      kind: 'text',
      id: 'cae173d2-66b9-564c-8309-21f858000001',
      from: '+12025550101',
      body: 'Ack 4711',
    })
    expect(replyIn(sample('incoming-decline'))).toMatchObject({ body: 'DECLINE 4711 sorry, on a plane' })
  })
})

describe('what cannot be read', () => {
  const KNOWN = 'an event of SES, an event of End User Messaging SMS, or a text that was received'

  test.each([
    ['broken-mail-without-effect', ['detail.mail.tags.effect: the tag effect with one value']],
    ['broken-mail-other-effect', ['detail.mail.tags.effect: the id of a message of Muster’s']],
    ['broken-mail-bounce-untold', ['detail.bounce: what bounced']],
    [
      'broken-mail-id-and-time',
      [
        'id: an id of at most 128 letters, digits, hyphens and underscores',
        'time: an instant such as 2027-03-28T02:12:07Z',
      ],
    ],
    ['broken-text-without-context', ['context: the context that the text was sent with']],
    ['broken-text-instant-as-word', ['eventTimestamp: milliseconds since 1970']],
    ['broken-incoming-without-number', ['originationNumber: a phone number of E.164']],
    ['broken-unknown-kind', [`: ${KNOWN}`]],
  ])('%s is refused, with where and what was expected', (name, faults) => {
    expect(faultsOf(sample(name))).toEqual(faults)
  })

  test('garbage, and far too much, is refused', () => {
    for (const text of ['', 'Successfully validated SNS topic', '[]', 'null', '"text"', '{']) {
      expect(faultsOf(text)).toEqual([`: JSON: ${KNOWN}`])
    }
    expect(faultsOf(`{"source":"aws.ses","a":"${'x'.repeat(300_000)}"}`)).toEqual([': at most 300000 characters'])
  })

  test('nothing is thrown, and no fault repeats what was found', () => {
    const secret = '+12025550199'
    const values = fc.oneof(
      fc.constant(secret),
      fc.jsonValue(),
      fc.constant([secret]),
      fc.constant({ effect: [secret] }),
    )
    const keys = [
      'source',
      'id',
      'time',
      'detail',
      'eventType',
      'context',
      'eventTimestamp',
      'messageId',
      'inboundMessageId',
    ]
    const events = fc.dictionary(fc.constantFrom(...keys, 'originationNumber', 'messageBody'), values)
    fc.assert(
      fc.property(events, fc.boolean(), (event, isMail) => {
        const faults = faultsOf(JSON.stringify(isMail ? { ...event, source: 'aws.ses' } : event))
        expect(faults.join()).not.toContain(secret)
      }),
    )
  })
})

test.each(replySampleNames())('%s is read, unless it is named as broken', (name) => {
  expect(parseReply(sampleText(name)).ok).toBe(!name.includes('broken'))
})

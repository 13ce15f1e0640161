import { describe, expect, test } from 'vitest'
import {
  judgeMailAccount,
  judgeMailConfigurationSet,
  judgeSender,
  type MailAccountFacts,
  type MailDestinationFacts,
  type MailIdentityFacts,
  senderIdentities,
} from '../../../../shared/core/readiness/judge-mail.ts'
import type { Looked } from '../../../../shared/core/readiness/looked.ts'
import { ADD, AGAIN, DENIED, line, SILENT, seen } from './looks.ts'

const CASE = 'open a case with AWS from the account dashboard of SES'

describe('the account', () => {
  const FACTS: MailAccountFacts = { isOutOfSandbox: true, isSending: true, enforcement: 'HEALTHY' }
  const FINE = ['ok SES: out of the sandbox', 'ok SES: sending', 'ok SES: reputation HEALTHY']

  test.each<[Partial<MailAccountFacts>, number, string]>([
    [
      ...([{ isOutOfSandbox: false }, 0] as const),
      'fail SES: in the sandbox, reaches verified addresses only — request production access in SES',
    ],
    [{ isSending: false }, 1, `fail SES: sending is switched off for the account — ${CASE}`],
    [
      ...([{ enforcement: 'PROBATION' }, 2] as const),
      'warn SES: reputation PROBATION — see the reputation dashboard of SES',
    ],
    [{ enforcement: 'SHUTDOWN' }, 2, `fail SES: reputation SHUTDOWN — ${CASE}`],
  ])('%j: the others are said too', (change, place, expected) => {
    expect(judgeMailAccount(seen(FACTS)).map(line)).toEqual(FINE)
    expect(judgeMailAccount(seen({ ...FACTS, ...change })).map(line)).toEqual(FINE.with(place, expected))
  })

  test('that cannot be seen', () => {
    expect(judgeMailAccount(DENIED).map(line)).toEqual([`warn SES account — ${ADD}`])
    expect(judgeMailAccount(SILENT).map(line)).toEqual([`fail SES account — ${AGAIN}`])
  })
})

test.each([
  ['muster@a.example.com', ['muster@a.example.com', 'a.example.com', 'example.com']],
  ['muster@example.com', ['muster@example.com', 'example.com']],
  ['', []],
])('identities for %j', (mailFrom, expected) => {
  expect(senderIdentities(mailFrom)).toEqual(expected)
})

describe('the sender', () => {
  const GOOD = seen({ isVerified: true, isSigned: true })
  const UNSIGNED = seen({ isVerified: true, isSigned: false })
  const PENDING = seen({ isVerified: false, isSigned: false })
  const NONE = seen(null)
  const FINE = ['ok sender of e-mails: verified', 'ok sender of e-mails: signed with DKIM']

  test.each<[string, Looked<MailIdentityFacts | null>[], string[]]>([
    ['its address is verified', [GOOD, NONE], FINE],
    ['its domain is verified', [NONE, GOOD], FINE],
    ['its domain is verified, its address is not', [PENDING, GOOD], FINE],
    ['its domain signs', [UNSIGNED, GOOD], FINE],
    ['its domain may not be looked at', [GOOD, DENIED], FINE],
    [
      'nothing signs',
      [UNSIGNED, NONE],
      [
        'ok sender of e-mails: verified',
        'warn sender of e-mails: not signed with DKIM, mails may count as spam — set up DKIM for its domain in SES',
      ],
    ],
    [
      'not verified yet',
      [PENDING, NONE],
      [
        'fail sender of e-mails: not verified — follow the link that SES mailed to it, or set the DNS records of its domain',
      ],
    ],
    [
      'unknown',
      [NONE, NONE],
      ['fail sender of e-mails: unknown to SES — create an identity for mailFrom or its domain in SES of this region'],
    ],
    ['not to be looked at', [NONE, DENIED], [`warn sender of e-mails — ${ADD}`]],
    ['no answer', [PENDING, SILENT], [`fail sender of e-mails — ${AGAIN}`]],
  ])('%s', (_name, identities, expected) => {
    expect(judgeSender(identities).map(line)).toEqual(expected)
  })
})

describe('the configuration set', () => {
  const what = 'configuration set of e-mails'
  const to = (isEnabled: boolean, isEventBridge: boolean): MailDestinationFacts => ({ isEnabled, isEventBridge })
  const SENDING = `ok ${what}: sending`
  const DEAF = `fail ${what}: no events go to EventBridge, bounces are not heard of — deploy the stack again`

  test.each<[Looked<boolean | null>, Looked<readonly MailDestinationFacts[] | null>, string[]]>([
    [seen(true), seen([to(false, true), to(true, true)]), [SENDING, `ok ${what}: events go to EventBridge`]],
    [seen(true), seen([to(false, true), to(true, false)]), [SENDING, DEAF]],
    [seen(true), seen([]), [SENDING, DEAF]],
    [seen(false), seen([]), [`fail ${what}: sending is switched off — deploy the stack again`, DEAF]],
    [seen(null), seen(null), [`fail ${what}: does not exist — deploy the stack again`]],
    [DENIED, DENIED, [`warn ${what} — ${ADD}`, `warn ${what}, its events — ${ADD}`]],
  ])('%j, %j', (sending, destinations, expected) => {
    expect(judgeMailConfigurationSet(sending, destinations).map(line)).toEqual(expected)
  })
})

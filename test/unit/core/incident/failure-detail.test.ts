import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureDetail } from '../../../../shared/core/incident/failure-detail.ts'

const said = (text: string, known: string[] = []) => failureDetail(text, known).detail

describe('what may stay', () => {
  it.each([
    'a landline cannot receive this',
    'on the suppression list (BOUNCE)',
    'Bounce Permanent General',
    'TEXT_CARRIER_UNREACHABLE',
    'SES SendEmail: come back: ProvisionedThroughputExceededException, ECONNRESET, 503',
    'SMS SendTextMessage: set-up: ConflictException, MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT, 409, 0a1b2c3d-1111-2222-3333-123456789012',
    'ExpiredTokenException, 403',
  ])('%s', (text) => {
    expect(said(text)).toBe(text)
  })
})

describe('phone numbers go', () => {
  it.each([
    '+4915112345678',
    '+49 151 1234-5678',
    '+49 (0)30 / 123 456 7',
    '(030) 1234567',
    '0049.151.12345678',
    '030‑1234‑567',
    '0151 1234567',
    '＋４９１５１１２３４５６７８',
    '+49\u200b1511234567',
    '+1-202-555-0100',
    '1234567',
  ])('%s', (number) => {
    expect(said(`the number ${number}: blocked`)).toBe('the number [number]: blocked')
  })

  it('also where they stand against other words', () => {
    expect(said('tel:+491511234567,to=+491511234567;x491511234567y')).not.toMatch(/\d{3}/)
  })
})

describe('e-mail addresses go', () => {
  it.each([
    'ana@example.com',
    'ana.b+c@mail.example.co.uk',
    "o'brien@example.com",
    '"ana b"@example.com',
    'ana%40example.com',
    'ana＠example.com',
    'anä@exämple.de',
    'a\u00adna@example.com',
  ])('%s', (address) => {
    expect(said(`no mailbox ${address} here`)).toBe('no mailbox [address] here')
  })

  it('also in angle brackets', () => {
    expect(said('550 <ana@example.com> unknown')).toBe('550 <[address]> unknown')
  })
})

describe('secrets go', () => {
  it.each([
    ['see https://hooks.example.com/services/T0/B0/abc for more', 'see [link] for more'],
    ['Authorization: Bearer abc.def', 'Authorization: [secret]'],
    ['sent Bearer abc', 'sent bearer [secret]'],
    ['{"token":"abc","ok":false}', '{"token: [secret]","ok":false}'],
    ['api_key=abc refused', 'api_key: [secret] refused'],
    ['MY_LONG_SECRET=abcdef', 'MY_LONG_SECRET: [secret]'],
    ['key AKIAIOSFODNN7EXAMPLE is off', 'key [secret] is off'],
    ['by eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlMQ==', 'by [secret]'],
    ['routing 0123456789abcdef0123456789abcdef unknown', 'routing [secret] unknown'],
    ['token-0a1b2c3d-1111-2222-3333-123456789012', '[secret]'],
  ])('%s', (text, expected) => {
    expect(said(text)).toBe(expected)
  })

  it('and what is known, whatever it looks like', () => {
    expect(said('#war-room is archived, says #war-room', ['#war-room', ''])).toBe(
      '[address] is archived, says [address]',
    )
  })
})

describe('the length', () => {
  it('is 200 characters on one line', () => {
    expect(said(`one\n\n\ttwo\u0000three`)).toBe('one two three')
    expect(said(`${'word '.repeat(39)}words`)).toHaveLength(200)
    expect(said(`${'word '.repeat(40)}w`)).toMatch(/^(word ){39}word…$/)
  })

  it('of nothing is nothing', () => {
    expect(failureDetail(' \n')).toEqual({})
  })

  it.each(['😀'.repeat(300), `${'a'.repeat(198)}😀😀`, `a\ud83d${'b '.repeat(300)}`])(
    'cuts no sign in half: %s',
    (text) => {
      const detail = said(text) ?? ''
      expect([...detail]).toHaveLength(200)
      expect(detail.isWellFormed()).toBe(true)
    },
  )

  it('hides any number in any surroundings', () => {
    const digits = fc.stringMatching(/^\+[1-9]\d{7,14}$/)
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), digits, fc.string({ maxLength: 60 }), (before, number, after) => {
        expect(said(`${before}${number}${after}`) ?? '').not.toContain(number.slice(1))
      }),
    )
  })

  it('is soon found of a very long text', () => {
    const from = performance.now()
    for (const one of ['a', '1', '@', 'a1', '"', '1-', 'a.', ' ']) said(one.repeat(20_000))
    expect(performance.now() - from).toBeLessThan(2000)
  })
})

import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  earliest,
  epochMs,
  instantOf,
  latest,
  parseInstant,
  plusMs,
  plusSeconds,
  secondsBetween,
} from '../../../../shared/core/time/instant.ts'

const [A, B] = ['2026-03-28T02:12:07.000Z', '2026-03-28T02:12:08.500Z']

describe('parseInstant', () => {
  test.each([
    ['2026-12-24T00:00+01:00', '2026-12-23T23:00:00.000Z'],
    ['2027-03-15T12:30Z', '2027-03-15T12:30:00.000Z'],
    ['2028-02-29T12:00:00.123456789Z', '2028-02-29T12:00:00.123Z'],
    ['2027-01-01T00:30:00+05:30', '2026-12-31T19:00:00.000Z'],
  ])('%s is %s', (text, at) => expect(parseInstant(text)).toBe(at))

  test.each(['2027-02-29T00:00Z', '2027-04-31T00:00Z', '2027-03-15T12:30', '2027-03-15', 'now', ''])(
    '%j is no instant',
    (text) => expect(() => parseInstant(text)).toThrow(RangeError),
  )
})

test('milliseconds there and back, and steps', () => {
  expect(instantOf(epochMs(A))).toBe(A)
  expect(plusMs(A, 1_500)).toBe(B)
  expect(plusSeconds(A, -7)).toBe('2026-03-28T02:12:00.000Z')
  expect(secondsBetween(A, B)).toBe(1.5)
})

test('the earliest and the latest of those that are set', () => {
  expect(earliest(null, B, A, undefined)).toBe(A)
  expect(latest(null, A, B, A, undefined)).toBe(B)
  expect(earliest(null, undefined)).toBeNull()
  expect(latest()).toBeNull()
})

describe('the reckoning of common instants says what Temporal says', () => {
  const epochMsOfTemporal = (text: string) => Temporal.Instant.from(text).epochMilliseconds
  const writtenByTemporal = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toString({ fractionalSecondDigits: 3 })
  const orRefused = <Result>(read: () => Result) => {
    try {
      return read()
    } catch (error) {
      return (error as Error).constructor
    }
  }
  const sameAsTemporal = (text: string) => {
    expect(orRefused(() => epochMs(text))).toEqual(orRefused(() => epochMsOfTemporal(text)))
    expect(orRefused(() => parseInstant(text))).toEqual(orRefused(() => writtenByTemporal(epochMsOfTemporal(text))))
  }

  const [FIRST_MS, END_MS] = [-62_167_219_200_000, 253_402_300_800_000]
  const DAY_MS = 86_400_000
  const number = (min: number, max: number, length = 2) =>
    fc.integer({ min, max }).map((value) => String(value).padStart(length, '0'))
  const fraction = fc.oneof(
    fc.constant(''),
    fc.stringMatching(/^[.]\d{1,9}$/),
    fc.constantFrom('.', '.0000000000', ',5', '.5a'),
  )
  const year = fc.oneof(number(0, 9999, 4), fc.constantFrom('0000', '1900', '2000', '2028', '2100', '-00001', '+12026'))
  const zone = fc.oneof(
    { weight: 9, arbitrary: fc.constant('Z') },
    fc.constantFrom('', 'z', '+01:00', 'ZZ', 'Z\n', ' '),
  )
  const nearly = fc
    .tuple(year, number(0, 13), number(0, 32), number(0, 25), number(0, 61), number(0, 61), fraction, zone)
    .map(
      ([y, month, day, hour, minute, second, rest, z]) => `${y}-${month}-${day}T${hour}:${minute}:${second}${rest}${z}`,
    )
  const validMs = fc.integer({ min: FIRST_MS, max: END_MS - 1 })

  test('for texts that are instants, or nearly', () => {
    fc.assert(fc.property(nearly, sameAsTemporal), { numRuns: 2000 })
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), sameAsTemporal))
  })

  test('for instants with one character put in place of another', () => {
    const at = fc.nat(23)
    const character = fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom(...'0123456789TZ:.-'))
    const broken = fc
      .tuple(validMs, at, character)
      .map(([ms, index, other]) => writtenByTemporal(ms).replace(/./g, (own, i) => (i === index ? other : own)))
    fc.assert(fc.property(broken, sameAsTemporal), { numRuns: 1000 })
  })

  test('for every day of four centuries and those at both ends, there and back', () => {
    const sameDays = (first: number, days: number) => {
      for (let ms = first; ms < first + days * DAY_MS; ms += DAY_MS) {
        const text = writtenByTemporal(ms)
        if (instantOf(ms) !== text || epochMs(text) !== ms) throw new Error(text)
      }
    }
    expect(() => sameDays(epochMsOfTemporal('1800-01-01T23:59:59.999Z'), 146_097)).not.toThrow()
    expect(() => sameDays(FIRST_MS, 800)).not.toThrow()
    expect(() => sameDays(END_MS - 400 * DAY_MS, 400)).not.toThrow()
  })

  test('for milliseconds, also where no instant or no year of four digits is', () => {
    const odd = fc.constantFrom(FIRST_MS - 1, FIRST_MS, END_MS - 1, END_MS, -0, -1, 0.5, Number.NaN, 8.64e15 + 1)
    fc.assert(
      fc.property(fc.oneof(validMs, odd, fc.maxSafeInteger(), fc.double()), (ms) => {
        expect(orRefused(() => instantOf(ms))).toEqual(orRefused(() => writtenByTemporal(ms)))
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    '2028-02-29T00:00:00.000Z',
    '2027-02-29T00:00:00.000Z',
    '2100-02-29T00:00:00.000Z',
    '2027-02-30T00:00:00.000Z',
    '2027-04-31T00:00:00.000Z',
    '2027-13-01T00:00:00.000Z',
    '2027-00-01T00:00:00.000Z',
    '2027-01-00T00:00:00.000Z',
    '2016-12-31T23:59:60.000Z',
    '2027-01-01T24:00:00.000Z',
    '2027-01-01T00:60:00.000Z',
    '1969-12-31T23:59:59.9999Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999999Z',
  ])('for %s', sameAsTemporal)
})

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

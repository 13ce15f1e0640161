import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { epochMs, instantOf, plusMs } from '../../../../shared/core/time/instant.ts'
import { shiftAt, shiftMs } from '../../../../shared/core/time/shift.ts'
import { instantOfWall, wallMsOf } from '../../../../shared/core/time/wall-clock.ts'

const HOUR = 3_600_000

describe('shiftMs', () => {
  test.each([
    ['P1W', 168],
    ['P2W', 336],
    ['P1W2D', 216],
    ['P1D', 24],
    ['PT24H', 24],
    ['PT12H', 12],
    ['P1DT12H', 36],
    ['PT90M', 1.5],
    ['PT60M', 1],
    ['P3660D', 87_840],
  ])('%s is %d hours of wall clock', (every, hours) => {
    expect(shiftMs(every)).toBe(hours * HOUR)
  })
  test.each([
    'P',
    'PT',
    'P1DT',
    'P1M',
    'P1Y',
    'PT30S',
    '-P1D',
    'P0D',
    'PT0H',
    'PT59M',
    'P3661D',
    'P1.5D',
    '1W',
    'P1w',
    'weekly',
    '',
  ])('%j is no length of a shift', (every) => {
    expect(shiftMs(every)).toBeNull()
  })
})

describe('shiftAt', () => {
  const weekly = { zone: 'Europe/Berlin', startsAt: '2027-03-01T09:00', every: 'P1W' }
  test.each([
    ['long before', weekly, '2020-01-01T00:00:00.000Z', null, '2027-03-01T08:00:00.000Z'],
    ['one second before', weekly, '2027-03-01T07:59:59.000Z', null, '2027-03-01T08:00:00.000Z'],
    ['at the start', weekly, '2027-03-01T08:00:00.000Z', 0, '2027-03-08T08:00:00.000Z'],
    ['one second before the hand-over', weekly, '2027-03-08T07:59:59.000Z', 0, '2027-03-08T08:00:00.000Z'],
    ['at the hand-over', weekly, '2027-03-08T08:00:00.000Z', 1, '2027-03-15T08:00:00.000Z'],
    ['in the week that loses an hour', weekly, '2027-03-28T12:00:00.000Z', 3, '2027-03-29T07:00:00.000Z'],
    ['after it, still 09:00 on the wall', weekly, '2027-03-29T07:00:00.000Z', 4, '2027-04-05T07:00:00.000Z'],
    ['in the week that gains an hour', weekly, '2027-10-31T12:00:00.000Z', 34, '2027-11-01T08:00:00.000Z'],
    ['sixty years on', weekly, '2087-02-24T08:00:00.000Z', 3_130, '2087-03-03T08:00:00.000Z'],
  ])('%s', (_, plan, at, index, until) => {
    expect(shiftAt(plan, at)).toEqual({ index, until })
  })

  test.each([
    ['a hand-over in the skipped hour moves on', '2027-03-28T01:29:59.000Z', 26, '2027-03-28T01:30:00.000Z'],
    ['and comes then', '2027-03-28T01:30:00.000Z', 27, '2027-03-29T00:30:00.000Z'],
    [
      'one in the repeated hour comes once, the first time',
      '2027-10-31T00:29:59.000Z',
      243,
      '2027-10-31T00:30:00.000Z',
    ],
    ['not again', '2027-10-31T01:30:00.000Z', 244, '2027-11-01T01:30:00.000Z'],
  ])('%s', (_, at, index, until) => {
    expect(shiftAt({ zone: 'Europe/Berlin', startsAt: '2027-03-01T02:30', every: 'P1D' }, at)).toEqual({ index, until })
  })

  test('twelve hours stay twelve hours of the wall clock', () => {
    const plan = { zone: 'America/New_York', startsAt: '2027-03-13T08:00', every: 'PT12H' }
    expect(shiftAt(plan, '2027-03-14T11:59:59.000Z')).toEqual({ index: 1, until: '2027-03-14T12:00:00.000Z' })
    expect(shiftAt(plan, '2027-03-14T12:00:00.000Z')).toEqual({ index: 2, until: '2027-03-15T00:00:00.000Z' })
  })

  test('a day that a zone skips whole is skipped with its shifts (Apia, 2011-12-30)', () => {
    const plan = { zone: 'Pacific/Apia', startsAt: '2011-12-29T06:00', every: 'PT12H' }
    // 18:00 on the 29th is shift 1; shifts 2 and 3 would lie in the skipped day; 06:00 on the 31st is shift 4.
    expect(shiftAt(plan, '2011-12-30T09:59:59.000Z')).toEqual({ index: 1, until: '2011-12-30T16:00:00.000Z' })
    expect(shiftAt(plan, '2011-12-30T16:00:00.000Z')).toEqual({ index: 4, until: '2011-12-31T04:00:00.000Z' })
  })

  test('of the hand-overs after a skipped stretch the earliest is the next', () => {
    // 03:00, 10:00 and 17:00 of the skipped day are moved on to the 31st; shift 4 begins before them, at its 00:00.
    const plan = { zone: 'Pacific/Apia', startsAt: '2011-12-29T20:00', every: 'PT7H' }
    expect(shiftAt(plan, '2011-12-30T09:00:00.000Z')).toEqual({ index: 0, until: '2011-12-30T10:00:00.000Z' })
    expect(shiftAt(plan, '2011-12-30T10:00:00.000Z').index).toBe(4)
  })

  test('a hand-over in a skipped hour does not delay the one after it', () => {
    // 00:45, 01:50, 02:55 (moved on to 03:55), 04:00
    const plan = { zone: 'Europe/Berlin', startsAt: '2027-03-28T00:45', every: 'PT65M' }
    expect(shiftAt(plan, '2027-03-28T00:50:00.000Z')).toEqual({ index: 1, until: '2027-03-28T01:55:00.000Z' })
    expect(shiftAt(plan, '2027-03-28T01:55:00.000Z')).toEqual({ index: 2, until: '2027-03-28T02:00:00.000Z' })
  })

  test('a plan that cannot be read is a fault', () => {
    expect(() => shiftAt({ ...weekly, every: 'P1M' }, '2027-03-01T08:00:00.000Z')).toThrow(RangeError)
  })
})

/** Clock changes of the years 2027 to 2029 and some ordinary days, by zone. */
const CHANGES: Record<string, string[]> = {
  'Europe/Berlin': ['2027-03-28T01:00Z', '2027-10-31T01:00Z', '2029-03-25T01:00Z', '2028-02-29T12:00Z'],
  'America/New_York': ['2027-03-14T07:00Z', '2027-11-07T06:00Z', '2029-11-04T06:00Z', '2028-02-29T12:00Z'],
  'Australia/Lord_Howe': ['2027-04-03T15:00Z', '2027-10-02T15:30Z', '2028-04-01T15:00Z'],
  'Asia/Kolkata': ['2027-03-28T01:00Z', '2028-02-29T12:00Z'],
}
const nearAChange = fc
  .constantFrom(...Object.entries(CHANGES).flatMap(([zone, moments]) => moments.map((moment) => ({ zone, moment }))))
  .chain(({ zone, moment }) =>
    fc.record({
      zone: fc.constant(zone),
      at: fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }).map((minutes) => plusMs(moment, minutes * 60_000)),
    }),
  )
const plans = fc.record({
  startsAt: fc
    .tuple(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 0, max: 24 * 60 - 1 }))
    .map(([day, minute]) => instantOf(Date.UTC(2003, 0, 1) + day * 24 * HOUR + minute * 60_000).slice(0, 16)),
  every: fc.constantFrom('PT1H', 'PT65M', 'PT8H', 'PT12H', 'P1D', 'PT36H', 'P1W', 'P2W', 'P10D'),
})

describe('over clock changes, decades from the start', () => {
  /** The obvious way: every hand-over around `at`, and the last that has come. */
  function slowly(zone: string, plan: { startsAt: string; every: string }, at: string) {
    const [start, step] = [wallMsOf(plan.startsAt), shiftMs(plan.every) ?? Number.NaN]
    const about = Math.floor((epochMs(at) - start) / step)
    const reach = Math.ceil((40 * HOUR) / step) + 1
    const near = Array.from({ length: 2 * reach + 1 }, (_, index) => about - reach + index)
    const numbers = [...new Set([0, ...near.filter((n) => n > 0)])]
    const all = numbers.map((index) => ({ index, from: instantOfWall(zone, start + index * step) }))
    const begun = all.filter(({ from }) => from <= at).at(-1)
    const next = all.map(({ from }) => from).filter((from) => from > at)
    return { index: begun?.index ?? null, until: next.toSorted()[0] }
  }

  test('the same as the obvious way', () => {
    fc.assert(
      fc.property(nearAChange, plans, ({ zone, at }, plan) => {
        expect(shiftAt({ zone, ...plan }, at)).toEqual(slowly(zone, plan, at))
      }),
      { numRuns: 1_500 },
    )
  })

  test('every instant belongs to exactly one shift: one ends where a later one begins', () => {
    fc.assert(
      fc.property(nearAChange, plans, ({ zone, at }, plan) => {
        const { index, until } = shiftAt({ zone, ...plan }, at)
        expect(until > at).toBe(true)
        expect(shiftAt({ zone, ...plan }, plusMs(until, -1)).index).toBe(index)
        expect(shiftAt({ zone, ...plan }, until).index ?? -1).toBeGreaterThan(index ?? -1)
      }),
      { numRuns: 1_500 },
    )
  })
})

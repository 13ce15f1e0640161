import { describe, expect, test } from 'vitest'
import { dailySpanEnd } from '../../../../shared/core/time/daily-span.ts'

const NIGHT = { from: '22:00', until: '07:00' }
const LUNCH = { from: '12:00', until: '13:00' }

describe('dailySpanEnd', () => {
  test.each([
    ['before the evening', NIGHT, '2027-01-15T20:59:59.999Z', null],
    ['the evening begins', NIGHT, '2027-01-15T21:00:00.000Z', '2027-01-16T06:00:00.000Z'],
    ['past midnight', NIGHT, '2027-01-16T02:00:00.000Z', '2027-01-16T06:00:00.000Z'],
    ['the last second', NIGHT, '2027-01-16T05:59:59.000Z', '2027-01-16T06:00:00.000Z'],
    ['the end is outside', NIGHT, '2027-01-16T06:00:00.000Z', null],
    ['over the end of a month and year', NIGHT, '2026-12-31T22:30:00.000Z', '2027-01-01T06:00:00.000Z'],
    ['over a leap day', NIGHT, '2028-02-28T22:30:00.000Z', '2028-02-29T06:00:00.000Z'],
    ['by day: one second before', LUNCH, '2027-01-15T10:59:59.000Z', null],
    ['by day: at', LUNCH, '2027-01-15T11:00:00.000Z', '2027-01-15T12:00:00.000Z'],
    ['by day: the end', LUNCH, '2027-01-15T12:00:00.000Z', null],
    [
      'the night of the skipped hour ends at 07:00 of summer',
      NIGHT,
      '2027-03-27T21:30:00.000Z',
      '2027-03-28T05:00:00.000Z',
    ],
    [
      'the night of the repeated hour ends at 07:00 of winter',
      NIGHT,
      '2027-10-30T20:30:00.000Z',
      '2027-10-31T06:00:00.000Z',
    ],
    [
      'an end in the skipped hour moves on',
      { from: '22:00', until: '02:30' },
      '2027-03-28T00:30:00.000Z',
      '2027-03-28T01:30:00.000Z',
    ],
    [
      'an end in the repeated hour is the first',
      { from: '22:00', until: '02:30' },
      '2027-10-31T00:29:59.000Z',
      '2027-10-31T00:30:00.000Z',
    ],
    ['the second showing is not quiet again', { from: '22:00', until: '02:30' }, '2027-10-31T01:10:00.000Z', null],
    ['a span that the clock skips never holds', { from: '02:30', until: '03:00' }, '2027-03-28T01:30:00.000Z', null],
    ['the same hour twice means never', { from: '22:00', until: '22:00' }, '2027-01-15T21:00:00.000Z', null],
  ])('%s', (_, span, at, end) => {
    expect(dailySpanEnd('Europe/Berlin', span, at)).toBe(end)
  })

  test('a clock that goes back over midnight (Beirut, 00:00 to 23:00)', () => {
    // 2027-10-30 at 21:00Z the clock goes from 24:00 back to 23:00 of the 30th.
    const late = { from: '23:30', until: '00:30' }
    expect(dailySpanEnd('Asia/Beirut', late, '2027-10-30T20:30:00.000Z')).toBe('2027-10-30T22:30:00.000Z')
    expect(dailySpanEnd('Asia/Beirut', late, '2027-10-30T21:10:00.000Z')).toBe('2027-10-30T22:30:00.000Z')
    expect(dailySpanEnd('Asia/Beirut', late, '2027-10-30T22:30:00.000Z')).toBeNull()
  })
})

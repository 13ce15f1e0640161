import { describe, expect, it } from 'vitest'
import { isHourly, warningAt, warningsPassed } from '../../../../shared/core/incident/warning-times.ts'
import { plusMs } from '../../../../shared/core/time/instant.ts'

const ANCHOR_AT = '2027-03-02T10:00:00.000Z'
const anchor = { name: 'awareness', at: ANCHOR_AT, basis: 'presumed' } as const
const stage = { anchor, safeDueAt: '2027-03-05T10:00:00.000Z' }
const TIMES = [
  ANCHOR_AT,
  '2027-03-03T22:00:00.000Z',
  '2027-03-04T16:00:00.000Z',
  '2027-03-05T02:48:00.000Z',
  '2027-03-05T10:00:00.000Z',
  '2027-03-05T11:00:00.000Z',
  '2027-03-05T12:00:00.000Z',
]

describe('warningAt', () => {
  it.each(TIMES.map((at, index) => [index, at] as const))('number %d is at %s', (index, at) => {
    expect(warningAt(stage, index)).toBe(at)
    expect(isHourly(index)).toBe(index > 4)
  })

  it('is never early by parts of a millisecond', () => {
    expect(warningAt({ anchor, safeDueAt: plusMs(ANCHOR_AT, 3) }, 1)).toBe(plusMs(ANCHOR_AT, 2))
  })

  it('is never, while nothing is counted', () => {
    expect(warningAt({ anchor: { ...anchor, at: null }, safeDueAt: null }, 0)).toBeNull()
    expect(warningAt({ anchor, safeDueAt: null }, 0)).toBeNull()
  })
})

describe('warningsPassed', () => {
  it.each(TIMES.map((at, index) => [at, index] as const))('at %s and not a millisecond before', (at, index) => {
    expect(warningsPassed(stage, plusMs(at, -1))).toBe(index)
    expect(warningsPassed(stage, at)).toBe(index + 1)
  })

  it('counts days of hourly warnings without walking over them', () => {
    expect(warningsPassed(stage, '2037-03-05T10:00:00.000Z')).toBe(5 + 3653 * 24)
  })

  it('is none while nothing is counted', () => {
    expect(warningsPassed({ anchor: { ...anchor, at: null }, safeDueAt: null }, '2037-03-05T10:00:00.000Z')).toBe(0)
  })
})

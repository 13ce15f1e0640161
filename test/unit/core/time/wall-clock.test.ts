import { describe, expect, test } from 'vitest'
import { instantOfWall, isKnownZone, offsetMs, wallMsAt, wallMsOf } from '../../../../shared/core/time/wall-clock.ts'

describe('isKnownZone', () => {
  test.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'])(
    '%s is known',
    (zone) => {
      expect(isKnownZone(zone)).toBe(true)
    },
  )
  test.each(['Europe/Berln', '+01:00', 'Z+1', '', ' ', 'Europe/', '__proto__'])('%j is not', (zone) => {
    expect(isKnownZone(zone)).toBe(false)
  })
})

describe('wallMsOf', () => {
  test.each(['2027-02-29T09:00', '2027-04-31T09:00', '2027-13-01T09:00', '2027-03-01T25:00', 'soon'])(
    '%s names no time',
    (text) => {
      expect(() => wallMsOf(text)).toThrow(RangeError)
    },
  )
  test('a leap day is a day', () => {
    expect(wallMsOf('2028-02-29T09:00')).toBe(Date.UTC(2028, 1, 29, 9))
  })
})

describe('instantOfWall', () => {
  test.each([
    ['Europe/Berlin', '2027-01-15T02:30', '2027-01-15T01:30:00.000Z', 'winter'],
    ['Europe/Berlin', '2027-07-15T02:30', '2027-07-15T00:30:00.000Z', 'summer'],
    ['Europe/Berlin', '2027-03-28T01:59', '2027-03-28T00:59:00.000Z', 'just before the skipped hour'],
    ['Europe/Berlin', '2027-03-28T02:30', '2027-03-28T01:30:00.000Z', 'skipped: moved on by an hour'],
    ['Europe/Berlin', '2027-03-28T03:00', '2027-03-28T01:00:00.000Z', 'just after the skipped hour'],
    ['Europe/Berlin', '2027-10-31T02:30', '2027-10-31T00:30:00.000Z', 'shown twice: the first'],
    ['Europe/Berlin', '2027-10-31T03:00', '2027-10-31T02:00:00.000Z', 'just after the repeated hour'],
    ['America/New_York', '2027-03-14T02:30', '2027-03-14T07:30:00.000Z', 'skipped in New York'],
    ['America/New_York', '2027-11-07T01:30', '2027-11-07T05:30:00.000Z', 'shown twice in New York'],
    ['Australia/Lord_Howe', '2027-10-03T02:15', '2027-10-02T15:45:00.000Z', 'skipped by half an hour'],
    ['Asia/Kolkata', '2027-03-28T02:30', '2027-03-27T21:00:00.000Z', 'no daylight saving'],
  ])('%s %s is %s (%s)', (zone, wall, at) => {
    expect(instantOfWall(zone, wallMsOf(wall))).toBe(at)
  })

  test('the wall shows what it was read from, and both hours of autumn alike', () => {
    const wall = wallMsOf('2027-10-31T02:30')
    expect(wallMsAt('Europe/Berlin', '2027-10-31T00:30:00.000Z')).toBe(wall)
    expect(wallMsAt('Europe/Berlin', '2027-10-31T01:30:00.000Z')).toBe(wall)
  })

  test('offsets are those in force at the instant', () => {
    expect(offsetMs('Europe/Berlin', Date.UTC(2027, 2, 28, 0, 59, 59))).toBe(3_600_000)
    expect(offsetMs('Europe/Berlin', Date.UTC(2027, 2, 28, 1))).toBe(7_200_000)
  })
})

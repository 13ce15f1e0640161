import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onCallAt } from '../../../../shared/core/directory/on-call.ts'
import { plusMs } from '../../../../shared/core/time/instant.ts'
import { organisation, person, weekly } from './sample-directory.ts'

const people = [person('ana'), person('ben'), person('cho')]
const directory = organisation({ responders: people })
const week = weekly(['ana', 'ben', 'cho'])

describe('shifts', () => {
  test.each([
    ['before the first', '2027-03-01T07:59:59.999Z', null, 'Gap', '2027-03-01T08:00:00.000Z'],
    ['the first', '2027-03-01T08:00:00.000Z', 'ana', 'OnCall', '2027-03-08T08:00:00.000Z'],
    ['one second before the hand-over', '2027-03-08T07:59:59.000Z', 'ana', 'OnCall', '2027-03-08T08:00:00.000Z'],
    ['at the hand-over', '2027-03-08T08:00:00.000Z', 'ben', 'OnCall', '2027-03-15T08:00:00.000Z'],
    ['round again, in summer time', '2027-03-29T07:00:00.000Z', 'ben', 'OnCall', '2027-04-05T07:00:00.000Z'],
  ])('%s', (_, at, responderId, reason, until) => {
    expect(onCallAt(directory, week, at)).toEqual({ scheduledId: responderId, responderId, reason, until })
  })
})

describe('overrides', () => {
  const span = { responder: 'cho', from: '2027-03-15T12:30:00.000Z', until: '2027-03-15T13:30:00.000Z' }
  const overridden = weekly(['ana', 'ben', 'cho'], {
    overrides: [{ ...span, responder: 'ben', until: '2027-03-15T14:00:00.000Z' }, span],
  })
  // The third week, so that the shift itself is ana's.
  const rotation = { ...overridden, responders: ['ben', 'cho', 'ana'] }
  test.each([
    ['before', '2027-03-15T12:29:59.999Z', 'ana', 'OnCall', '2027-03-15T12:30:00.000Z'],
    ['at: the one listed later wins', '2027-03-15T12:30:00.000Z', 'cho', 'Override', '2027-03-15T13:30:00.000Z'],
    ['its end: the earlier one still holds', '2027-03-15T13:30:00.000Z', 'ben', 'Override', '2027-03-15T14:00:00.000Z'],
    ['after both', '2027-03-15T14:00:00.000Z', 'ana', 'OnCall', '2027-03-22T08:00:00.000Z'],
  ])('%s', (_, at, responderId, reason, until) => {
    expect(onCallAt(directory, rotation, at)).toMatchObject({ responderId, reason, until })
  })

  test('a hand-over beneath an override changes nothing until it ends', () => {
    const rotation = weekly(['ana', 'ben', 'cho'], { zone: 'America/New_York', overrides: [span] })
    // 09:00 in New York is 13:00 in UTC: within the override.
    expect(onCallAt(directory, rotation, '2027-03-15T12:29:59.000Z')).toMatchObject({ until: span.from })
    for (const at of [span.from, '2027-03-15T12:59:59.000Z', '2027-03-15T13:00:00.000Z']) {
      expect(onCallAt(directory, rotation, at)).toMatchObject({ responderId: 'cho', until: span.until })
    }
    expect(onCallAt(directory, rotation, span.until)).toMatchObject({ responderId: 'cho', reason: 'OnCall' })
  })

  test('also before the rotation begins', () => {
    const early = { responder: 'cho', from: '2027-02-01T00:00:00.000Z', until: '2027-02-02T00:00:00.000Z' }
    const at = '2027-02-01T00:00:00.000Z'
    expect(onCallAt(directory, weekly(['ana'], { overrides: [early] }), at)).toEqual({
      scheduledId: 'cho',
      responderId: 'cho',
      reason: 'Override',
      until: early.until,
    })
  })
})

describe('who is away', () => {
  const absence = { from: '2027-03-02T00:00:00.000Z', until: '2027-03-04T00:00:00.000Z', deputy: 'ben' }
  const away = (change: Parameters<typeof person>[1], ...others: ReturnType<typeof person>[]) =>
    organisation({ responders: [person('ana', change), ...others] })
  const at = '2027-03-03T00:00:00.000Z'

  test.each([
    ['before', '2027-03-01T23:59:59.999Z', 'ana', 'OnCall', absence.from],
    ['at', '2027-03-02T00:00:00.000Z', 'ben', 'Deputy', absence.until],
    ['the end is outside', '2027-03-04T00:00:00.000Z', 'ana', 'OnCall', '2027-03-08T08:00:00.000Z'],
  ])('the deputy of the absence: %s', (_, now, responderId, reason, until) => {
    const found = onCallAt(away({ absences: [absence] }, person('ben')), week, now)
    expect(found).toEqual({ scheduledId: 'ana', responderId, reason, until })
  })

  test('an absent deputy is skipped, without chains, until they are back', () => {
    const ben = person('ben', { absences: [{ ...absence, until: '2027-03-03T12:00:00.000Z', deputy: 'cho' }] })
    const found = onCallAt(away({ absences: [absence] }, ben, person('cho')), week, at)
    expect(found).toEqual({
      scheduledId: 'ana',
      responderId: null,
      reason: 'Absent',
      until: '2027-03-03T12:00:00.000Z',
    })
  })

  test('nobody without a deputy, nor for one who is unknown or has left', () => {
    const nobody = { responderId: null, reason: 'Absent' }
    expect(onCallAt(away({ absences: [{ ...absence, deputy: null }] }), week, at)).toMatchObject(nobody)
    expect(onCallAt(away({ absences: [absence] }), week, at)).toMatchObject(nobody)
    expect(onCallAt(away({ absences: [absence] }, person('ben', { leavesAt: at })), week, at)).toMatchObject(nobody)
  })

  test('who leaves is on call until then and not after, absent or not', () => {
    const leaving = away({ leavesAt: at, absences: [{ ...absence, from: at }] }, person('ben'))
    expect(onCallAt(leaving, week, plusMs(at, -1))).toMatchObject({ responderId: 'ana', until: at })
    expect(onCallAt(leaving, week, at)).toMatchObject({ responderId: null, reason: 'Left' })
  })

  test('the deputy of who stands in by an override', () => {
    const override = { responder: 'ana', from: '2027-03-01T00:00:00.000Z', until: '2027-03-03T06:00:00.000Z' }
    const rotation = weekly(['cho'], { overrides: [override] })
    const found = onCallAt(away({ absences: [absence] }, person('ben'), person('cho')), rotation, at)
    expect(found).toEqual({ scheduledId: 'ana', responderId: 'ben', reason: 'Deputy', until: override.until })
  })

  test('a name that the directory does not know is a gap', () => {
    expect(onCallAt(organisation(), week, at)).toMatchObject({ scheduledId: 'ana', responderId: null, reason: 'Gap' })
    expect(onCallAt(directory, weekly([]), at)).toMatchObject({ scheduledId: null, responderId: null, reason: 'Gap' })
  })
})

test('the answer holds until it says, and no other instant is skipped', () => {
  const minutes = fc.integer({ min: 0, max: 30 * 24 * 60 }).map((n) => plusMs('2027-03-10T00:00:00.000Z', n * 60_000))
  const span = fc.tuple(minutes, minutes).filter(([a, b]) => a !== b)
  const ordered = ([a, b]: [string, string]): [string, string] => (a < b ? [a, b] : [b, a])
  const spans = <T>(of: (from: string, until: string, who: string) => T) =>
    fc.array(
      fc.tuple(span, fc.constantFrom('ana', 'ben', 'cho')).map(([edges, who]) => of(...ordered(edges), who)),
      { maxLength: 3 },
    )
  const absences = spans((from, until, deputy) => ({ from, until, deputy }))
  const overrides = spans((from, until, responder) => ({ responder, from, until }))
  const cases = fc.record({
    a: absences,
    b: absences,
    c: absences,
    overrides,
    leavesAt: fc.option(minutes),
    at: minutes,
    into: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  })
  fc.assert(
    fc.property(cases, ({ a, b, c, overrides, leavesAt, at, into }) => {
      const responders = [
        person('ana', { absences: a, leavesAt }),
        person('ben', { absences: b }),
        person('cho', { absences: c }),
      ]
      const rotation = weekly(['ana', 'ben', 'cho'], { every: 'P1D', overrides })
      const now = onCallAt(organisation({ responders }), rotation, at)
      const length = Date.parse(now.until) - Date.parse(at)
      expect(length).toBeGreaterThan(0)
      expect(onCallAt(organisation({ responders }), rotation, plusMs(at, Math.floor(length * into)))).toEqual(now)
    }),
    { numRuns: 500 },
  )
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeDeadline, stageDeadline } from '../../../../shared/core/clocks/deadline.ts'
import type { ObligationStage } from '../../../../shared/core/clocks/obligation.ts'
import { epochMs, instantOf, parseInstant } from '../../../../shared/core/time/instant.ts'

const HOUR = 3_600_000
const STAGE: ObligationStage = {
  id: 'authority',
  what: 'tell',
  anchor: 'awareness',
  deadline: { amount: 72, unit: 'hours', hourExcluded: true },
}
const RAW: ObligationStage = { ...STAGE, deadline: { amount: 24, unit: 'hours', hourExcluded: false } }

describe('computeDeadline', () => {
  it.each([
    ['within an hour', 'Europe/Berlin', '2020-12-22T12:17+01:00', '2020-12-25T13:00+01:00', '2020-12-25T12:17+01:00'],
    ['over Easter', 'Europe/Berlin', '2026-04-02T15:20+02:00', '2026-04-05T16:00+02:00', '2026-04-05T15:20+02:00'],
    [
      'exactly on the hour',
      'Europe/Paris',
      '2026-06-01T09:00+02:00',
      '2026-06-04T10:00+02:00',
      '2026-06-04T09:00+02:00',
    ],
    [
      'a second before the hour',
      'Europe/Paris',
      '2026-06-01T08:59:59+02:00',
      '2026-06-04T09:00+02:00',
      '2026-06-04T08:59:59+02:00',
    ],
    [
      'a millisecond after it',
      'Europe/Paris',
      '2026-06-01T09:00:00.001+02:00',
      '2026-06-04T10:00+02:00',
      '2026-06-04T09:00:00.001+02:00',
    ],
    ['clocks go back', 'Europe/Berlin', '2026-10-24T09:40+02:00', '2026-10-27T09:00+01:00', '2026-10-27T08:40+01:00'],
    [
      'first pass of the repeated hour',
      'Europe/Berlin',
      '2026-10-25T02:30+02:00',
      '2026-10-28T02:00+01:00',
      '2026-10-28T01:30+01:00',
    ],
    [
      'second pass of it',
      'Europe/Berlin',
      '2026-10-25T02:30+01:00',
      '2026-10-28T03:00+01:00',
      '2026-10-28T02:30+01:00',
    ],
    [
      'clocks go forward',
      'Europe/Berlin',
      '2027-03-27T10:15+01:00',
      '2027-03-30T12:00+02:00',
      '2027-03-30T11:15+02:00',
    ],
    [
      'into the skipped hour',
      'Europe/Berlin',
      '2027-03-28T01:30+01:00',
      '2027-03-31T03:00+02:00',
      '2027-03-31T02:30+02:00',
    ],
    [
      'an offset of half an hour',
      'Asia/Kolkata',
      '2026-06-01T09:10+05:30',
      '2026-06-04T10:00+05:30',
      '2026-06-04T09:10+05:30',
    ],
    [
      'a full hour in UTC is none there',
      'Asia/Kolkata',
      '2026-06-01T09:30+05:30',
      '2026-06-04T10:00+05:30',
      '2026-06-04T09:30+05:30',
    ],
    [
      'an offset of 45 minutes',
      'Asia/Kathmandu',
      '2026-06-01T09:10+05:45',
      '2026-06-04T10:00+05:45',
      '2026-06-04T09:10+05:45',
    ],
    ['over a leap day', 'Europe/Dublin', '2028-02-27T23:59+00:00', '2028-03-02T00:00+00:00', '2028-03-01T23:59+00:00'],
    [
      'over the end of a year',
      'Europe/Lisbon',
      '2026-12-30T23:00+00:00',
      '2027-01-03T00:00+00:00',
      '2027-01-02T23:00+00:00',
    ],
  ])('%s', (_case, zone, anchorAt, dueAt, safeDueAt) => {
    const deadline = computeDeadline(STAGE, parseInstant(anchorAt), zone)
    expect(deadline).toMatchObject({ dueAt: parseInstant(dueAt), safeDueAt: parseInstant(safeDueAt) })
  })

  it('counts raw hours where the hour of the event is not excluded', () => {
    const deadline = computeDeadline(RAW, parseInstant('2026-10-24T09:40+02:00'), 'Europe/Berlin')
    expect(deadline.dueAt).toBe(parseInstant('2026-10-25T08:40+01:00'))
    expect(deadline.safeDueAt).toBe(deadline.dueAt)
    expect(deadline.steps.join(' ')).not.toContain('1182/71')
  })

  it('says how it counted, with article and zone', () => {
    const { steps } = computeDeadline(STAGE, parseInstant('2026-04-02T15:20:07+02:00'), 'Europe/Berlin', 'presumed')
    expect(steps[0]).toBe(
      'Counted from 2026-04-02 15:20:07+02:00 in Europe/Berlin (awareness): presumed from the signal, not an admission.',
    )
    expect(steps[1]).toContain('Art. 3(1): the hour of the event is not counted')
    expect(steps[1]).toContain('2026-04-02 16:00:00+02:00')
    expect(steps.join(' ')).toContain('Art. 3(4): a period in hours is not moved by weekends or holidays')
    expect(steps.at(-1)).toContain('2026-04-05 15:20:07+02:00')
  })

  it('says who recorded the moment, or nothing when nobody said', () => {
    const from = (basis: 'recorded' | null) =>
      computeDeadline(STAGE, parseInstant('2026-04-02T15:20Z'), 'UTC', basis).steps[0]
    expect(from('recorded')).toContain('recorded by a person')
    expect(from(null)).toBe('Counted from 2026-04-02 15:20:00+00:00 in UTC (awareness).')
  })

  it('is never stricter in law than the safe reading, nor more than an hour later', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham')
    const moments = fc.integer({ min: epochMs('2020-01-01T00:00Z'), max: epochMs('2040-01-01T00:00Z') })
    fc.assert(
      fc.property(zones, moments, (zone, ms) => {
        const { dueAt, safeDueAt } = computeDeadline(STAGE, instantOf(ms), zone)
        const grace = epochMs(dueAt) - epochMs(safeDueAt)
        expect(epochMs(safeDueAt) - ms).toBe(72 * HOUR)
        expect(grace > 0 && grace <= HOUR).toBe(true)
      }),
    )
  })
})

describe('stageDeadline', () => {
  it('counts from a known anchor', () => {
    const anchor = { name: 'awareness', at: parseInstant('2026-06-01T09:10Z'), basis: 'recorded' } as const
    expect(stageDeadline(STAGE, anchor, 'UTC')).toMatchObject({
      stageId: 'authority',
      anchor,
      dueAt: parseInstant('2026-06-04T10:00Z'),
      safeDueAt: parseInstant('2026-06-04T09:10Z'),
    })
  })

  it('is due at no time before the anchor is known, and says so', () => {
    const deadline = stageDeadline(STAGE, { name: 'awareness', at: null, basis: 'presumed' }, 'UTC')
    expect(deadline).toMatchObject({ dueAt: null, safeDueAt: null })
    expect(deadline.steps).toEqual([expect.stringContaining('awareness')])
  })
})

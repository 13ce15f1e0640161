import { describe, expect, test } from 'vitest'
import {
  availabilityAt,
  nextEdge,
  nightUntil,
  presenceChangesAt,
  quietUntil,
  standInFor,
  verifiedChannels,
} from '../../../../shared/core/directory/availability.ts'
import { organisation, person } from './sample-directory.ts'

const holiday = { from: '2026-12-24T00:00:00.000Z', until: '2027-01-02T00:00:00.000Z', deputy: 'ben' }
const AT = '2026-12-25T00:00:00.000Z'

describe('availabilityAt', () => {
  const ana = person('ana', { absences: [holiday], leavesAt: '2027-06-30T22:00:00.000Z' })
  test.each([
    ['a millisecond before an absence', '2026-12-23T23:59:59.999Z', { available: true }],
    ['at its start', '2026-12-24T00:00:00.000Z', { available: false, reason: 'Absent', deputy: 'ben' }],
    ['one second before its end', '2027-01-01T23:59:59.000Z', { available: false, reason: 'Absent', deputy: 'ben' }],
    ['at its end', '2027-01-02T00:00:00.000Z', { available: true }],
    ['one second before leaving', '2027-06-30T21:59:59.000Z', { available: true }],
    ['having left', '2027-06-30T22:00:00.000Z', { available: false, reason: 'Left', deputy: null }],
  ])('%s', (_, at, expected) => {
    expect(availabilityAt(ana, at)).toEqual(expected)
  })

  test('no channel, or none that is verified', () => {
    const unverified = { id: 'mail', kind: 'email', address: 'ana@example.com', verified: false }
    const expected = { available: false, reason: 'NoVerifiedChannel', deputy: null }
    expect(availabilityAt(person('ana', { channels: [] }), AT)).toEqual(expected)
    expect(availabilityAt(person('ana', { channels: [unverified] }), AT)).toEqual(expected)
  })

  test('absent and without a channel is absent: the deputy counts', () => {
    const both = person('ana', { channels: [], absences: [holiday] })
    expect(availabilityAt(both, AT)).toMatchObject({ reason: 'Absent', deputy: 'ben' })
  })

  test('of absences that overlap the first with a deputy', () => {
    const sick = { ...holiday, deputy: null }
    expect(availabilityAt(person('ana', { absences: [sick, holiday] }), AT)).toMatchObject({ deputy: 'ben' })
    expect(availabilityAt(person('ana', { absences: [sick] }), AT)).toMatchObject({ reason: 'Absent', deputy: null })
  })
})

test('verified channels keep their order', () => {
  const channel = (id: string, verified: boolean) => ({ id, kind: 'email', address: 'ana@example.com', verified })
  const ana = person('ana', { channels: [channel('c', true), channel('b', false), channel('a', true)] })
  expect(verifiedChannels(ana).map(({ id }) => id)).toEqual(['c', 'a'])
})

describe('standInFor', () => {
  const ana = person('ana', { absences: [holiday] })
  const standIn = (...others: ReturnType<typeof person>[]) =>
    standInFor(organisation({ responders: [ana, ...others] }), ana, AT)?.id ?? null

  test('the deputy', () => expect(standIn(person('ben'))).toBe('ben'))
  test('not one who is not in the directory', () => expect(standIn()).toBeNull())
  test('not one who has left', () => expect(standIn(person('ben', { leavesAt: AT }))).toBeNull())
  test('not one who is absent too, nor their deputy', () =>
    expect(standIn(person('ben', { absences: [{ ...holiday, deputy: 'cho' }] }), person('cho'))).toBeNull())
  test('nobody for who is there', () =>
    expect(standInFor(organisation({ responders: [ana, person('ben')] }), ana, holiday.until)).toBeNull())
  test('nobody for who has left', () => {
    const gone = { ...ana, leavesAt: AT }
    expect(standInFor(organisation({ responders: [gone, person('ben')] }), gone, AT)).toBeNull()
  })
})

describe('when it may change', () => {
  test('the next edge of spans, each half-open', () => {
    const spans = [holiday, { from: '2026-12-20T00:00:00.000Z', until: '2026-12-30T00:00:00.000Z' }]
    expect(nextEdge(spans, '2026-12-01T00:00:00.000Z')).toBe('2026-12-20T00:00:00.000Z')
    expect(nextEdge(spans, '2026-12-20T00:00:00.000Z')).toBe('2026-12-24T00:00:00.000Z')
    expect(nextEdge(spans, '2026-12-24T00:00:00.000Z')).toBe('2026-12-30T00:00:00.000Z')
    expect(nextEdge(spans, '2027-01-02T00:00:00.000Z')).toBeNull()
  })

  test('a deputy counts while they stand in', () => {
    const ana = person('ana', { absences: [holiday] })
    const ben = person('ben', { leavesAt: '2026-12-27T00:00:00.000Z' })
    const directory = organisation({ responders: [ana, ben] })
    expect(presenceChangesAt(directory, ana, '2026-12-01T00:00:00.000Z')).toBe(holiday.from)
    expect(presenceChangesAt(directory, ana, AT)).toBe('2026-12-27T00:00:00.000Z')
    expect(presenceChangesAt(directory, ana, '2026-12-27T00:00:00.000Z')).toBe(holiday.until)
    expect(presenceChangesAt(directory, ana, holiday.until)).toBeNull()
    expect(presenceChangesAt(organisation({ responders: [ana] }), ana, AT)).toBe(holiday.until)
  })
})

describe('quiet hours and night', () => {
  const quiet = person('ana', { quietHours: { from: '22:00', until: '07:00' } })
  test('are counted in the own zone', () => {
    expect(quietUntil(quiet, '2027-01-15T21:00:00.000Z')).toBe('2027-01-16T06:00:00.000Z')
    const inKolkata = { ...quiet, zone: 'Asia/Kolkata' }
    expect(quietUntil(inKolkata, '2027-01-15T21:00:00.000Z')).toBe('2027-01-16T01:30:00.000Z')
    expect(quietUntil(inKolkata, '2027-01-16T01:30:00.000Z')).toBeNull()
  })
  test('who has none is never quiet, nor who has the same hour twice', () => {
    expect(quietUntil(person('ana'), '2027-01-15T23:00:00.000Z')).toBeNull()
    const never = person('ana', { quietHours: { from: '00:00', until: '00:00' } })
    expect(quietUntil(never, '2027-01-15T23:00:00.000Z')).toBeNull()
  })
  test('night is 22:00 to 07:00', () => {
    expect(nightUntil('Europe/Berlin', '2027-01-15T20:59:59.000Z')).toBeNull()
    expect(nightUntil('Europe/Berlin', '2027-01-15T21:00:00.000Z')).toBe('2027-01-16T06:00:00.000Z')
    expect(nightUntil('Europe/Berlin', '2027-01-16T06:00:00.000Z')).toBeNull()
  })
})

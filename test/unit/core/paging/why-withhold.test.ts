import { describe, expect, it } from 'vitest'
import { checkBeforeSending } from '../../../../shared/core/paging/why-withhold.ts'
import type { Instant } from '../../../../shared/core/time/instant.ts'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, finding, Given, IC, LEGAL, oneSeat, policy, seatPolicy } from './given.ts'

const both = { roles: [IC, 'engineer'] }

function opened(): Given {
  const policies = [policy([seatPolicy(IC, ['ana', 'ben']), seatPolicy('engineer', ['ana', 'ben'])])]
  const given = new Given(organisation({ responders: [person('ana', both), person('ben', both)], policies }))
  given.open()
  return given
}

function check(given: Given, at: Instant, kind: 'page' | 'check-in' | 'notice' = 'page', effectId = 'inc-1.1.1') {
  return checkBeforeSending(given.state, { effectId, kind, responderId: 'ana' }, given.directory, at)
}

describe('a page', () => {
  it('is still wanted for the seats that wait for it', () => {
    const given = opened()
    expect(check(given, after(1))).toEqual({ send: true, roles: [IC, 'engineer'] })
    given.acknowledge('ana', after(2))
    expect(check(given, after(3))).toEqual({ send: true, roles: ['engineer'] })
  })

  it('is withheld once every seat is taken', () => {
    const given = opened()
    given.acknowledge('ana', after(2))
    given.acknowledge('ben', after(3), 'engineer')
    expect(check(given, after(4))).toEqual({ send: false, reason: 'SeatTaken' })
  })

  it('is withheld when its attempt has ended, or it was sent', () => {
    const given = opened()
    given.when({ type: 'DeclineSeat', role: IC, responderId: 'ana', note: null }, after(2))
    given.when({ type: 'DeclineSeat', role: 'engineer', responderId: 'ana', note: null }, after(2))
    expect(check(given, after(4))).toEqual({ send: false, reason: 'AttemptEnded' })
    const sent = opened()
    sent.deliver(after(1), 'sent')
    expect(check(sent, after(2))).toEqual({ send: false, reason: 'AttemptEnded' })
  })

  it('is withheld when the incident is closed', () => {
    const given = opened()
    given.acknowledge('ana', after(2))
    given.when({ type: 'CloseIncident', responderId: 'ana', note: 'done' }, after(3))
    expect(check(given, after(4))).toEqual({ send: false, reason: 'Closed' })
  })

  it.each([
    ['Absent', { absences: [{ from: after(10), until: after(20), deputy: null }] }, 9, 10],
    ['Left', { leavesAt: after(10) }, 9, 10],
  ] as const)('is withheld when the person is gone: %s', (reason, change, before, from) => {
    const given = new Given(oneSeat([person('ana', change)], ['ana']))
    given.open()
    expect(check(given, after(before)).send).toBe(true)
    expect(check(given, after(from))).toEqual({ send: false, reason })
  })

  it('is withheld when the directory lost the person, or a finding names them', () => {
    const given = opened()
    given.directory = { ...given.directory, responders: [person('ana', { ...both, principals: ['ana'] })] }
    const joined = { ...finding('f', 'ana'), isNew: true, hasWorsened: false, severity: 'SEV1' } as const
    given.when({ type: 'RecordFindings', findings: [joined] }, after(1))
    expect(check(given, after(2))).toEqual({ send: false, reason: 'ConflictOfInterest' })
    given.directory = { ...given.directory, responders: [] }
    expect(check(given, after(2))).toEqual({ send: false, reason: 'Left' })
  })
})

describe('a check-in', () => {
  it('is wanted while it is open', () => {
    const given = new Given(oneSeat([person('ana')], ['ana']))
    given.open()
    given.acknowledge('ana', after(1))
    given.wake(after(1801))
    const effectId = given.seat().checkIn?.calls[0]?.effectId ?? ''
    expect(check(given, after(1802), 'check-in', effectId)).toEqual({ send: true, roles: [IC] })
    given.acknowledge('ana', after(1803))
    expect(check(given, after(1804), 'check-in', effectId)).toEqual({ send: false, reason: 'AttemptEnded' })
  })
})

describe('a notice', () => {
  it('is wanted until it has an outcome, also by who holds no seat', () => {
    const given = new Given(oneSeat([person('ana'), person('lea', { roles: [LEGAL] })], ['ana']))
    given.open()
    given.acknowledge('ana', after(1))
    given.when({ type: 'CloseIncident', responderId: 'ana', note: 'done' }, after(2))
    const joined = { ...finding('f'), isNew: true, hasWorsened: false, severity: 'SEV1' } as const
    given.when({ type: 'RecordFindings', findings: [joined] }, after(3))
    const [effectId = ''] = Object.keys(given.state.unsettled)
    expect(check(given, after(4), 'notice', effectId)).toEqual({ send: true, roles: [] })
    given.deliver(after(5), 'sent')
    expect(check(given, after(6), 'notice', effectId)).toEqual({ send: false, reason: 'AttemptEnded' })
  })
})

import { describe, expect, it } from 'vitest'
import type { Responder } from '../../../../shared/core/directory/directory.ts'
import { epochMs, parseInstant } from '../../../../shared/core/time/instant.ts'
import { organisation, person, weekly } from '../directory/sample-directory.ts'
import { after, finding, Given, HOUR, IC, lines, oneSeat, only, policy, seatPolicy, T0 } from './given.ts'

const engineer = { roles: ['cloud-security-engineer'] }
const away = { from: T0, until: after(24 * HOUR), deputy: null }

function ids(count: number, prefix = 'p'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`)
}

function widening(count: number, change: Partial<Responder> = {}): Given {
  const willing = ids(count).map((id) => person(id, { ...engineer, offDutyCalls: true, ...change }))
  return new Given(oneSeat([person('ana'), ...willing], ['ana']))
}

describe('the order', () => {
  it('on call, then backups, then everybody with the role in the file’s order, then who agreed to off-duty calls', () => {
    const willing = person('zoe', { ...engineer, offDutyCalls: true })
    const people = [willing, person('dan'), person('ana'), person('ben'), person('eve')]
    const given = new Given(oneSeat(people, ['ana', 'ben']))
    given.open()
    given.runUntil(after(25 * 60))
    expect(given.pages.map(({ to, reason }) => `${to} ${reason}`)).toEqual([
      'ana OnCall',
      'ben Backup',
      'dan RoleMember',
      'eve RoleMember',
      'zoe Widened',
    ])
  })

  it('a rotation gives whoever is on call at that moment; listed again by name they are not called twice', () => {
    const rotations = [weekly(['ana', 'ben'])]
    const seat = { ...seatPolicy(IC, []), candidates: [{ rotation: 'commanders' }, { responder: 'ana' }] }
    const people = [person('ana'), person('ben')]
    const given = new Given(organisation({ responders: people, rotations, policies: [policy([seat])] }))
    given.open()
    given.runUntil(after(11 * 60))
    expect(given.pages.map(({ to, reason }) => `${to} ${reason}`)).toEqual([
      'ana OnCall',
      'ben RoleMember',
      'ana OnCall',
    ])
    expect(only(given.events, 'RoundStarted')).toHaveLength(1)
  })

  it('a rotation nobody is on call in, or that the directory lost, costs no time', () => {
    const rotations = [weekly(['ana'], { startsAt: '2028-01-01T09:00' })]
    const candidates = [{ rotation: 'commanders' }, { rotation: 'gone' }, { responder: 'gone' }, { responder: 'ben' }]
    const policies = [policy([{ ...seatPolicy(IC, []), candidates }])]
    const given = new Given(organisation({ responders: [person('ben')], rotations, policies }))
    expect(lines(given.open())).toEqual(['IncidentOpened', 'SeatOpened', 'PageRequested ben/mail Backup'])
  })
})

describe('skipping', () => {
  it('passes over who cannot be called at once, with the reason on the record', () => {
    const people = [
      person('left', { leavesAt: T0 }),
      person('away', { absences: [away] }),
      person('mute', { channels: [] }),
      person('suspect', { principals: ['arn:aws:iam::123456789012:user/suspect'] }),
      person('busy'),
      person('ana'),
    ]
    const given = new Given(oneSeat(people, ['left', 'away', 'mute', 'suspect', 'busy', 'ana']))
    given.holdsElsewhere = new Set(['busy'])
    const events = given.open(T0, { findings: [finding('f', 'suspect')] })
    expect(lines(events).slice(3)).toEqual([
      'CandidateSkipped left Left',
      'CandidateSkipped away Absent',
      'CandidateSkipped mute NoVerifiedChannel',
      'CandidateSkipped suspect ConflictOfInterest',
      'CandidateSkipped busy HoldsAnotherSeat',
      'PageRequested ana/mail Backup',
    ])
  })

  it('who holds a seat elsewhere is called from the second round on', () => {
    const given = new Given(oneSeat([person('busy')], ['busy']))
    given.holdsElsewhere = new Set(['busy'])
    expect(lines(given.open()).at(-1)).toBe('SeatExhausted Exhausted')
    expect(lines(given.wake(after(60)))).toEqual(['RoundStarted NewRound', 'PageRequested busy/mail OnCall'])
  })

  it('an absent candidate’s deputy is tried in their place, with a window of their own', () => {
    const people = [person('ana', { absences: [{ ...away, deputy: 'dep' }] }), person('dep', engineer), person('ben')]
    const given = new Given(oneSeat(people, ['ana', 'ben']))
    expect(lines(given.open()).slice(2)).toEqual(['CandidateSkipped ana Absent', 'PageRequested dep/mail Backup'])
    given.deliver(T0, 'sent')
    expect(given.wake(after(299))).toEqual([])
    expect(lines(given.wake(after(300)))).toEqual(['AttemptEnded dep WindowElapsed', 'PageRequested ben/mail Backup'])
  })

  it('an absent deputy is skipped, without chains', () => {
    const people = [
      person('ana', { absences: [{ ...away, deputy: 'dep' }] }),
      person('dep', { ...engineer, absences: [{ ...away, deputy: 'third' }] }),
      person('third', engineer),
      person('ben'),
    ]
    const events = new Given(oneSeat(people, ['ana', 'ben'])).open()
    expect(lines(events).slice(2)).toEqual([
      'CandidateSkipped ana Absent',
      'CandidateSkipped dep Absent',
      'PageRequested ben/mail Backup',
    ])
  })
})

describe('widening', () => {
  it('calls at most 25 in one step, the rest in the next', () => {
    const given = widening(30)
    given.open()
    given.deliver(T0, 'sent')
    expect(only(given.wake(after(300)), 'PageRequested').map(({ reason }) => reason)).toEqual(Array(25).fill('Widened'))
    given.deliver(after(300), 'sent')
    expect(given.wake(after(599))).toEqual([])
    expect(only(given.wake(after(600)), 'PageRequested')).toHaveLength(5)
  })

  it('does not wait for a step in which nobody can be called', () => {
    const given = widening(30, { absences: [away] })
    given.open()
    given.deliver(T0, 'sent')
    const events = given.wake(after(300))
    expect(only(events, 'CandidateSkipped')).toHaveLength(30)
    expect(lines(events).at(-1)).toBe('SeatExhausted Exhausted')
  })

  it('at SEV3 calls who may be called, and waits for the first to wake when all are in quiet hours', () => {
    const quiet = (until: string) => ({ ...engineer, offDutyCalls: true, quietHours: { from: '11:00', until } })
    const people = [
      person('late', quiet('14:00')),
      person('soon', quiet('13:00')),
      person('day', { ...quiet('11:05') }),
    ]
    const policies = [policy([seatPolicy(IC, [])], { severity: 'SEV3' })]
    const given = new Given(organisation({ responders: people, policies }))
    expect(lines(given.open(T0, { severity: 'SEV3' })).slice(2)).toEqual(['PageRequested day/mail Widened'])
    given.deliver(T0, 'sent')
    expect(lines(given.wake(after(300)))).toEqual([
      'AttemptEnded day WindowElapsed',
      'CandidateDeferred soon QuietHours',
    ])
    expect(given.wakeAt).toBe(parseInstant('2027-03-02T12:00:00Z'))
  })

  it('calls those in quiet hours in the file’s order when they end at once', () => {
    const quiet = { ...engineer, offDutyCalls: true, quietHours: { from: '11:00', until: '13:00' } }
    const policies = [policy([seatPolicy(IC, [])], { severity: 'SEV3' })]
    const given = new Given(organisation({ responders: [person('a', quiet), person('b', quiet)], policies }))
    expect(lines(given.open(T0, { severity: 'SEV3' })).at(-1)).toBe('CandidateDeferred a QuietHours')
    const events = given.wake(parseInstant('2027-03-02T12:00:00Z'))
    expect(lines(events)).toEqual(['PageRequested a/mail Widened', 'PageRequested b/mail Widened'])
  })
})

describe('rounds', () => {
  it.each([
    ['SEV1', [60, 120, 240, 300, 300]],
    ['SEV2', [60, 120, 240, 480, 900, 900]],
    ['SEV4', [60, 120, 240, 480, 900]],
  ] as const)('at %s pauses for %j seconds', (severity, pauses) => {
    const policies = [policy([seatPolicy(IC, [])], { severity })]
    const given = new Given(organisation({ policies }))
    given.open(T0, { severity })
    given.runUntil(after(2 * HOUR))
    const ended = given.commits.flatMap(({ at, events }) =>
      only(events, 'SeatExhausted').map(({ resumesAt }) => (epochMs(resumesAt) - epochMs(at)) / 1000),
    )
    expect(ended.slice(0, pauses.length)).toEqual(pauses)
  })

  it('one round per decision at most, however late it is', () => {
    const given = new Given(organisation({ policies: [policy([seatPolicy(IC, [])])] }))
    given.open()
    const events = given.wake(after(20 * HOUR))
    expect(lines(events)).toEqual(['RoundStarted NewRound', 'SeatExhausted Exhausted'])
    expect(given.wakeAt).toBe(after(20 * HOUR + 120))
  })

  it('the pause ends to the second', () => {
    const given = new Given(oneSeat([person('ana')], ['ana']))
    given.open()
    given.deliver(T0, 'failed')
    expect(given.seat()).toMatchObject({ exhausted: true, engagement: { pausedUntil: after(60) } })
    expect(given.wake(after(59))).toEqual([])
    expect(lines(given.wake(after(60)))).toEqual(['RoundStarted NewRound', 'PageRequested ana/mail OnCall'])
  })

  it('`exhausted` stays while calls go on, until somebody takes the seat', () => {
    const given = new Given(oneSeat([person('ana')], ['ana']))
    given.open()
    given.deliver(T0, 'failed')
    given.wake(after(60))
    expect(given.seat().exhausted).toBe(true)
    given.acknowledge('ana', after(70))
    expect(given.seat()).toMatchObject({ exhausted: false, holder: 'ana', engagement: null })
  })
})

describe('what one decision may do', () => {
  it('passes over a hundred, and the rest in the next decision at the same instant', () => {
    const people = ids(150).map((id) => person(id, { absences: [away] }))
    const given = new Given(oneSeat([...people, person('ana')], ['p0']))
    expect(only(given.open(), 'CandidateSkipped')).toHaveLength(100)
    expect(given.wakeAt).toBe(T0)
    const events = given.wake(T0)
    expect(only(events, 'CandidateSkipped')).toHaveLength(50)
    expect(lines(events).at(-1)).toBe('PageRequested ana/mail RoleMember')
    expect(given.wakeAt).toBe(after(60))
  })

  it('widens two seats at once, and the others in the next decision at the same instant', () => {
    const willing = ids(25).map((id) => person(id, { roles: [], offDutyCalls: true }))
    const roles = ['a', 'b', 'c', 'd']
    const policies = [policy(roles.map((role) => seatPolicy(role, [])))]
    const given = new Given(organisation({ responders: willing, policies }))
    expect(only(given.open(), 'PageRequested')).toHaveLength(50)
    expect(given.wakeAt).toBe(T0)
    expect(new Set(only(given.wake(T0), 'PageRequested').map(({ role }) => role))).toEqual(new Set(['c', 'd']))
    expect(given.wakeAt).toBe(after(60))
  })
})

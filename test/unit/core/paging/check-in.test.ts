import { describe, expect, it } from 'vitest'
import type { Responder } from '../../../../shared/core/directory/directory.ts'
import { parseInstant } from '../../../../shared/core/time/instant.ts'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, Given, HOUR, IC, lines, oneSeat, only, policy, reachable, seatPolicy, T0 } from './given.ts'

const DUE = 10 + 1800

/** Ana holds the seat from 10 s on; her check-in is due 30 min later. */
function held(ana: Responder = person('ana'), others: readonly Responder[] = [person('ben')]): Given {
  const given = new Given(oneSeat([ana, ...others], ['ana', 'ben']))
  given.open()
  given.acknowledge('ana', after(10))
  return given
}

/** The check-in was asked for and stayed unanswered for one window. */
function silent(): Given {
  const given = held()
  given.wake(after(DUE))
  given.deliver(after(DUE), 'sent')
  given.wake(after(DUE + 300))
  return given
}

describe('a seat taken and then silent', () => {
  it.each([
    ['SEV1', 1800],
    ['SEV3', 3600],
  ] as const)('is asked for a sign of life: at %s after %i s', (severity, checkInAfterSeconds) => {
    const policies = [policy([seatPolicy(IC, ['ana'])], { severity, checkInAfterSeconds })]
    const given = new Given(organisation({ responders: [person('ana')], policies }))
    given.open(T0, { severity })
    given.acknowledge('ana', after(10))
    expect(given.wake(after(10 + checkInAfterSeconds - 1))).toEqual([])
    expect(lines(given.wake(after(10 + checkInAfterSeconds)))).toEqual(['CheckInRequested ana/mail'])
  })

  it('is asked over the holder’s channels, spaced over one window', () => {
    const given = held(reachable('ana'))
    given.runUntil(after(DUE + 299))
    const asked = given.commits.flatMap(({ at, events }) =>
      only(events, 'CheckInRequested').map(({ channelId }) => [at, channelId]),
    )
    expect(asked).toEqual([
      [after(DUE), 'mail'],
      [after(DUE + 100), 'sms'],
      [after(DUE + 200), 'voice'],
    ])
  })

  it('unanswered for one window: the search starts again, and the holder stays until replaced', () => {
    const given = held()
    given.wake(after(DUE))
    given.deliver(after(DUE), 'sent')
    expect(given.wake(after(DUE + 299))).toEqual([])
    expect(lines(given.wake(after(DUE + 300)))).toEqual([
      'CheckInMissed ana CheckInUnanswered',
      'CandidateSkipped ana CheckInUnanswered',
      'PageRequested ben/mail Backup',
    ])
    expect(given.seat()).toMatchObject({ holder: 'ana', silent: true, checkIn: null })
    expect(given.acknowledge('ben', after(DUE + 310))[0]?.data).toMatchObject({ replaced: 'ana', acting: false })
    expect(given.seat()).toMatchObject({ holder: 'ben', silent: false, engagement: null })
  })

  it('in the next round the silent holder is called as well', () => {
    const given = silent()
    given.deliver(after(DUE + 300), 'failed')
    expect(lines(given.wake(after(DUE + 360))).at(-1)).toBe('PageRequested ana/mail OnCall')
  })

  it('a check-in that nobody can deliver ends like an unanswered one', () => {
    const given = held()
    given.wake(after(DUE))
    expect(lines(given.deliver(after(DUE + 1), 'refused'))).toContain('CheckInMissed ana CheckInUnanswered')
  })

  it.each([
    ['is away', person('ana', { absences: [{ from: after(60), until: after(9 * HOUR), deputy: null }] })],
    ['has left', person('ana', { leavesAt: after(60) })],
  ])('a holder who %s is not asked: the search starts at once', (_name, ana) => {
    expect(lines(held(ana).wake(after(DUE)))[0]).toBe('CheckInMissed ana CheckInUnanswered')
  })

  it('a holder whom the directory lost while being asked is missed', () => {
    const given = held(reachable('ana'))
    given.wake(after(DUE))
    given.directory = { ...given.directory, responders: [person('ben')] }
    expect(lines(given.wake(after(DUE + 60)))[0]).toBe('CheckInMissed ana CheckInUnanswered')
  })

  it('a channel that is gone by its turn is skipped with its reason', () => {
    const given = held(reachable('ana'))
    given.wake(after(DUE))
    given.deliver(after(DUE), 'sent')
    given.directory = { ...given.directory, responders: [person('ana'), person('ben')] }
    expect(lines(given.wake(after(DUE + 100)))).toEqual(['ChannelSkipped ana NoVerifiedChannel'])
    expect(given.wakeAt).toBe(after(DUE + 150))
  })

  it('waits for the end of quiet hours at SEV3', () => {
    const quiet = { quietHours: { from: '12:00', until: '14:00' } }
    const policies = [policy([seatPolicy(IC, ['ana'])], { severity: 'SEV3', checkInAfterSeconds: 3600 })]
    const given = new Given(organisation({ responders: [person('ana', quiet)], policies }))
    given.open(T0, { severity: 'SEV3' })
    given.acknowledge('ana', after(10))
    const until = parseInstant('2027-03-02T13:00:00Z')
    expect(lines(given.wake(after(3610)))).toEqual(['CheckInPutOff ana QuietHours'])
    expect(given.wakeAt).toBe(until)
    expect(lines(given.wake(until))).toEqual(['CheckInRequested ana/mail'])
  })
})

describe('answering', () => {
  it('acknowledging again while the check-in is open', () => {
    const given = held()
    given.wake(after(DUE))
    expect(lines(given.acknowledge('ana', after(DUE + 5)))).toEqual(['CheckInAnswered ana'])
    expect(given.seat()).toMatchObject({ checkIn: null, checkInDueAt: after(DUE + 5 + 1800) })
    expect(given.state.unsettled).toEqual({})
  })

  it('acknowledging again while silent stops the search', () => {
    const given = silent()
    expect(lines(given.acknowledge('ana', after(DUE + 310)))).toEqual([
      'AttemptEnded ben SeatTaken',
      'CheckInAnswered ana',
    ])
    expect(given.seat()).toMatchObject({ holder: 'ana', silent: false, engagement: null })
    expect(given.state.unsettled).toEqual({})
  })

  it('while no check-in is open acknowledging again is no event', () => {
    expect(held().acknowledge('ana', after(DUE - 1))).toEqual([])
  })

  it('an action at the very moment it comes due answers it before it is asked', () => {
    const given = held()
    expect(lines(given.acknowledge('ana', after(DUE)))).toEqual(['CheckInAnswered ana'])
    expect(given.seat().checkInDueAt).toBe(after(DUE + 1800))
    expect(given.state.unsettled).toEqual({})
  })

  it('any other action of the holder answers it', () => {
    const given = held()
    given.wake(after(DUE))
    const raise = { type: 'ChangeSeverity', severity: 'SEV2', responderId: 'ana', note: 'contained' } as const
    expect(lines(given.when(raise, after(DUE + 5)))).toEqual(['CheckInAnswered ana', 'SeverityLowered ana'])
  })

  it('an action of the holder puts the next check-in off; one of somebody else does not', () => {
    const given = held()
    const change = { type: 'ChangeSeverity', note: 'contained' } as const
    given.when({ ...change, severity: 'SEV2', responderId: 'ana' }, after(600))
    expect(given.seat().checkInDueAt).toBe(after(600 + 1800))
    given.when({ ...change, severity: 'SEV1', responderId: 'ben' }, after(900))
    expect(given.seat().checkInDueAt).toBe(after(600 + 1800))
  })

  it('an action that is refused answers nothing', () => {
    const given = held()
    given.wake(after(DUE))
    given.refusal({ type: 'AcknowledgeSeat', role: 'gone', responderId: 'ana', via: 'api' }, after(DUE + 5))
    expect(given.seat().checkIn).not.toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../../../shared/core/time/instant.ts'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, Given, IC, lines, policy, reachable, seatPolicy, T0 } from './given.ts'

const quiet = { quietHours: { from: '11:00', until: '13:00' } }
const ENDS = parseInstant('2027-03-02T12:00:00Z')
const policies = [
  policy([seatPolicy(IC, ['ana', 'ben'])]),
  policy([seatPolicy(IC, ['ana', 'ben'])], { severity: 'SEV2' }),
  policy([seatPolicy(IC, ['ana', 'ben'])], { severity: 'SEV3' }),
]

function opened(severity: 'SEV1' | 'SEV2' | 'SEV3') {
  const given = new Given(organisation({ responders: [person('ana', quiet), person('ben')], policies }))
  return { given, events: given.open(T0, { severity }) }
}

it.each(['SEV1', 'SEV2'] as const)('a page beats quiet hours at %s', (severity) => {
  expect(lines(opened(severity).events).at(-1)).toBe('PageRequested ana/mail OnCall')
})

describe('at SEV3 quiet means wait, not skip', () => {
  it('the order waits for the end, to the second', () => {
    const { given, events } = opened('SEV3')
    expect(lines(events).at(-1)).toBe('CandidateDeferred ana QuietHours')
    expect(given.wakeAt).toBe(ENDS)
    expect(given.wake(parseInstant('2027-03-02T11:59:59Z'))).toEqual([])
    expect(lines(given.wake(ENDS))).toEqual(['PageRequested ana/mail OnCall'])
  })

  it.each(['SEV1', 'SEV2'] as const)('a raise to %s calls at once, in the same decision', (severity) => {
    const { given } = opened('SEV3')
    const raise = { type: 'ChangeSeverity', severity, responderId: 'ben', note: null } as const
    expect(lines(given.when(raise, after(60)))).toEqual([`SeverityRaised ${severity}`, 'PageRequested ana/mail OnCall'])
  })

  it('other events meanwhile do not call and do not repeat the deferral', () => {
    const { given } = opened('SEV3')
    expect(given.wake(after(60))).toEqual([])
    expect(lines(given.when({ type: 'DeclineSeat', role: IC, responderId: 'ben', note: null }, after(61)))).toEqual([
      'SeatDeclined ben',
    ])
  })

  it('whoever became absent in their quiet hours is skipped at their end', () => {
    const away = { absences: [{ from: after(60), until: after(99_999), deputy: null }] }
    const responders = [person('ana', { ...quiet, ...away }), person('ben')]
    const given = new Given(organisation({ responders, policies }))
    given.open(T0, { severity: 'SEV3' })
    expect(lines(given.wake(ENDS))).toEqual(['CandidateSkipped ana Absent', 'PageRequested ben/mail Backup'])
  })

  it('a channel whose turn comes in them is left out, and the window goes on', () => {
    const evening = reachable('ana', { quietHours: { from: '11:13', until: '13:00' } })
    const given = new Given(organisation({ responders: [evening, person('ben')], policies }))
    given.open(T0, { severity: 'SEV3' })
    given.runUntil(after(300))
    const told = given.commits.flatMap(({ events }) => lines(events)).filter((line) => /Channel|Attempt/.test(line))
    expect(told).toEqual([
      'ChannelSkipped ana QuietHours',
      'ChannelSkipped ana QuietHours',
      'AttemptEnded ana WindowElapsed',
    ])
    expect(given.pages.map(({ to, channel }) => `${to}/${channel}`)).toEqual(['ana/mail', 'ben/mail'])
  })

  it('a check-in that was begun before them is asked anew when they end', () => {
    const evening = reachable('ana', { quietHours: { from: '11:14', until: '13:00' } })
    const hasty = [policy([seatPolicy(IC, ['ana', 'ben'])], { severity: 'SEV3', checkInAfterSeconds: 60 })]
    const given = new Given(organisation({ responders: [evening, person('ben')], policies: hasty }))
    given.open(T0, { severity: 'SEV3' })
    given.acknowledge('ana', after(5))
    given.runUntil(after(3600))
    const told = given.commits.flatMap(({ events }) => lines(events)).filter((line) => line.startsWith('CheckIn'))
    expect(told).toEqual(['CheckInRequested ana/mail', 'CheckInPutOff ana QuietHours'])
    expect(given.wakeAt).toBe(ENDS)
    expect(lines(given.wake(ENDS))).toEqual(['CheckInRequested ana/mail'])
  })

  it('a check-in that is put off while its message is under way is not queued again', () => {
    const evening = reachable('ana', { quietHours: { from: '11:14', until: '13:00' } })
    const hasty = [policy([seatPolicy(IC, ['ana', 'ben'])], { severity: 'SEV3', checkInAfterSeconds: 60 })]
    const given = new Given(organisation({ responders: [evening, person('ben')], policies: hasty }))
    given.open(T0, { severity: 'SEV3' })
    given.acknowledge('ana', after(5))
    given.wake(after(65))
    expect(Object.values(given.state.unsettled).map(({ kind }) => kind)).toEqual(['check-in'])
    given.wake(after(125))
    expect(given.commits.flatMap(({ events }) => lines(events))).toContain('CheckInPutOff ana QuietHours')
    expect(given.state.unsettled).toEqual({})
  })
})

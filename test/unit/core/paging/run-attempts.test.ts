import { describe, expect, it } from 'vitest'
import { organisation, person } from '../directory/sample-directory.ts'
import {
  after,
  finding,
  Given,
  HOUR,
  IC,
  LEGAL,
  lines,
  oneSeat,
  only,
  policy,
  reachable,
  seatPolicy,
  T0,
} from './given.ts'

const people = [reachable('ana'), person('ben'), person('cho')]

function opened(): Given {
  const given = new Given(oneSeat(people, ['ana', 'ben', 'cho']))
  given.open()
  return given
}

describe('a person’s channels', () => {
  it('are tried in their order, spaced over the window; then the next candidate is called', () => {
    const given = opened()
    given.runUntil(after(300))
    expect(given.pages.map(({ at, to, channel }) => [at, `${to}/${channel}`])).toEqual([
      [T0, 'ana/mail'],
      [after(100), 'ana/sms'],
      [after(200), 'ana/voice'],
      [after(300), 'ben/mail'],
    ])
  })

  it('the window starts when a provider has accepted, not before', () => {
    const given = opened()
    given.deliver(after(40), 'sent', 'ana')
    given.provider = () => null
    expect(given.wake(after(139))).toEqual([])
    expect(lines(given.wake(after(140)))).toEqual(['PageRequested ana/sms OnCall'])
  })

  it('60 s without acceptance: the next channel, at last the next candidate', () => {
    const given = opened()
    given.provider = () => null
    expect(given.wake(after(59))).toEqual([])
    given.runUntil(after(180))
    expect(given.pages.map(({ at, to, channel }) => [at, `${to}/${channel}`])).toEqual([
      [T0, 'ana/mail'],
      [after(60), 'ana/sms'],
      [after(120), 'ana/voice'],
      [after(180), 'ben/mail'],
    ])
    expect(only(given.events, 'AttemptEnded')).toEqual([{ role: IC, responderId: 'ana', reason: 'DeliveryFailed' }])
  })

  it('a failure goes to the next channel in the same decision', () => {
    const given = opened()
    expect(lines(given.deliver(after(3), 'failed'))).toEqual([
      'MessageFailed ana DeliveryFailed',
      'PageRequested ana/sms OnCall',
    ])
  })

  it('a permanent refusal marks the channel and moves on at once', () => {
    const given = opened()
    given.deliver(after(3), 'failed')
    expect(lines(given.deliver(after(5), 'refused'))).toEqual([
      'MessageFailed ana ChannelRefused',
      'PageRequested ana/voice OnCall',
    ])
    expect(given.state.refusedChannels).toEqual(['ana/sms'])
  })

  it('a message that bounces after it was accepted reached nobody: on at once, with a window of its own', () => {
    const given = opened()
    const [effectId = ''] = Object.keys(given.state.unsettled)
    given.deliver(after(5), 'sent')
    const bounced = { effectId, kind: 'page', responderId: 'ana', channelId: 'mail', outcome: 'refused' } as const
    const events = given.when({ type: 'RecordDeliveries', deliveries: [{ ...bounced, reason: null }] }, after(50))
    expect(lines(events)).toEqual(['MessageFailed ana ChannelRefused', 'PageRequested ana/sms OnCall'])
    given.deliver(after(55), 'sent')
    expect(given.seat().engagement?.open[0]?.windowStartsAt).toBe(after(55))
  })

  it('a planned channel that the directory lost is skipped with its reason', () => {
    const given = opened()
    given.deliver(T0, 'sent')
    const lost = reachable('ana', {
      channels: [{ id: 'mail', kind: 'email', address: 'a@example.com', verified: true }],
    })
    given.directory = { ...given.directory, responders: [lost, person('ben'), person('cho')] }
    expect(lines(given.wake(after(100)))).toEqual(['ChannelSkipped ana NoVerifiedChannel'])
    expect(given.seat().engagement?.open[0]?.channelsLeft).toEqual(['voice'])
    expect(given.wakeAt).toBe(after(150))
  })

  it('a planned channel that was refused meanwhile, for another seat, is skipped with its reason', () => {
    const policies = [policy([seatPolicy(IC, ['ana']), seatPolicy('engineer', ['ana'])])]
    const given = new Given(organisation({ responders: [reachable('ana')], policies }))
    given.open()
    given.deliver(T0, 'sent')
    const refused = { effectId: 'inc-0.1.1', kind: 'page', responderId: 'ana', channelId: 'sms' } as const
    const delivery = { ...refused, outcome: 'refused', reason: null } as const
    given.when({ type: 'RecordDeliveries', deliveries: [delivery] }, after(30))
    const [first] = only(given.wake(after(100)), 'ChannelSkipped')
    expect(first).toEqual({ role: IC, responderId: 'ana', channelId: 'sms', reason: 'ChannelRefused' })
  })

  it('somebody all of whose channels were refused is ended, and in the next round skipped, with that reason', () => {
    const given = new Given(oneSeat([person('ben')], ['ben']))
    given.open()
    expect(lines(given.deliver(after(2), 'refused'))).toEqual([
      'MessageFailed ben ChannelRefused',
      'AttemptEnded ben ChannelRefused',
      'SeatExhausted Exhausted',
    ])
    expect(lines(given.wake(after(62)))[1]).toBe('CandidateSkipped ben ChannelRefused')
  })
})

describe('an attempt whose person is gone', () => {
  it.each([
    [
      'Absent',
      person('ana', {
        channels: reachable('ana').channels,
        absences: [{ from: after(50), until: after(HOUR), deputy: null }],
      }),
    ],
    ['Left', person('ana', { channels: reachable('ana').channels, leavesAt: after(50) })],
  ])('ends at its next step: %s', (reason, ana) => {
    const given = new Given(oneSeat([ana, person('ben')], ['ana', 'ben']))
    given.open()
    given.deliver(T0, 'sent')
    expect(lines(given.wake(after(100)))).toEqual([`AttemptEnded ana ${reason}`, 'PageRequested ben/mail Backup'])
  })

  it('ends with `Left` when the directory does not know them any more', () => {
    const given = opened()
    given.directory = { ...given.directory, responders: [person('ben')] }
    expect(lines(given.deliver(T0, 'failed')).slice(1)).toEqual([
      'AttemptEnded ana Left',
      'PageRequested ben/mail Backup',
    ])
  })

  it('withheld because of an absence: the deputy is called at once', () => {
    const absences = [{ from: after(1), until: after(HOUR), deputy: 'ben' }]
    const given = new Given(oneSeat([person('ana', { absences }), person('ben')], ['ana']))
    given.open()
    expect(lines(given.deliver(after(2), 'withheld'))).toEqual([
      'MessageWithheld Absent',
      'AttemptEnded ana Absent',
      'PageRequested ben/mail Backup',
    ])
  })

  it('a window that was given keeps its reason, whoever has gone since', () => {
    const ana = person('ana', { leavesAt: after(100) })
    const given = new Given(oneSeat([ana, person('ben')], ['ana', 'ben']))
    given.open()
    given.deliver(T0, 'sent')
    expect(lines(given.wake(after(300)))[0]).toBe('AttemptEnded ana WindowElapsed')
  })
})

describe('an attempt whose person may not hold the seat any more', () => {
  it('ends when they take the seat that excludes it, and the next candidate is called', () => {
    const both = { roles: [IC, LEGAL] }
    const responders = [person('ana', both), person('ben', both)]
    const policies = [policy([seatPolicy(IC, ['ana', 'ben']), seatPolicy(LEGAL, ['ana', 'ben'])])]
    const given = new Given(organisation({ responders, policies }))
    given.open()
    given.deliver(T0, 'sent')
    expect(lines(given.acknowledge('ana', after(10)))).toEqual([
      'SeatAcknowledged ana OnCall',
      'AttemptEnded ana SeatsExclude',
      'PageRequested ben/mail Backup',
    ])
    expect(given.refusal({ type: 'AcknowledgeSeat', role: LEGAL, responderId: 'ana', via: 'api' }, after(11))).toEqual({
      ok: false,
      reason: 'Forbidden',
      why: 'nobody is Incident Commander and Legal Counsel of one incident',
    })
  })

  it('ends when they turn up in a finding', () => {
    const ana = person('ana', { principals: ['arn:aws:iam::123456789012:user/ana'] })
    const given = new Given(oneSeat([ana, person('ben')], ['ana', 'ben']))
    given.open()
    given.deliver(T0, 'sent')
    const joined = { ...finding('f', 'ana'), isNew: true, hasWorsened: false, severity: 'SEV1' } as const
    expect(lines(given.when({ type: 'RecordFindings', findings: [joined] }, after(5))).slice(1)).toEqual([
      'AttemptEnded ana ConflictOfInterest',
      'PageRequested ben/mail Backup',
    ])
  })
})

describe('after an outage nothing cascades', () => {
  it('a wake that comes hours late calls exactly one next person', () => {
    const given = opened()
    given.deliver(T0, 'sent')
    const late = after(5 * HOUR)
    expect(lines(given.wake(late))).toEqual(['AttemptEnded ana WindowElapsed', 'PageRequested ben/mail Backup'])
    expect(given.wakeAt).toBe(after(5 * HOUR + 60))
  })

  it('a page that nobody accepted for hours goes to one next channel', () => {
    const given = opened()
    expect(lines(given.wake(after(5 * HOUR))).filter((line) => line.startsWith('PageRequested'))).toEqual([
      'PageRequested ana/sms OnCall',
    ])
  })

  it('two channels that came due meanwhile are not called together', () => {
    const given = opened()
    given.deliver(T0, 'sent')
    expect(lines(given.wake(after(220)))).toEqual(['PageRequested ana/sms OnCall'])
    given.deliver(after(220), 'sent')
    expect(given.wakeAt).toBe(after(260))
  })
})

import { describe, expect, it } from 'vitest'
import type { RecordFindings } from '../../../../shared/core/incident/commands.ts'
import type { IncidentSeverity } from '../../../../shared/core/severity/severity.ts'
import { organisation, person } from '../directory/sample-directory.ts'
import {
  after,
  finding,
  Given,
  HOUR,
  IC,
  LEGAL,
  lines,
  MINUTE,
  mail,
  only,
  policy,
  seatPolicy,
  sms,
  T0,
} from './given.ts'

const people = [person('ana'), person('lea', { roles: [LEGAL] })]
const policies = [
  policy([seatPolicy(IC, ['ana']), seatPolicy(LEGAL, ['lea'])]),
  policy([seatPolicy(IC, ['ana'])], { severity: 'SEV2' }),
]

function record(key: string, severity: IncidentSeverity | null, isNew = true, hasWorsened = !isNew): RecordFindings {
  return { type: 'RecordFindings', findings: [{ ...finding(key), isNew, hasWorsened, severity }] }
}

function opened(): Given {
  const given = new Given(organisation({ responders: people, policies }))
  given.open(T0, { severity: 'SEV2', findings: [finding('first')] })
  return given
}

function closed(): Given {
  const given = opened()
  given.acknowledge('ana', after(5))
  given.when({ type: 'CloseIncident', responderId: 'ana', note: 'done' }, after(10))
  return given
}

describe('an open incident', () => {
  it('joins a new finding, notes a newer version of one it has', () => {
    const given = opened()
    expect(lines(given.when(record('second', 'SEV2'), after(5)))).toEqual(['FindingJoined'])
    expect(given.state).toMatchObject({ findingCount: 2, lastJoinAt: after(5) })
    expect(lines(given.when(record('second', 'SEV2', false), after(6)))).toEqual(['FindingUpdated'])
    expect(given.state).toMatchObject({ findingCount: 2, lastJoinAt: after(5) })
  })

  it('rises with the worst of them, by itself, and never falls', () => {
    const given = opened()
    const findings = [record('a', 'SEV4'), record('b', 'SEV1'), record('c', 'SEV3')].flatMap((one) => one.findings)
    const events = given.when({ type: 'RecordFindings', findings }, after(5))
    expect(lines(events).slice(3)).toEqual([
      'SeverityRaised SEV1',
      'SeatOpened SeverityRaised',
      'PageRequested lea/mail OnCall',
    ])
    expect(lines(given.when(record('d', 'SEV4'), after(6)))).toEqual(['FindingJoined'])
  })

  it('stays as the Commander has lowered it while a finding only repeats itself', () => {
    const given = opened()
    given.when(record('bad', 'SEV1'), after(5))
    given.acknowledge('ana', after(6))
    given.when({ type: 'ChangeSeverity', severity: 'SEV2', responderId: 'ana', note: 'a test' }, after(7))
    expect(lines(given.when(record('bad', 'SEV1', false, false), after(8)))).toEqual(['FindingUpdated'])
    expect(given.state.severity).toBe('SEV2')
    expect(lines(given.when(record('bad', 'SEV1', false, true), after(9)))).toContain('SeverityRaised SEV1')
  })

  describe('that rises', () => {
    const titled = (key: string, severity: IncidentSeverity, title: string, isNew = true) => {
      const { finding: summary, ...rest } = finding(key)
      return { ...rest, finding: { ...summary, title }, isNew, hasWorsened: !isNew, severity }
    }
    const found = (...findings: RecordFindings['findings']): RecordFindings => ({ type: 'RecordFindings', findings })

    it('is called after the worst of them from then on', () => {
      const given = opened()
      given.when(found(titled('a', 'SEV4', 'A port probe'), titled('b', 'SEV1', 'Keys leaked')), after(5))
      expect(only(given.events, 'SeverityRaised')).toMatchObject([{ title: 'Keys leaked', note: null }])
      expect(given.state.title).toBe('Keys leaked')
    })

    it('also after one that it had, which has worsened', () => {
      const given = opened()
      given.when(found(titled('first', 'SEV1', 'The probe got in', false)), after(5))
      expect(given.state.title).toBe('The probe got in')
    })

    it('keeps its title while it does not rise', () => {
      const given = opened()
      given.when(found(titled('a', 'SEV2', 'Just as bad')), after(5))
      expect(given.state.title).toBe('Sample incident')
    })

    it('bounds the title without breaking a character', () => {
      const given = opened()
      given.when(found(titled('a', 'SEV1', `${'t'.repeat(199)}\u{1f680}!`)), after(5))
      expect(given.state.title).toBe('t'.repeat(199))
    })

    it('keeps the title that a person gave it', () => {
      const given = new Given(organisation({ responders: people, policies }))
      given.open(T0, { severity: 'SEV2', declaredBy: 'ana' })
      given.when(found(titled('a', 'SEV1', 'Keys leaked')), after(5))
      expect(given.state).toMatchObject({ severity: 'SEV1', title: 'Sample incident' })
      expect(only(given.events, 'SeverityRaised')[0]).not.toHaveProperty('title')
    })

    it('tells whoever holds a seat, once a person', () => {
      const twoSeats = policy([seatPolicy(IC, ['ana']), seatPolicy('scribe', ['ana'])], { severity: 'SEV2' })
      const ana = person('ana', { roles: [IC, 'scribe'] })
      const given = new Given(
        organisation({ responders: [ana, ...people.slice(1)], policies: [policies[0] ?? twoSeats, twoSeats] }),
      )
      given.open(T0, { severity: 'SEV2' })
      given.acknowledge('ana', after(1))
      given.acknowledge('ana', after(2), 'scribe')
      expect(lines(given.when(record('bad', 'SEV1'), after(5)))).toEqual([
        'FindingJoined',
        'SeverityRaised SEV1',
        'SeatOpened SeverityRaised',
        'NoticeRequested ana',
        'PageRequested lea/mail OnCall',
      ])
      expect(only(given.events, 'NoticeRequested')).toMatchObject([{ about: 'raised', channelId: 'mail' }])
      expect(only(given.events, 'NoticeRequested')[0]).not.toHaveProperty('reason')
    })

    it('tells nobody who is only being called, and no holder without a channel', () => {
      expect(lines(opened().when(record('bad', 'SEV1'), after(5)))).not.toContain('NoticeRequested ana')
      const given = opened()
      given.acknowledge('ana', after(1))
      given.directory = { ...given.directory, responders: [person('ana', { channels: [] }), ...people.slice(1)] }
      given.when(record('bad', 'SEV1'), after(5))
      expect(only(given.events, 'NoticeRequested')).toEqual([])
    })

    it('does so in quiet hours too, like other notices', () => {
      const asleep = person('ana', { quietHours: { from: '00:00', until: '23:59' } })
      const quiet = [
        policy([seatPolicy(IC, ['ana'])], { severity: 'SEV3' }),
        policy([seatPolicy(IC, ['ana'])], { severity: 'SEV4' }),
      ]
      const given = new Given(organisation({ responders: [asleep], policies: quiet }))
      given.open(T0, { severity: 'SEV4' })
      given.acknowledge('ana', after(1))
      expect(lines(given.when(record('bad', 'SEV3'), after(5)))).toContain('NoticeRequested ana')
    })
  })

  it('a provider’s `resolved` is noted and closes nothing', () => {
    const given = opened()
    expect(lines(given.when(record('first', null, false), after(5)))).toEqual(['FindingUpdated'])
    expect(given.state.status).toBe('open')
  })

  it.each([
    [24 * HOUR - 1, 'joins'],
    [24 * HOUR, 'next-episode'],
    [24 * HOUR + 1, 'next-episode'],
  ])('%i s after the last new finding a new one %s', (seconds, expected) => {
    const outcome = opened().decide(record('late', 'SEV2'), after(seconds))
    if (expected === 'joins') expect(outcome.ok).toBe(true)
    else expect(outcome).toEqual({ ok: false, reason: 'Conflict', why: 'next-episode' })
  })

  it('activity of a finding that it has stays with it, however late', () => {
    expect(opened().decide(record('first', 'SEV2', false), after(90 * HOUR)).ok).toBe(true)
  })
})

describe('a closed incident', () => {
  const CLOSED = 10

  it.each([
    [30 * MINUTE - 1, true],
    [30 * MINUTE, false],
    [30 * MINUTE + 1, false],
  ])('%i s after closing activity reopens it: %s', (seconds, reopens) => {
    const outcome = closed().decide(record('again', 'SEV2'), after(CLOSED + seconds))
    if (reopens) expect(outcome.ok && lines(outcome.events)[0]).toBe('IncidentReopened')
    else expect(outcome).toEqual({ ok: false, reason: 'Conflict', why: 'next-episode' })
  })

  it('reopens with its holders and a notice; the check-in counts anew', () => {
    const given = closed()
    expect(lines(given.when(record('again', 'SEV2'), after(60)))).toEqual([
      'IncidentReopened',
      'NoticeRequested ana',
      'FindingJoined',
    ])
    expect(given.seat()).toMatchObject({ holder: 'ana', engagement: null, checkInDueAt: after(60 + 1800) })
    expect(only(given.events, 'NoticeRequested')[0]).toMatchObject({ about: 'reopened', responderId: 'ana' })
  })

  it('also activity of an old finding reopens it', () => {
    expect(lines(closed().when(record('first', 'SEV2', false), after(60)))[0]).toBe('IncidentReopened')
  })

  it('reopens at a worse severity: new seats are called', () => {
    expect(lines(closed().when(record('again', 'SEV1'), after(60)))).toContain('PageRequested lea/mail OnCall')
  })

  it('says both where it reopens and rises at once, in messages of their own', () => {
    const given = closed()
    given.when(record('again', 'SEV1'), after(60))
    const notices = only(given.events, 'NoticeRequested')
    expect(notices.map(({ responderId, about }) => `${responderId} ${about}`)).toEqual(['ana reopened', 'ana raised'])
    expect(new Set(notices.map(({ effectId }) => effectId)).size).toBe(2)
  })

  it('calls again for a seat that nobody held, and for one whose holder was acting', () => {
    const given = new Given(organisation({ responders: [...people, person('eng', { roles: ['x'] })], policies }))
    given.open()
    given.acknowledge('eng', after(5))
    given.when({ type: 'CloseIncident', responderId: 'eng', note: 'done' }, after(10))
    expect(lines(given.when(record('again', 'SEV1'), after(60)))).toEqual([
      'IncidentReopened',
      'NoticeRequested eng',
      'FindingJoined',
      'PageRequested ana/mail OnCall',
      'PageRequested lea/mail OnCall',
    ])
  })

  it('sends no notice to a holder without a channel', () => {
    const given = closed()
    given.directory = { ...given.directory, responders: [person('ana', { channels: [] })] }
    expect(lines(given.when(record('again', 'SEV2'), after(60)))).toEqual(['IncidentReopened', 'FindingJoined'])
  })

  it('a `resolved` that comes late is noted, and it stays closed', () => {
    const given = closed()
    expect(lines(given.when(record('first', null, false), after(60)))).toEqual(['FindingUpdated'])
    expect(given.state.status).toBe('closed')
  })
})

describe('a notice that fails', () => {
  it('goes to the next channel, and ends with the last', () => {
    const given = closed()
    const phone = { id: 'sms', kind: 'sms', address: '+4915112345678', verified: true }
    const [ana] = people
    given.directory = {
      ...given.directory,
      responders: [person('ana', { channels: [...(ana?.channels ?? []), phone] })],
    }
    given.when(record('again', 'SEV2'), after(60))
    const again = only(given.deliver(after(61), 'failed'), 'NoticeRequested')
    expect(again.map(({ channelId, about }) => `${channelId} ${about}`)).toEqual(['sms reopened'])
    expect(lines(given.deliver(after(62), 'refused'))).toEqual(['MessageFailed ana ChannelRefused'])
  })

  it('does not mix up two that fail at once', () => {
    const given = closed()
    given.directory = {
      ...given.directory,
      responders: [person('ana', { channels: [mail('ana'), sms] }), ...people.slice(1)],
    }
    given.when(record('again', 'SEV1'), after(60))
    const again = only(given.deliver(after(61), 'failed', 'ana'), 'NoticeRequested')
    expect(again.map(({ channelId, about }) => `${channelId} ${about}`)).toEqual(['sms reopened', 'sms raised'])
    expect(new Set(again.map(({ effectId }) => effectId)).size).toBe(2)
  })

  it('withheld because its reader is away it is a failure on the record', () => {
    const given = closed()
    given.when(record('again', 'SEV2'), after(60))
    expect(lines(given.deliver(after(61), 'withheld'))).toEqual(['MessageFailed ana DeliveryFailed'])
    expect(given.state.unsettled).toEqual({})
  })
})

import { describe, expect, it } from 'vitest'
import { parseInstant, plusSeconds } from '../../../../shared/core/time/instant.ts'
import { organisation, person, weekly } from '../directory/sample-directory.ts'
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

/** What users of other pagers reported, told once more with the ending that must hold here. */

const DAY = 24 * HOUR

function rotating(...args: Parameters<typeof weekly>): Given {
  const seat = { ...seatPolicy(IC, []), candidates: [{ rotation: 'commanders' }, { responder: 'ben' }] }
  const rotations = [weekly(...args)]
  const responders = [person('ana'), person('ben'), person('cho')]
  return new Given(organisation({ responders, rotations, policies: [policy([seat])] }))
}

/** Who is paged first by an incident that opens at this instant. */
function firstPaged(given: Given, at: string): string | undefined {
  given.open(parseInstant(at))
  return given.pages[0]?.to
}

describe('missed pages', () => {
  it('a chain that waited for quiet hours goes on by itself when they end', () => {
    const quiet = { quietHours: { from: '11:00', until: '13:00' } }
    const policies = [policy([seatPolicy(IC, ['ana'])], { severity: 'SEV3' })]
    const given = new Given(organisation({ responders: [person('ana', quiet), person('ben')], policies }))
    given.open(T0, { severity: 'SEV3' })
    given.runUntil(parseInstant('2027-03-02T12:05:00Z'))
    expect(given.pages.map(({ at, to }) => [at, to])).toEqual([
      [parseInstant('2027-03-02T12:00:00Z'), 'ana'],
      [parseInstant('2027-03-02T12:05:00Z'), 'ben'],
    ])
  })

  it('an escalation that nobody finishes is never forgotten: every open seat always has its next instant', () => {
    const given = new Given(oneSeat([person('ana')], ['ana']))
    given.open()
    given.runUntil(after(2 * DAY))
    expect(given.pages.length).toBeGreaterThan(250)
    expect(given.wakeAt).not.toBeNull()
  })

  it('one channel failed: the person is called on the next one at once', () => {
    const given = new Given(oneSeat([reachable('ana')], ['ana']))
    given.provider = ({ channelId }) => (channelId === 'mail' ? 'failed' : 'sent')
    given.open()
    given.runUntil(T0)
    expect(given.pages.map(({ at, channel }) => [at, channel])).toEqual([
      [T0, 'mail'],
      [T0, 'sms'],
    ])
  })

  it('a page handed to a queue and then lost is queued again', () => {
    const given = new Given(oneSeat([reachable('ana')], ['ana']))
    given.open()
    expect(lines(given.wake(after(120)))).toContain('EffectsQueuedAgain')
  })

  it('an empty step does not wait', () => {
    const away = { absences: [{ from: T0, until: after(DAY), deputy: null }] }
    const given = new Given(
      oneSeat([person('ana', away), person('ben', { channels: [] }), person('cho')], ['ana', 'ben']),
    )
    given.open()
    expect(given.pages).toEqual([{ at: T0, role: IC, to: 'cho', channel: 'mail', reason: 'RoleMember' }])
  })

  it('the person on call without a working channel: the next is called, and the record says why', () => {
    const unverified = [{ id: 'mail', kind: 'email', address: 'ana@example.com', verified: false }]
    const given = new Given(oneSeat([person('ana', { channels: unverified }), person('ben')], ['ana', 'ben']))
    expect(lines(given.open()).slice(2)).toEqual([
      'CandidateSkipped ana NoVerifiedChannel',
      'PageRequested ben/mail Backup',
    ])
  })

  it('the chain’s advance does not cut off a person’s own later channels', () => {
    const given = new Given(oneSeat([reachable('ana'), person('ben')], ['ana', 'ben']))
    given.open()
    given.runUntil(after(300))
    expect(given.pages.map(({ to, channel }) => `${to}/${channel}`)).toEqual([
      'ana/mail',
      'ana/sms',
      'ana/voice',
      'ben/mail',
    ])
  })
})

describe('duplicates and acknowledging', () => {
  it('two seats of one person are one message', () => {
    const policies = [policy([seatPolicy(IC, ['ana']), seatPolicy('engineer', ['ana'])])]
    const given = new Given(organisation({ responders: [person('ana')], policies }))
    const asked = only(given.open(), 'PageRequested')
    expect(asked.map(({ role }) => role)).toEqual([IC, 'engineer'])
    expect(new Set(asked.map(({ effectId }) => effectId)).size).toBe(1)
    expect(new Set(asked.map(({ bundleId }) => bundleId)).size).toBe(1)
  })

  it('pages stop with the acknowledgement, also those that were planned', () => {
    const given = new Given(oneSeat([reachable('ana'), person('ben')], ['ana', 'ben']))
    given.open()
    given.runUntil(after(150))
    given.acknowledge('ana', after(150))
    const before = given.pages.length
    given.runUntil(after(150 + 1799))
    expect(given.pages).toHaveLength(before)
  })

  it('pages stop with closing', () => {
    const given = new Given(oneSeat([person('ana')], ['ana']))
    given.open()
    given.acknowledge('ana', after(5))
    given.when({ type: 'CloseIncident', responderId: 'ana', note: 'done' }, after(6))
    given.runUntil(after(90 * DAY))
    expect(given.pages).toHaveLength(1)
    expect(given.wakeAt).toBeNull()
  })

  it('a taken seat whose holder answers is never paged again, months later either', () => {
    const given = new Given(oneSeat([person('ana'), person('ben')], ['ana', 'ben']))
    given.open()
    given.acknowledge('ana', after(5))
    for (let at = given.wakeAt; at !== null && at < after(60 * DAY); at = given.wakeAt) {
      given.wake(at)
      given.acknowledge('ana', at)
    }
    expect(given.pages).toHaveLength(1)
  })

  it('acknowledged and forgotten: after a check-in without answer the search starts again', () => {
    const given = new Given(oneSeat([person('ana'), person('ben')], ['ana', 'ben']))
    given.open()
    given.acknowledge('ana', after(0))
    given.runUntil(after(1800 + 300))
    expect(given.pages.map(({ to }) => to)).toEqual(['ana', 'ben'])
  })

  it('the first acknowledgement does not silence the other seats', () => {
    const policies = [policy([seatPolicy(IC, ['ana']), seatPolicy(LEGAL, ['lea', 'lou'])])]
    const people = [person('ana'), person('lea', { roles: [LEGAL] }), person('lou', { roles: [LEGAL] })]
    const given = new Given(organisation({ responders: people, policies }))
    given.open()
    given.acknowledge('ana', after(5))
    given.runUntil(after(305))
    expect(given.pages.filter(({ role }) => role === LEGAL).map(({ to }) => to)).toEqual(['lea', 'lou'])
  })

  it('a storm of findings is one incident and one page a seat', () => {
    const given = new Given(oneSeat([person('ana')], ['ana']))
    given.open(T0, { findings: [finding('f0')] })
    for (let joined = 1; joined <= 200; joined += 1) {
      const one = { ...finding(`f${joined}`), isNew: true, hasWorsened: false, severity: 'SEV1' } as const
      given.when({ type: 'RecordFindings', findings: [one] }, T0)
    }
    expect(given.pages).toHaveLength(1)
  })
})

describe('time and overrides', () => {
  it('daylight saving moves neither the hand-over on the wall nor a window', () => {
    // Clocks go forward on 28 March 2027 in Berlin: the hand-over stays at 09:00 there, an hour earlier in UTC.
    const options = { startsAt: '2027-03-22T09:00' }
    expect(firstPaged(rotating(['ana', 'cho'], options), '2027-03-29T06:59:59Z')).toBe('ana')
    expect(firstPaged(rotating(['ana', 'cho'], options), '2027-03-29T07:00:00Z')).toBe('cho')
    const given = rotating(['ana', 'cho'], options)
    given.open(parseInstant('2027-03-28T00:58:00Z'))
    given.runUntil(parseInstant('2027-03-28T01:03:00Z'))
    expect(given.pages.map(({ to }) => to)).toEqual(['ana', 'ben'])
  })

  it('a hand-over follows its own zone', () => {
    const given = () => rotating(['ana', 'cho'], { zone: 'America/New_York', startsAt: '2027-03-01T09:00' })
    expect(firstPaged(given(), '2027-03-08T13:59:59Z')).toBe('ana')
    expect(firstPaged(given(), '2027-03-08T14:00:00Z')).toBe('cho')
  })

  it.each(Array.from({ length: 8 }, (_, day) => day))('a weekly rotation leaves no hour uncovered: day %i', (day) => {
    for (let hour = 0; hour < 24; hour += 1) {
      const given = rotating(['ana', 'cho'], { startsAt: '2027-03-22T09:00' })
      given.open(plusSeconds(parseInstant('2027-03-25T00:30:00Z'), day * DAY + hour * HOUR))
      expect(given.pages[0]?.reason).toBe('OnCall')
    }
  })

  it('an override counts from its start to its end, and takes a shift now', () => {
    const overrides = [{ responder: 'cho', from: T0, until: after(HOUR) }]
    expect(firstPaged(rotating(['ana'], { overrides }), '2027-03-02T10:12:06Z')).toBe('ana')
    expect(firstPaged(rotating(['ana'], { overrides }), T0)).toBe('cho')
    expect(firstPaged(rotating(['ana'], { overrides }), '2027-03-02T11:12:06Z')).toBe('cho')
    expect(firstPaged(rotating(['ana'], { overrides }), '2027-03-02T11:12:07Z')).toBe('ana')
  })

  it('in a gap the fallback person is called', () => {
    const given = rotating(['ana'], { startsAt: '2027-06-01T09:00' })
    expect(firstPaged(given, T0)).toBe('ben')
  })
})

describe('delivery', () => {
  it('a landline’s refusal is permanent and visible: that channel is not tried again', () => {
    const given = new Given(oneSeat([reachable('ana')], ['ana']))
    given.provider = ({ channelId }) => (channelId === 'sms' ? 'refused' : 'sent')
    given.open()
    given.runUntil(after(3 * HOUR))
    expect(given.pages.filter(({ channel }) => channel === 'sms')).toHaveLength(1)
    expect(given.state.refusedChannels).toEqual(['ana/sms'])
    expect(lines(given.events)).toContain('MessageFailed ana ChannelRefused')
  })

  it('channels are tried in the person’s own order', () => {
    const { channels } = reachable('ana')
    const given = new Given(oneSeat([person('ana', { channels: [...channels].reverse() })], ['ana']))
    given.open()
    given.runUntil(after(299))
    expect(given.pages.map(({ channel }) => channel)).toEqual(['voice', 'sms', 'mail'])
  })

  it('one slow channel holds nobody back: who did not accept within 60 s is passed', () => {
    const given = new Given(oneSeat([person('ana'), person('ben')], ['ana', 'ben']))
    given.provider = ({ to }) => (to === 'ana' ? null : 'sent')
    given.open()
    given.runUntil(after(60))
    expect(given.pages.map(({ at, to }) => [at, to])).toEqual([
      [T0, 'ana'],
      [after(60), 'ben'],
    ])
  })
})

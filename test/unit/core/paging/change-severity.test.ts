import { describe, expect, it } from 'vitest'
import { OBLIGATIONS } from '../../../../shared/content/obligations/catalogue.ts'
import type { IncidentSeverity } from '../../../../shared/core/severity/severity.ts'
import { profile } from '../clocks/sample-incident.ts'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, Given, IC, LEGAL, lines, only, policy, seatPolicy, T0 } from './given.ts'

const people = [person('ana'), person('ben', { roles: ['engineer'] }), person('lea', { roles: [LEGAL] })]
const policies = [
  policy([seatPolicy(IC, ['ana']), seatPolicy('engineer', ['ben']), seatPolicy(LEGAL, ['lea'])]),
  policy([seatPolicy(IC, ['ana']), seatPolicy('engineer', ['ben'])], { severity: 'SEV2' }),
  policy([seatPolicy('engineer', ['ben'], { ackWithinSeconds: 900 })], { severity: 'SEV3', checkInAfterSeconds: 3600 }),
]
const change = (severity: IncidentSeverity, responderId: string, note: string | null = null) =>
  ({ type: 'ChangeSeverity', severity, responderId, note }) as const
const close = (responderId: string) => ({ type: 'CloseIncident', responderId, note: 'contained' }) as const

function opened(severity: IncidentSeverity): Given {
  const given = new Given(organisation({ responders: people, policies }))
  given.open(T0, { severity })
  return given
}

describe('raising', () => {
  it('is anybody’s; new seats are called then', () => {
    const given = opened('SEV2')
    expect(lines(given.when(change('SEV1', 'ben', 'spreads'), after(5)))).toEqual([
      'SeverityRaised SEV1',
      'SeatOpened SeverityRaised',
      'PageRequested lea/mail OnCall',
    ])
  })

  it('tells the other holders, and not whoever did it; the title stays', () => {
    const given = opened('SEV2')
    given.acknowledge('ana', after(1))
    given.acknowledge('ben', after(2), 'engineer')
    expect(lines(given.when(change('SEV1', 'ben', 'spreads'), after(5)))).toEqual([
      'SeverityRaised SEV1',
      'SeatOpened SeverityRaised',
      'NoticeRequested ana',
      'PageRequested lea/mail OnCall',
    ])
    expect(only(given.events, 'NoticeRequested')).toMatchObject([{ about: 'raised' }])
    expect(given.state.title).toBe('Sample incident')
  })

  it('gives open seats the windows and check-ins of the new severity', () => {
    const given = opened('SEV3')
    given.deliver(T0, 'sent')
    given.when(change('SEV2', 'ben'), after(400))
    expect(given.seat('engineer')).toMatchObject({ ackWithinSeconds: 300, checkInAfterSeconds: 1800 })
    expect(lines(given.events)).toContain('AttemptEnded ben WindowElapsed')
  })

  it('counts the check-in from the holder’s last action still', () => {
    const given = opened('SEV3')
    given.acknowledge('ben', after(60), 'engineer')
    given.when(change('SEV2', 'ana'), after(1000))
    expect(given.seat('engineer').checkInDueAt).toBe(after(60 + 1800))
  })

  describe('to SEV1 leaves no pause longer than five minutes', () => {
    /** In a pause of 15 minutes that began at 900 s. */
    function pausing(): Given {
      const given = new Given(
        organisation({ responders: people, policies: [policies[1], policies[0]].flatMap((p) => p ?? []) }),
      )
      given.open(T0, { severity: 'SEV2' })
      given.provider = () => 'failed'
      given.runUntil(after(1000))
      expect(given.seat('engineer').engagement?.pausedUntil).toBe(after(60 + 120 + 240 + 480 + 900))
      return given
    }

    it('counted from its beginning', () => {
      const given = pausing()
      given.when(change('SEV1', 'lea'), after(1001))
      expect(given.seat('engineer').engagement?.pausedUntil).toBe(after(900 + 300))
    })

    it.each([1200, 1700])('and calls at once where these are over, at %i s', (seconds) => {
      const events = lines(pausing().when(change('SEV1', 'lea'), after(seconds)))
      expect(events).toContain('RoundStarted NewRound')
    })
  })

  it('keeps the pace of a seat that the new severity does not have', () => {
    const given = new Given(
      organisation({
        responders: people,
        policies: [policy([seatPolicy(IC, ['ana'])]), ...policies.slice(2)],
      }),
    )
    given.open(T0, { severity: 'SEV3' })
    given.when(change('SEV1', 'ana'), after(5))
    expect(given.seat('engineer')).toMatchObject({ ackWithinSeconds: 900, checkInAfterSeconds: 3600 })
  })
})

describe('lowering', () => {
  it('is the Commander’s, with a reason; seats stay', () => {
    const given = opened('SEV1')
    given.acknowledge('ana', after(5))
    given.acknowledge('ben', after(5), 'engineer')
    expect(lines(given.when(change('SEV3', 'ana', 'contained'), after(6)))).toEqual(['SeverityLowered ana'])
    expect(given.state.seats.map(({ role }) => role)).toEqual([IC, 'engineer', LEGAL])
    expect(given.state.severity).toBe('SEV3')
  })

  it('is refused to others, without a reason, to strangers, and on a closed incident', () => {
    const given = opened('SEV1')
    expect(given.refusal(change('SEV3', 'ana', 'x'), after(5)).reason).toBe('Forbidden')
    given.acknowledge('ana', after(6))
    expect(given.refusal(change('SEV3', 'ben', 'x'), after(7)).reason).toBe('Forbidden')
    expect(given.refusal(change('SEV3', 'ana'), after(7))).toMatchObject({ reason: 'Invalid', field: 'reason' })
    expect(given.refusal(change('SEV3', 'gone', 'x'), after(7)).reason).toBe('NotFound')
    given.when(close('ana'), after(8))
    expect(given.refusal(change('SEV1', 'ana'), after(9)).reason).toBe('Closed')
  })

  it('stays quiet where nothing changes', () => {
    expect(opened('SEV1').when(change('SEV1', 'ben'), after(5))).toEqual([])
  })
})

describe('closing', () => {
  it('SEV1 and SEV2 by the Commander', () => {
    const given = opened('SEV2')
    given.acknowledge('ana', after(5))
    given.acknowledge('ben', after(5), 'engineer')
    expect(given.refusal(close('ben'), after(6)).reason).toBe('Forbidden')
    expect(lines(given.when(close('ana'), after(7)))).toEqual(['IncidentClosed ana'])
    expect(given.state).toMatchObject({ status: 'closed', closedAt: after(7), closedBy: 'ana', unsettled: {} })
    expect(given.wakeAt).toBeNull()
  })

  it('others by anybody who holds a seat', () => {
    const given = opened('SEV3')
    expect(given.refusal(close('ben'), after(5)).reason).toBe('Forbidden')
    given.acknowledge('ben', after(6), 'engineer')
    expect(lines(given.when(close('ben'), after(7)))).toEqual(['IncidentClosed ben'])
  })

  it('stops everything that was being asked', () => {
    const given = opened('SEV1')
    given.acknowledge('ana', after(5))
    given.when(close('ana'), after(6))
    expect(given.state.seats.every(({ engagement, checkIn }) => engagement === null && checkIn === null)).toBe(true)
    expect(given.wake(after(999_999))).toEqual([])
  })

  it('is refused while a clock is provisional', () => {
    const given = new Given(organisation({ responders: people, policies, accounts: [profile()] }))
    given.obligations = OBLIGATIONS
    given.open()
    given.acknowledge('ana', after(5))
    expect(given.state.clocks.length).toBeGreaterThan(0)
    expect(given.refusal(close('ana'), after(6)).reason).toBe('Conflict')
  })

  it('again by the same person is fine, by another it is closed already', () => {
    const given = opened('SEV1')
    given.acknowledge('ana', after(5))
    given.when(close('ana'), after(6))
    expect(given.when(close('ana'), after(7))).toEqual([])
    expect(given.refusal(close('ben'), after(7))).toEqual({ ok: false, reason: 'Closed' })
    expect(given.refusal(close('gone'), after(7)).reason).toBe('NotFound')
  })
})

import { describe, expect, it } from 'vitest'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, finding, Given, IC, LEGAL, lines, oneSeat, policy, seatPolicy, T0 } from './given.ts'

const engineer = { roles: ['cloud-security-engineer'] }
const quiet = { quietHours: { from: '11:00', until: '13:00' } }
const decline = (responderId: string, role = IC) => ({ type: 'DeclineSeat', role, responderId, note: 'ill' }) as const
const escalate = (responderId: string, role = IC) => ({ type: 'EscalateSeat', role, responderId, note: null }) as const
const handOver = (responderId: string, to: string, role = IC) =>
  ({ type: 'HandOverSeat', role, responderId, to, note: null }) as const

function opened(people = [person('ana'), person('ben'), person('cho'), person('eng', engineer)]): Given {
  const given = new Given(oneSeat(people, ['ana', 'ben']))
  given.open()
  given.deliver(T0, 'sent')
  return given
}

function taken(): Given {
  const given = opened()
  given.acknowledge('ana', after(10))
  return given
}

function atNight(names: readonly string[]): Given {
  const responders = [person('ana', quiet), person('ben'), person('cho')]
  const policies = [policy([seatPolicy(IC, names)], { severity: 'SEV3' })]
  const given = new Given(organisation({ responders, policies }))
  given.open(T0, { severity: 'SEV3' })
  return given
}

describe('declining', () => {
  it('calls the next candidate at once; the one who declined is not called again in this round', () => {
    const given = opened()
    expect(lines(given.when(decline('ana'), after(5)))).toEqual(['SeatDeclined ana', 'PageRequested ben/mail Backup'])
    given.runUntil(after(604))
    expect(given.pages.map(({ to }) => to)).toEqual(['ana', 'ben', 'cho'])
  })

  it('lasts for its round', () => {
    const given = opened([person('ana')])
    expect(lines(given.when(decline('ana'), after(5)))).toEqual(['SeatDeclined ana', 'SeatExhausted Exhausted'])
    expect(lines(given.wake(after(65)))).toEqual(['RoundStarted NewRound', 'PageRequested ana/mail OnCall'])
  })

  it('before being called: the search goes on as it is, and passes them over', () => {
    const given = opened()
    expect(lines(given.when(decline('ben'), after(5)))).toEqual(['SeatDeclined ben'])
    expect(lines(given.wake(after(300)))).toEqual([
      'AttemptEnded ana WindowElapsed',
      'PageRequested cho/mail RoleMember',
    ])
  })

  it('by somebody whose quiet hours were waited for ends the waiting', () => {
    const given = atNight(['ana', 'ben'])
    expect(lines(given.when(decline('ana'), after(5)))).toEqual(['SeatDeclined ana', 'PageRequested ben/mail Backup'])
  })

  it('by the holder gives the seat up and starts the search', () => {
    const given = taken()
    expect(lines(given.when(decline('ana'), after(20)))).toEqual(['SeatDeclined ana', 'PageRequested ben/mail Backup'])
    expect(given.seat()).toMatchObject({ holder: null, checkInDueAt: null })
  })

  it('is refused where another holds the seat, the seat or person is unknown, the incident closed', () => {
    const given = taken()
    expect(given.refusal(decline('ben'), after(20))).toEqual({ ok: false, reason: 'HeldByAnother', holder: 'ana' })
    expect(given.refusal(decline('ben', 'gone'), after(20)).reason).toBe('NotFound')
    expect(given.refusal(decline('gone'), after(20)).reason).toBe('NotFound')
    given.when({ type: 'CloseIncident', responderId: 'ana', note: 'done' }, after(30))
    expect(given.refusal(decline('ana'), after(40))).toEqual({ ok: false, reason: 'Closed' })
  })

  it('is on the record also when their turn was over, or they were skipped', () => {
    const away = { absences: [{ from: T0, until: after(3600), deputy: null }] }
    const given = opened([person('ana'), person('ben', away), person('cho')])
    given.runUntil(after(300))
    expect(given.pages.map(({ to }) => to)).toEqual(['ana', 'cho'])
    expect(lines(given.when(decline('ana'), after(301)))).toEqual(['SeatDeclined ana'])
    expect(lines(given.when(decline('ben'), after(302)))).toEqual(['SeatDeclined ben'])
    expect(given.when(decline('ana'), after(303))).toEqual([])
    expect(given.seat().engagement?.open.map(({ responderId }) => responderId)).toEqual(['cho'])
  })

  it('stays quiet the second time in a round, and is heard again in the next', () => {
    const given = opened([person('ana')])
    given.when(decline('ana'), after(5))
    expect(given.when(decline('ana'), after(6))).toEqual([])
    given.wake(after(65))
    expect(lines(given.when(decline('ana'), after(66)))).toEqual(['SeatDeclined ana', 'SeatExhausted Exhausted'])
  })
})

describe('handing over', () => {
  it('calls the other person first; the holder stays until somebody acknowledges', () => {
    const given = taken()
    expect(lines(given.when(handOver('ana', 'cho'), after(20)))).toEqual([
      'SeatHandedOver ana',
      'PageRequested cho/mail HandedOver',
    ])
    expect(given.seat().holder).toBe('ana')
    expect(given.acknowledge('cho', after(30))[0]?.data).toMatchObject({ reason: 'HandedOver', replaced: 'ana' })
    expect(given.seat()).toMatchObject({ holder: 'cho', engagement: null })
  })

  it('goes on to the others, but does not call whoever passed it on', () => {
    const given = taken()
    given.when(handOver('ana', 'cho'), after(20))
    given.deliver(after(20), 'sent')
    expect(lines(given.wake(after(320)))).toEqual([
      'AttemptEnded cho WindowElapsed',
      'CandidateSkipped ana HandedOver',
      'PageRequested ben/mail Backup',
    ])
  })

  it('calls whoever was named although they hold a seat elsewhere', () => {
    const given = taken()
    given.holdsElsewhere = new Set(['cho'])
    expect(lines(given.when(handOver('ana', 'cho'), after(20)))).toEqual([
      'SeatHandedOver ana',
      'PageRequested cho/mail HandedOver',
    ])
  })

  it('whoever was called for it takes it late, too', () => {
    const given = taken()
    given.when(handOver('ana', 'cho'), after(20))
    given.deliver(after(20), 'sent')
    given.wake(after(320))
    expect(lines(given.acknowledge('cho', after(400)))).toEqual(['SeatAcknowledged cho TakenByName'])
  })

  it('whoever was not called for it does not take it over', () => {
    const given = taken()
    given.when(handOver('ana', 'cho'), after(20))
    const refusal = given.refusal({ type: 'AcknowledgeSeat', role: IC, responderId: 'ben', via: 'api' }, after(30))
    expect(refusal).toEqual({ ok: false, reason: 'HeldByAnother', holder: 'ana' })
  })

  it('the holder takes it back', () => {
    const given = taken()
    given.when(handOver('ana', 'cho'), after(20))
    given.acknowledge('ana', after(30))
    expect(given.seat()).toMatchObject({ holder: 'ana', engagement: null })
    expect(given.state.unsettled).toEqual({})
  })

  it('to another person ends the attempt before', () => {
    const given = taken()
    given.when(handOver('ana', 'cho'), after(20))
    expect(lines(given.when(handOver('ana', 'ben'), after(30)))).toEqual([
      'AttemptEnded cho HandedOver',
      'SeatHandedOver ana',
      'PageRequested ben/mail HandedOver',
    ])
  })

  it('to somebody who is being called for the seat already does not call them a second time', () => {
    const given = opened()
    given.acknowledge('eng', after(5))
    expect(given.seat()).toMatchObject({ acting: true, engagement: { open: [{ responderId: 'ana' }] } })
    expect(lines(given.when(handOver('eng', 'ana'), after(20)))).toEqual(['SeatHandedOver eng'])
    expect(given.when(handOver('eng', 'ana'), after(21))).toEqual([])
    expect(given.seat().engagement).toMatchObject({ open: [{ responderId: 'ana', reason: 'HandedOver' }] })
    expect(lines(given.wake(after(300)))).toEqual(['AttemptEnded ana WindowElapsed', 'PageRequested ben/mail Backup'])
    expect(lines(given.acknowledge('ana', after(310)))).toEqual(['SeatAcknowledged ana TakenByName'])
  })

  it('at SEV3 waits for the other person’s quiet hours, who may take it meanwhile', () => {
    const given = atNight(['ben'])
    given.acknowledge('ben', after(5))
    expect(lines(given.when(handOver('ben', 'ana'), after(10)))).toEqual([
      'SeatHandedOver ben',
      'CandidateDeferred ana QuietHours',
    ])
    expect(given.when(handOver('ben', 'ana'), after(11))).toEqual([])
    expect(lines(given.acknowledge('ana', after(12)))).toEqual(['SeatAcknowledged ana TakenByName'])
  })

  it('is refused by others, without a holder, to nobody, and to whoever may not hold it', () => {
    const both = { roles: [IC, LEGAL] }
    const lea = person('lea', both)
    const people = [person('ana'), lea, person('left', { leavesAt: T0 }), person('sus', { principals: ['sus'] })]
    const policies = [policy([seatPolicy(IC, ['ana']), seatPolicy(LEGAL, ['lea'])])]
    const given = new Given(organisation({ responders: people, policies }))
    given.open(T0, { findings: [finding('f', 'sus')] })
    expect(given.refusal(handOver('ana', 'lea'), after(1)).reason).toBe('Conflict')
    expect(given.refusal(handOver('gone', 'lea'), after(1)).reason).toBe('NotFound')
    given.acknowledge('ana', after(2))
    given.acknowledge('lea', after(3), LEGAL)
    expect(given.refusal(handOver('lea', 'ana'), after(4))).toEqual({
      ok: false,
      reason: 'HeldByAnother',
      holder: 'ana',
    })
    expect(given.refusal(handOver('ana', 'gone'), after(4)).reason).toBe('Invalid')
    for (const to of ['lea', 'left', 'sus'])
      expect(given.refusal(handOver('ana', to), after(4)).reason).toBe('Forbidden')
  })

  it('is refused to somebody without the role while somebody is acting', () => {
    const given = opened()
    given.acknowledge('eng', after(5))
    const other = given.directory.responders.map((one) => (one.id === 'cho' ? { ...one, ...engineer } : one))
    given.directory = { ...given.directory, responders: other }
    expect(given.refusal(handOver('eng', 'cho'), after(6)).reason).toBe('Forbidden')
    expect(lines(given.when(handOver('eng', 'ben'), after(7))).at(-1)).toBe('PageRequested ben/mail HandedOver')
  })

  it('stays quiet to oneself, and the second time', () => {
    const given = taken()
    expect(given.when(handOver('ana', 'ana'), after(20))).toEqual([])
    given.when(handOver('ana', 'cho'), after(21))
    expect(given.when(handOver('ana', 'cho'), after(22))).toEqual([])
  })
})

describe('escalating by hand', () => {
  it('goes to the next candidate at once', () => {
    expect(lines(opened().when(escalate('cho'), after(5)))).toEqual([
      'SeatEscalated cho',
      'AttemptEnded ana EscalatedByHand',
      'PageRequested ben/mail Backup',
    ])
  })

  it('does not wait for quiet hours', () => {
    expect(lines(atNight(['ana', 'ben']).when(escalate('cho'), after(5)))).toEqual([
      'SeatEscalated cho',
      'CandidateSkipped ana EscalatedByHand',
      'PageRequested ben/mail Backup',
    ])
  })

  it('ends a pause', () => {
    const given = opened([person('ana')])
    given.when(decline('ana'), after(5))
    expect(lines(given.when(escalate('ana'), after(6)))).toEqual([
      'SeatEscalated ana',
      'RoundStarted NewRound',
      'PageRequested ana/mail OnCall',
    ])
  })

  it('is refused on a taken seat, and where something is unknown', () => {
    const given = taken()
    expect(given.refusal(escalate('ben'), after(20))).toEqual({ ok: false, reason: 'HeldByAnother', holder: 'ana' })
    expect(given.refusal(escalate('ben', 'gone'), after(20)).reason).toBe('NotFound')
  })
})

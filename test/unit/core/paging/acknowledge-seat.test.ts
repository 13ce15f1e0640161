import { describe, expect, it } from 'vitest'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, finding, Given, HOUR, IC, LEGAL, lines, oneSeat, policy, reachable, seatPolicy, T0 } from './given.ts'

const engineer = { roles: ['cloud-security-engineer'] }
const take = (responderId: string, role = IC) => ({ type: 'AcknowledgeSeat', role, responderId, via: 'link' }) as const

function opened(): Given {
  const people = [reachable('ana'), person('ben'), person('eng', { ...engineer, offDutyCalls: true })]
  const given = new Given(oneSeat([...people, person('eva', { ...engineer, offDutyCalls: true })], ['ana']))
  given.open()
  given.deliver(T0, 'sent')
  return given
}

/** After ana and ben did not answer, those who agreed to be called off duty are. */
function openedAndWidened(): Given {
  const given = opened()
  given.runUntil(after(600))
  return given
}

describe('acts', () => {
  it('the one who was called takes the seat; pages for it stop', () => {
    const given = opened()
    expect(given.when(take('ana'), after(20))).toEqual([
      {
        type: 'SeatAcknowledged',
        v: 1,
        data: { role: IC, responderId: 'ana', acting: false, via: 'link', reason: 'OnCall', replaced: null },
      },
    ])
    expect(given.seat()).toMatchObject({ holder: 'ana', acting: false, engagement: null, checkInDueAt: after(1820) })
    expect(given.state.unsettled).toEqual({})
    given.runUntil(after(1819))
    expect(given.pages).toHaveLength(1)
  })

  it('anybody with the role takes it by name', () => {
    expect(lines(opened().when(take('ben'), after(20)))).toEqual(['SeatAcknowledged ben TakenByName'])
  })

  it('a late answer of somebody whose window is over still counts', () => {
    const given = opened()
    given.runUntil(after(300))
    expect(lines(given.when(take('ana'), after(400)))).toEqual(['SeatAcknowledged ana TakenByName'])
  })

  it('stops one seat and nothing else', () => {
    const policies = [policy([seatPolicy(IC, ['ana']), seatPolicy(LEGAL, ['lea'])])]
    const given = new Given(organisation({ responders: [person('ana'), person('lea', { roles: [LEGAL] })], policies }))
    given.open()
    given.when(take('ana'), after(20))
    expect(Object.values(given.state.unsettled).map(({ responderId, roles }) => [responderId, roles])).toEqual([
      ['lea', [LEGAL]],
    ])
    expect(given.seat(LEGAL).engagement?.open).toHaveLength(1)
  })

  it('a person called for two seats stays called for the other', () => {
    const policies = [policy([seatPolicy(IC, ['ana']), seatPolicy('engineer', ['ana'])])]
    const given = new Given(organisation({ responders: [person('ana')], policies }))
    given.open()
    expect(Object.values(given.state.unsettled).map(({ roles }) => roles)).toEqual([[IC, 'engineer']])
    given.when(take('ana'), after(20))
    expect(Object.values(given.state.unsettled).map(({ roles }) => roles)).toEqual([['engineer']])
  })
})

describe('acting', () => {
  it('somebody without the role holds the seat, and only people with the role are still paged, without widening', () => {
    const given = openedAndWidened()
    expect(given.seat().engagement?.open.map(({ responderId }) => responderId)).toEqual(['eng', 'eva'])
    expect(lines(given.when(take('eng'), after(610)))).toEqual([
      'AttemptEnded eva SeatTaken',
      'SeatAcknowledged eng Widened',
      'SeatExhausted Exhausted',
    ])
    expect(given.seat()).toMatchObject({ holder: 'eng', acting: true })
    const before = given.pages.length
    given.runUntil(after(4 * HOUR))
    const called = new Set(given.pages.slice(before).map(({ to }) => to))
    expect(called).toEqual(new Set(['ana', 'ben']))
  })

  it('ends what was asked of others without the role, however they came to be called', () => {
    const people = [person('eng', engineer), person('ana')]
    const given = new Given(oneSeat([...people, person('eva', engineer)], ['eng', 'ana']))
    given.open()
    expect(lines(given.when(take('eva'), after(5)))).toEqual([
      'AttemptEnded eng SeatTaken',
      'SeatAcknowledged eva TakenByName',
      'PageRequested ana/mail Backup',
    ])
  })

  it('does not wait for the quiet hours of somebody without the role', () => {
    const quiet = { quietHours: { from: '11:00', until: '13:00' } }
    const policies = [policy([seatPolicy(IC, ['eng', 'ana'])], { severity: 'SEV3' })]
    const responders = [person('eng', { ...engineer, ...quiet }), person('ana'), person('eva', engineer)]
    const given = new Given(organisation({ responders, policies }))
    expect(lines(given.open(T0, { severity: 'SEV3' })).at(-1)).toBe('CandidateDeferred eng QuietHours')
    expect(lines(given.when(take('eva'), after(5))).at(-1)).toBe('PageRequested ana/mail Backup')
  })

  it('gives way to a qualified person', () => {
    const given = openedAndWidened()
    given.when(take('eng'), after(610))
    expect(given.when(take('ben'), after(620))[0]?.data).toEqual({
      role: IC,
      responderId: 'ben',
      acting: false,
      via: 'link',
      reason: 'TakenByName',
      replaced: 'eng',
    })
    expect(given.seat()).toMatchObject({ holder: 'ben', acting: false, engagement: null })
  })

  it('becomes a holder in full when they have the role by now', () => {
    const given = openedAndWidened()
    given.when(take('eng'), after(610))
    const promoted = given.directory.responders.map((one) => (one.id === 'eng' ? { ...one, roles: [IC] } : one))
    given.directory = { ...given.directory, responders: promoted }
    given.when(take('eng'), after(620))
    expect(given.seat()).toMatchObject({ holder: 'eng', acting: false, engagement: null })
  })
})

describe('refuses', () => {
  it('when the incident is closed, the seat or the person unknown', () => {
    const given = opened()
    expect(given.refusal(take('ana', 'gone'), after(1))).toEqual({ ok: false, reason: 'NotFound', what: 'seat gone' })
    expect(given.refusal(take('gone'), after(1))).toEqual({ ok: false, reason: 'NotFound', what: 'responder gone' })
    given.when(take('ana'), after(1))
    given.when({ type: 'CloseIncident', responderId: 'ana', note: 'done' }, after(2))
    expect(given.refusal(take('ben'), after(3))).toEqual({ ok: false, reason: 'Closed' })
  })

  it('while somebody else holds it, with the name', () => {
    const given = opened()
    given.when(take('ana'), after(1))
    expect(given.refusal(take('ben'), after(2))).toEqual({ ok: false, reason: 'HeldByAnother', holder: 'ana' })
  })

  it('a second acting person, while the first acts', () => {
    const given = openedAndWidened()
    given.when(take('eng'), after(610))
    expect(given.refusal(take('eva'), after(620))).toEqual({ ok: false, reason: 'HeldByAnother', holder: 'eng' })
  })

  it.each([
    ['has left', person('ana', { leavesAt: after(10) }), 'this person has left'],
    ['appears in a finding', person('ana', { principals: ['ana'] }), 'this person appears in a finding'],
  ])('who %s', (_name, ana, why) => {
    const given = new Given(oneSeat([ana, person('ben')], ['ben']))
    given.open(T0, { findings: [finding('f', 'ana')] })
    expect(given.refusal(take('ana'), after(10))).toEqual({ ok: false, reason: 'Forbidden', why })
  })
})

describe('stays quiet', () => {
  it('when the same person acknowledges again', () => {
    const given = opened()
    given.when(take('ana'), after(1))
    expect(given.when(take('ana'), after(2))).toEqual([])
  })

  it('when somebody acting acknowledges again', () => {
    const given = openedAndWidened()
    given.when(take('eng'), after(610))
    expect(given.when(take('eng'), after(620))).toEqual([])
  })

  it('fifty acknowledgements by two people: one holder, one event', () => {
    const given = opened()
    for (let press = 0; press < 50; press += 1) {
      const outcome = given.decide(take(press % 2 === 0 ? 'ana' : 'ben'), after(press))
      if (press === 0) given.when(take('ana'), after(press))
      else if (press % 2 === 0) expect(outcome).toMatchObject({ ok: true, events: [] })
      else expect(outcome).toEqual({ ok: false, reason: 'HeldByAnother', holder: 'ana' })
    }
  })
})

import { describe, expect, it } from 'vitest'
import type { Responder } from '../../../../shared/core/directory/directory.ts'
import type { AbsorbIncident } from '../../../../shared/core/incident/merging-commands.ts'
import type { IncidentState } from '../../../../shared/core/incident/state.ts'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, finding, Given, IC, LEGAL, lines, only, policy, seatPolicy, T0 } from './given.ts'

const people = [
  person('ana'),
  person('ben'),
  person('lea', { roles: [LEGAL] }),
  person('eve', { principals: ['user/eve'] }),
]
const policies = [
  policy([seatPolicy(IC, ['ana', 'ben']), seatPolicy(LEGAL, ['lea'])]),
  policy([seatPolicy(IC, ['ana', 'ben'])], { severity: 'SEV3', checkInAfterSeconds: 3600 }),
]

function opened(severity: 'SEV1' | 'SEV3', responders: readonly Responder[] = people): Given {
  const given = new Given(organisation({ responders: [...responders], policies }))
  given.open(T0, { severity, findings: [finding('own')] })
  return given
}

/** Another incident, with the id of one that comes later. */
function other(change: Partial<IncidentState> = {}, severity: 'SEV1' | 'SEV3' = 'SEV1'): IncidentState {
  const given = opened(severity)
  return { ...given.state, id: 'inc-2', accounts: ['210987654321'], ...change } as IncidentState
}

const heldBy = (holder: string, role = IC) =>
  opened('SEV1').state.seats.map((seat) => (seat.role === role ? { ...seat, holder, engagement: null } : seat))

function absorb(from: IncidentState, change: Partial<AbsorbIncident> = {}): AbsorbIncident {
  return { type: 'AbsorbIncident', from, newFindings: 1, clocks: [], responderId: 'ana', note: 'one attack', ...change }
}

function led(severity: 'SEV1' | 'SEV3'): Given {
  const given = opened(severity)
  given.acknowledge('ana', after(1))
  return given
}

describe('absorbing', () => {
  it('brings accounts, findings, and the severity if it is worse, with the seats that it calls for', () => {
    const given = led('SEV3')
    expect(lines(given.when(absorb(other()), after(5)))).toEqual([
      'IncidentAbsorbed ana',
      'SeverityRaised SEV1',
      'SeatOpened SeverityRaised',
      'PageRequested lea/mail OnCall',
    ])
    expect(given.state).toMatchObject({
      severity: 'SEV1',
      accounts: ['123456789012', '210987654321'],
      findingCount: 2,
      absorbed: [{ id: 'inc-2', upTo: 1, via: null }],
    })
  })

  it('tells the holders that it is worse now, but for whoever merged; the title stays', () => {
    const given = led('SEV3')
    given.when(absorb(other({ title: 'Another', seats: heldBy('ben') }), { responderId: 'ben' }), after(5))
    expect(only(given.events, 'NoticeRequested')).toMatchObject([{ about: 'raised', responderId: 'ana' }])
    expect(given.state.title).toBe('Sample incident')
  })

  it('tells whoever held a seat of the other one where it goes on, once a person, but for whoever merged', () => {
    const given = led('SEV1')
    const seats = other().seats.map((seat) => ({ ...seat, holder: seat.role === IC ? 'ben' : 'lea', engagement: null }))
    const from = other({ seats: [...seats, ...seats.map((seat) => ({ ...seat, role: `${seat.role}-too` }))] })
    given.when(absorb(from, { responderId: 'ben' }), after(5))
    const told = () => only(given.events, 'NoticeRequested')
    expect(told()).toMatchObject([{ about: 'merged', responderId: 'lea' }])
    given.when(absorb({ ...from, findingCount: 7, sequence: 9 }), after(6))
    expect(told()).toHaveLength(1)
  })

  it('tells nobody who only was called, or has left', () => {
    const given = led('SEV1')
    given.when(absorb(other({ seats: [...other().seats, ...heldBy('nobody-any-more')] })), after(5))
    expect(only(given.events, 'NoticeRequested')).toEqual([])
  })

  it('keeps the own severity where that is worse, and opens seats that it does not have', () => {
    const given = led('SEV1')
    const seats = other().seats.map((seat) => (seat.role === LEGAL ? { ...seat, role: 'account-owner' } : seat))
    given.when(absorb(other({ severity: 'SEV3', seats })), after(5))
    expect(given.state.severity).toBe('SEV1')
    expect(given.state.seats.map(({ role }) => role)).toEqual([IC, LEGAL, 'account-owner'])
  })

  it('lets moments only become earlier', () => {
    const given = led('SEV1')
    const early = { signalReceivedAt: after(-900), occurredAt: after(-1000), awarenessAt: after(-800) }
    given.when(absorb(other(early)), after(5))
    expect(given.state).toMatchObject(early)
    given.when(absorb({ ...other({ signalReceivedAt: after(900), occurredAt: null }), id: 'inc-3' }), after(6))
    expect(given.state).toMatchObject(early)
  })

  it('again, when nothing has happened since, changes nothing; what has is brought along once', () => {
    const given = led('SEV1')
    given.when(absorb(other()), after(5))
    expect(given.when(absorb(other(), { responderId: 'ben' }), after(6))).toEqual([])
    const more = other({ findingCount: 2, sequence: 4, accounts: ['333333333333'] })
    given.when(absorb(more, { responderId: 'ben' }), after(7))
    expect(given.state).toMatchObject({ findingCount: 3, absorbed: [{ id: 'inc-2', upTo: 4 }] })
    expect(given.state.accounts).toContain('333333333333')
  })

  it('brings along what the other had absorbed', () => {
    const given = led('SEV1')
    given.when(absorb(other({ absorbed: [{ id: 'inc-9', upTo: 3, print: 'p', via: null }] })), after(5))
    expect(given.state.absorbed).toMatchObject([
      { id: 'inc-2', via: null },
      { id: 'inc-9', upTo: 3, print: null, via: 'inc-2' },
    ])
  })
})

describe('holders', () => {
  it('who has answered keeps an empty seat and is not called again', () => {
    const given = opened('SEV1')
    const events = given.when(absorb(other({ seats: heldBy('ben') }), { responderId: 'ben' }), after(5))
    expect(only(events, 'SeatAcknowledged')).toMatchObject([
      { role: IC, responderId: 'ben', reason: 'HandedOver', via: 'merge', acting: false },
    ])
    expect(given.seat()).toMatchObject({ holder: 'ben', engagement: null })
  })

  it('who is silent keeps the seat by merging: that is a sign of life', () => {
    const given = opened('SEV1')
    const silent = heldBy('ben').map((seat) => ({ ...seat, silent: seat.role === IC }))
    given.when(absorb(other({ seats: silent }), { responderId: 'ben' }), after(5))
    expect(given.seat()).toMatchObject({ holder: 'ben', silent: false, engagement: null })
  })

  it.each<[string, string, Partial<IncidentState>]>([
    ['a seat that is held', 'ana', { seats: heldBy('ben') }],
    ['for whom it is excluded', 'ana', { seats: heldBy('ana', LEGAL) }],
    ['who appears in a finding', 'ana', { seats: heldBy('eve', LEGAL), principals: ['user/eve'] }],
    ['who is silent', 'ana', { seats: heldBy('lea', LEGAL).map((seat) => ({ ...seat, silent: true })) }],
    ['whom nobody knows any more', 'ana', { seats: heldBy('old', LEGAL) }],
  ])('nobody takes over %s', (_what, holder, change) => {
    const given = led('SEV1')
    given.when(absorb(other(change)), after(5))
    expect(given.seat().holder).toBe(holder)
    expect(given.seat(LEGAL)).toMatchObject({ holder: null })
    expect(given.seat(LEGAL).engagement).not.toBeNull()
  })

  it('one with the role takes over from one who acts, and one without it is acting', () => {
    const acting = opened('SEV1')
    acting.acknowledge('lea', after(1))
    expect(acting.seat().acting).toBe(true)
    acting.when(absorb(other({ seats: heldBy('ben') }), { responderId: 'ben' }), after(5))
    expect(acting.seat()).toMatchObject({ holder: 'ben', acting: false })
    const given = led('SEV1')
    given.when(absorb(other({ seats: heldBy('ben', LEGAL) })), after(5))
    expect(given.seat(LEGAL)).toMatchObject({ holder: 'ben', acting: true })
    expect(given.seat(LEGAL).engagement?.open.map(({ responderId }) => responderId)).toEqual(['lea'])
  })
})

describe('is refused', () => {
  it.each<[string, Partial<IncidentState>, object]>([
    ['the other way round', { id: 'inc-0' }, { reason: 'Conflict', why: expect.stringContaining('inc-1 into inc-0') }],
    ['into itself', { id: 'inc-1' }, { reason: 'Conflict', why: expect.stringContaining('itself') }],
    ['of one that was merged elsewhere', { mergedInto: 'inc-11' }, { reason: 'Merged', into: 'inc-11' }],
    ['of a closed one', { status: 'closed' } as Partial<IncidentState>, { reason: 'Conflict' }],
    [
      'beyond what is remembered',
      { absorbed: Array.from({ length: 50 }, (_, place) => ({ id: `x-${place}`, upTo: 1, print: null, via: null })) },
      { reason: 'Conflict', why: expect.stringContaining('50') },
    ],
  ])('%s', (_what, change, expected) => {
    expect(led('SEV1').refusal(absorb(other(change)), after(5))).toMatchObject(expected)
  })

  it('where this one is closed', () => {
    const given = led('SEV1')
    given.when({ type: 'CloseIncident', responderId: 'ana', note: 'over' }, after(2))
    expect(given.refusal(absorb(other()), after(5))).toMatchObject({ reason: 'Conflict' })
  })

  it('to whoever may close neither; SEV3 is anybody’s who holds a seat', () => {
    expect(led('SEV1').refusal(absorb(other(), { responderId: 'ben' }), after(5))).toMatchObject({
      reason: 'Forbidden',
    })
    expect(led('SEV1').refusal(absorb(other(), { responderId: 'nobody' }), after(5))).toMatchObject({
      reason: 'NotFound',
    })
    const gone = led('SEV1')
    gone.directory = { ...gone.directory, responders: people.map((one) => ({ ...one, leavesAt: after(2) })) }
    expect(gone.refusal(absorb(other()), after(5))).toMatchObject({ reason: 'Forbidden' })
    const given = opened('SEV3')
    const mild = other({ severity: 'SEV3', seats: heldBy('lea', LEGAL) })
    given.when(absorb(mild, { responderId: 'lea' }), after(5))
    expect(given.state.absorbed).toHaveLength(1)
  })
})

import { describe, expect, it } from 'vitest'
import { OBLIGATIONS } from '../../../shared/content/obligations/catalogue.ts'
import { decide } from '../../../shared/core/decide.ts'
import { profile } from './clocks/sample-incident.ts'
import { organisation, person } from './directory/sample-directory.ts'
import { after, Given, IC, LEGAL, lines, oneSeat, opening, policy, seatPolicy, T0 } from './paging/given.ts'

function withClock(): Given {
  const people = [person('ana'), person('lea', { roles: [LEGAL] })]
  const policies = [policy([seatPolicy(IC, ['ana']), seatPolicy(LEGAL, ['lea'])])]
  const given = new Given(organisation({ responders: people, policies, accounts: [profile()] }))
  given.obligations = OBLIGATIONS
  return given
}

describe('deciding', () => {
  it('opens, calls for each seat, starts the clocks and warns, in one decision', () => {
    expect(lines(withClock().open())).toEqual([
      'IncidentOpened',
      'SeatOpened',
      'SeatOpened',
      'PageRequested ana/mail OnCall',
      'PageRequested lea/mail OnCall',
      'ClockStarted',
      'ClockWarned lea',
    ])
  })

  it('the instant is the one that is carried in', () => {
    const given = withClock()
    given.open(after(7))
    expect(given.state).toMatchObject({ openedAt: after(7), signalReceivedAt: after(7), lastCommitAt: after(7) })
  })

  it('refuses what concerns no incident, and to open one twice', () => {
    const { directory } = withClock()
    const meta = { incidentId: 'inc-1', sequence: 1, at: T0, actor: 'muster' }
    const context = { now: T0, directory, holdsElsewhere: new Set<string>(), obligations: [] }
    expect(decide(null, { type: 'Wake' }, meta, context)).toEqual({ ok: false, reason: 'NotFound', what: 'incident' })
    const given = withClock()
    given.open()
    expect(given.refusal(opening(), after(1)).reason).toBe('Conflict')
  })

  it('a clock command decides what is due for the seats, too', () => {
    const given = withClock()
    given.open()
    given.deliver(T0, 'failed', 'ana', 'mail')
    const [clock] = given.state.clocks
    const anchor = { name: 'awareness', at: T0 } as const
    const note = { noteId: 'n', noteHash: 'h' }
    const confirm = { type: 'ConfirmClock', clockId: clock?.id ?? '', responderId: 'lea', anchor, note } as const
    const events = lines(given.when(confirm, after(60)))
    expect(events).toContain('ClockConfirmed lea')
    expect(events).toContain('RoundStarted NewRound')
  })

  it('a wake before anything is due stays quiet', () => {
    const given = new Given(oneSeat([person('ana')], ['ana']))
    given.open()
    expect(given.wake(after(59))).toEqual([])
  })
})

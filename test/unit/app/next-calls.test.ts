import { describe, expect, it } from 'vitest'
import { callsForNew, nextCalls } from '../../../shared/app/next-calls.ts'
import { decide } from '../../../shared/core/decide.ts'
import type { Directory, Responder } from '../../../shared/core/directory/directory.ts'
import type { Command } from '../../../shared/core/incident/commands.ts'
import { Draft } from '../../../shared/core/incident/draft.ts'
import type { IncidentState } from '../../../shared/core/incident/state.ts'
import { type Instant, plusSeconds } from '../../../shared/core/time/instant.ts'
import { organisation, person } from '../core/directory/sample-directory.ts'

const NOW = '2027-03-10T10:00:00.000Z'
const NIGHT = '2027-03-10T22:00:00.000Z'
const ROLE = 'incident-commander'

function directoryOf(...responders: Responder[]): Directory {
  const candidates = [{ responder: 'ana' }, { responder: 'ben' }]
  const seats = [{ role: ROLE, ackWithinSeconds: 300, candidates }]
  const policies = (['SEV1', 'SEV3'] as const).map((severity) => ({ severity, checkInAfterSeconds: 1800, seats }))
  return organisation({ responders, policies })
}

const [ana, ben] = [person('ana'), person('ben')]
const directory = directoryOf(ana, ben)

function opened(given: Directory, now = NOW, severity: 'SEV1' | 'SEV3' = 'SEV1'): IncidentState {
  const opening = { title: 'x', severity, groupHash: 'g', groupKey: 'g', episode: 1, accountId: null, declaredBy: null }
  return after(null, given, { type: 'OpenIncident', ...opening, occurredAt: null, findings: [] }, now)
}

function after(state: IncidentState | null, given: Directory, command: Command, now: Instant): IncidentState {
  const meta = { incidentId: 'inc-1', sequence: (state?.sequence ?? 0) + 1, at: now, actor: 'muster' }
  const decision = decide(state, command, meta, { now, directory: given, holdsElsewhere: new Set(), obligations: [] })
  if (!decision.ok || decision.state === null) throw new Error(JSON.stringify(decision))
  return decision.state
}

/** Lets time pass until nobody is left in the round. */
function exhausted(given: Directory): { state: IncidentState; now: Instant } {
  let state = opened(given)
  let now = NOW
  while (!state.seats[0]?.exhausted) {
    now = plusSeconds(now, 60)
    state = after(state, given, { type: 'Wake' }, now)
  }
  return { state, now }
}

describe('nextCalls', () => {
  it('says who is called, until when, and who is next at that moment', () => {
    const state = opened(directory)
    expect(nextCalls(state, directory, NOW)).toEqual([
      {
        role: ROLE,
        status: 'engaging',
        calling: [{ responderId: 'ana', reason: 'OnCall', since: NOW, until: plusSeconds(NOW, 60) }],
        next: { responderId: 'ben', reason: 'Backup', at: plusSeconds(NOW, 60) },
        skipped: [],
        resumesAt: null,
      },
    ])
  })

  it('counts the window once a provider has accepted the page', () => {
    const delivery = {
      effectId: 'inc-1.1.1',
      kind: 'page',
      responderId: 'ana',
      channelId: 'mail',
      outcome: 'sent',
      reason: null,
    } as const
    const at = plusSeconds(NOW, 5)
    const state = after(opened(directory), directory, { type: 'RecordDeliveries', deliveries: [delivery] }, at)
    expect(nextCalls(state, directory, at)[0]?.next?.at).toBe(plusSeconds(at, 300))
  })

  it('names who would be passed over then, and why', () => {
    const absences = [{ from: NOW, until: plusSeconds(NOW, 3600), deputy: null }]
    const given = directoryOf(ana, person('ben', { absences }), person('cho'))
    const [call] = nextCalls(opened(given), given, NOW)
    expect(call).toMatchObject({ next: { responderId: 'cho', reason: 'RoleMember' } })
    expect(call?.skipped).toEqual([{ responderId: 'ben', reason: 'Absent' }])
    expect(nextCalls(opened(directory), directory, NOW, new Set(['ben']))[0]).toMatchObject({
      next: null,
      skipped: [{ responderId: 'ben', reason: 'HoldsAnotherSeat' }],
    })
  })

  it('foretells what then happens', () => {
    const state = opened(directory)
    const foretold = nextCalls(state, directory, NOW)[0]?.next
    const before = after(state, directory, { type: 'Wake' }, plusSeconds(NOW, 59))
    expect(before.seats[0]?.engagement?.open[0]?.responderId).toBe('ana')
    const then = after(state, directory, { type: 'Wake' }, foretold?.at ?? NOW)
    expect(then.seats[0]?.engagement?.open[0]).toMatchObject({
      responderId: foretold?.responderId,
      reason: foretold?.reason,
    })
  })

  it('in a pause names the first of the next round', () => {
    const { state, now } = exhausted(directory)
    const resumesAt = plusSeconds(now, 60)
    expect(nextCalls(state, directory, now)).toMatchObject([
      { status: 'exhausted', calling: [], next: { responderId: 'ana', at: resumesAt }, resumesAt },
    ])
  })

  it('waits for the end of quiet hours at low severity only', () => {
    const quiet = person('ana', { quietHours: { from: '22:00', until: '07:00' } })
    const given = directoryOf(quiet, ben)
    const low = { severity: 'SEV3', accountId: null } as const
    expect(callsForNew(given, low, NIGHT)[0]?.next).toEqual({
      responderId: 'ana',
      reason: 'OnCall',
      at: '2027-03-11T06:00:00.000Z',
    })
    expect(callsForNew(given, { ...low, severity: 'SEV1' }, NIGHT)[0]?.next?.at).toBe(NIGHT)
    const deferred = opened(given, NIGHT, 'SEV3')
    expect(nextCalls(deferred, given, NIGHT)[0]?.next?.at).toBe('2027-03-11T06:00:00.000Z')
  })

  it('goes on to those who agreed to be called, and to nobody while somebody is acting', () => {
    const willing = person('eve', { roles: ['cook'], offDutyCalls: true })
    const alone = directoryOf(ana, willing)
    const state = opened(alone)
    expect(nextCalls(state, alone, NOW)[0]?.next).toMatchObject({ responderId: 'eve', reason: 'Widened' })
    const acting = after(state, alone, { type: 'AcknowledgeSeat', role: ROLE, responderId: 'eve', via: 'api' }, NOW)
    expect(nextCalls(acting, alone, NOW)[0]).toMatchObject({ calling: [{ responderId: 'ana' }], next: null })
  })

  it('is silent about seats that are taken and incidents that are closed', () => {
    const taken = after(
      opened(directory),
      directory,
      { type: 'AcknowledgeSeat', role: ROLE, responderId: 'ana', via: 'api' },
      NOW,
    )
    expect(nextCalls(taken, directory, NOW)).toEqual([])
    const closed = after(taken, directory, { type: 'CloseIncident', responderId: 'ana', note: 'x' }, NOW)
    expect(nextCalls(closed, directory, NOW)).toEqual([])
  })

  it('supposes an incident without leaving a trace of it', () => {
    const calls = callsForNew(directory, { severity: 'SEV1', accountId: '111122223333' }, NOW)
    expect(calls).toMatchObject([{ role: ROLE, calling: [], next: { responderId: 'ana', at: NOW }, resumesAt: null }])
    expect(() => new Draft(null, { incidentId: 'x', sequence: 1, at: NOW, actor: 'muster' }).state).toThrow()
  })
})

import { describe, expect, it } from 'vitest'
import { Draft } from '../../../../shared/core/incident/draft.ts'
import type { IncidentEvent } from '../../../../shared/core/incident/events.ts'
import { evolve } from '../../../../shared/core/incident/evolve.ts'
import { seatStatus } from '../../../../shared/core/incident/state.ts'
import { person } from '../directory/sample-directory.ts'
import { after, finding, Given, IC, oneSeat, T0 } from '../paging/given.ts'

const meta = { incidentId: 'inc-1', sequence: 2, at: after(60), actor: 'muster' }
/** As a later version might write it. */
const unknown = { type: 'SomethingNew', v: 1, data: { role: IC } } as unknown as IncidentEvent

function opened(): Given {
  const given = new Given(oneSeat([person('ana'), person('ben')], ['ana']))
  given.open(T0, { findings: [finding('f', 'sample-user')] })
  return given
}

describe('folding', () => {
  it('starts with IncidentOpened and with nothing else', () => {
    expect(() => evolve(null, unknown, meta)).toThrow('starts with SomethingNew')
    expect(opened().state).toMatchObject({
      status: 'open',
      severity: 'SEV1',
      openedAt: T0,
      awarenessAt: null,
      accounts: ['123456789012'],
      principals: ['sample-user'],
      findingCount: 1,
    })
  })

  it('tolerates types that it does not know, and still counts the commit', () => {
    const { state } = opened()
    expect(evolve(state, unknown, meta)).toEqual({ ...state, sequence: 2, lastCommitAt: after(60) })
  })

  it('ignores events of a seat that it does not have, and searches that are over', () => {
    const given = opened()
    const lost: IncidentEvent = { type: 'CheckInAnswered', v: 1, data: { role: 'gone', responderId: 'ana' } }
    expect(evolve(given.state, lost, meta).seats).toEqual(given.state.seats)
    given.acknowledge('ana', after(5))
    const data = { role: IC, responderId: 'ben', round: 1, reason: 'Absent' } as const
    expect(evolve(given.state, { type: 'CandidateSkipped', v: 1, data }, meta).seats).toEqual(given.state.seats)
  })

  it('reopening what is open changes nothing', () => {
    const { state } = opened()
    const reopened = evolve(state, { type: 'IncidentReopened', v: 1, data: { findingKey: 'f' } }, meta)
    expect(reopened.status).toBe('open')
  })

  it('keeps at most fifty principals', () => {
    const given = opened()
    for (let each = 0; each < 60; each += 1) {
      const joined = {
        ...finding(`f${each}`, `user-${each}`),
        isNew: true,
        hasWorsened: false,
        severity: 'SEV1',
      } as const
      given.when({ type: 'RecordFindings', findings: [joined] }, after(each))
    }
    expect(given.state.principals).toHaveLength(50)
    expect(given.state.findingCount).toBe(61)
  })

  it('takes everybody whom a finding names, also a later version of it; a finding of long ago has one name', () => {
    const given = opened()
    const named = finding('f', 'sample-user')
    const principals = ['123456789012:user/ana', '123456789012:id/AIDAX']
    const update = (names: readonly string[]) => ({
      ...named,
      finding: { ...named.finding, principals: names },
      isNew: false,
      hasWorsened: false,
      severity: 'SEV1' as const,
    })
    given.when({ type: 'RecordFindings', findings: [update(principals)] }, after(5))
    given.when({ type: 'RecordFindings', findings: [update([])] }, after(6))
    expect(given.state.principals).toEqual(['sample-user', ...principals])
    expect(given.state.findingCount).toBe(1)
  })

  it('a severity raised by an older record, without a pace or title, keeps seats and title as they are', () => {
    const { state } = opened()
    const data = { from: 'SEV2', to: 'SEV1', note: null } as const
    const { seats, title } = evolve(state, { type: 'SeverityRaised', v: 1, data }, meta)
    expect({ seats, title }).toEqual({ seats: state.seats, title: state.title })
  })

  it('remembers who declared it', () => {
    const given = new Given(oneSeat([person('ana')], ['ana']))
    given.open(T0, { declaredBy: 'ana' })
    expect(given.state.declaredBy).toBe('ana')
    expect(opened().state.declaredBy).toBeNull()
  })
})

describe('what people see of a seat', () => {
  it('engaging, taken, engaging again for an acting holder, exhausted', () => {
    const given = opened()
    expect(seatStatus(given.seat())).toBe('engaging')
    expect(seatStatus({ ...given.seat(), exhausted: true })).toBe('exhausted')
    expect(seatStatus({ ...given.seat(), exhausted: true, holder: 'eng', acting: true })).toBe('engaging')
    given.acknowledge('ana', after(5))
    expect(seatStatus(given.seat())).toBe('taken')
  })
})

describe('a draft', () => {
  it('has no state before its first event', () => {
    expect(() => new Draft(null, meta).state).toThrow('inc-1 has no events yet')
  })

  it('gives one effect id per kind, person and channel', () => {
    const draft = new Draft(null, meta)
    expect(draft.effectId('page', 'ana', 'mail')).toBe('inc-1.2.1')
    expect(draft.effectId('check-in', 'ana', 'mail')).toBe('inc-1.2.2')
    expect(draft.effectId('page', 'ana', 'mail')).toBe('inc-1.2.1')
  })
})

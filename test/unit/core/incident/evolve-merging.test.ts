import { describe, expect, it } from 'vitest'
import { carriedFrom, carriedPrint } from '../../../../shared/core/incident/carried.ts'
import type { IncidentEvent } from '../../../../shared/core/incident/events.ts'
import { evolve } from '../../../../shared/core/incident/evolve.ts'
import type { IncidentState } from '../../../../shared/core/incident/state.ts'
import { after, finding, Given, IC, oneSeat, reachable, T0 } from '../paging/given.ts'

function opened(): IncidentState {
  const given = new Given(oneSeat([reachable('ana')], ['ana']))
  given.open(T0, { findings: [finding('own')] })
  return given.state
}

const meta = { incidentId: 'inc-1', sequence: 9, at: after(60), actor: 'ana' }
const absorbed = (from: IncidentState, change: object = {}): IncidentEvent => ({
  type: 'IncidentAbsorbed',
  v: 1,
  data: {
    ...carriedFrom(from),
    incidentId: 'inc-2',
    upTo: from.sequence,
    print: carriedPrint(from),
    responderId: 'ana',
    note: 'one attack',
    findings: { distinct: from.findingCount, added: 1 },
    ...change,
  },
})

describe('what is taken over', () => {
  it('is bounded, and never less than what was there', () => {
    const many = (prefix: string) => Array.from({ length: 50 }, (_, place) => `${prefix}-${place}`)
    const own = { ...opened(), accounts: many('own'), principals: many('user'), linked: many('inc') }
    const other = { ...opened(), accounts: many('other'), principals: ['user-0', 'more'], linked: many('more') }
    const next = evolve(own, absorbed(other), meta)
    expect(next.accounts).toEqual(own.accounts)
    expect(next.principals).toEqual(own.principals)
    expect(next.linked).toHaveLength(50)
  })

  it('keeps the own value of a fact of the same name', () => {
    const facts = (other: Record<string, string>) => ({ dataCategories: [], residents: [], other })
    const own = { ...opened(), facts: facts({ paid: 'own', mine: 'm' }) }
    const next = evolve(own, absorbed({ ...opened(), facts: facts({ paid: 'theirs', theirs: 't' }) }), meta)
    expect(next.facts.other).toEqual({ paid: 'own', mine: 'm', theirs: 't' })
  })

  it('shows neither itself nor the other among those to be seen with it', () => {
    const own = { ...opened(), linked: ['inc-2', 'inc-5'] }
    const next = evolve(own, absorbed({ ...opened(), linked: ['inc-1', 'inc-6'] }), meta)
    expect(next.linked).toEqual(['inc-6', 'inc-5'])
  })
})

describe('the print', () => {
  const print = (change: Partial<IncidentState>) => carriedPrint({ ...opened(), ...change } as IncidentState)

  it('is the same whatever was sent meanwhile', () => {
    const { seats } = opened()
    const called = seats.map((seat) => ({ ...seat, engagement: null }))
    expect(print({ seats: called, unsettled: {}, sequence: 7, lastCommitAt: after(9) })).toBe(print({}))
  })

  it.each<[string, Partial<IncidentState>]>([
    ['a finding', { findingCount: 2 }],
    ['the severity', { severity: 'SEV2' }],
    ['an account', { accounts: ['1'] }],
    ['whoever acted', { principals: ['user/eve'] }],
    ['a fact', { facts: { dataCategories: ['health'], residents: [], other: {} } }],
    ['a holder', { seats: opened().seats.map((seat) => ({ ...seat, holder: 'ana' })) }],
    ['a dead channel', { refusedChannels: ['ana/mail'] }],
    ['a moment', { awarenessAt: T0 }],
    ['what it has absorbed itself', { absorbed: [{ id: 'inc-7', upTo: 1, print: 'p', via: null }] }],
  ])('is another one after %s', (_what, change) => {
    expect(print(change)).not.toBe(print({}))
  })
})

describe('a merged incident', () => {
  it('has no search, no check-in and nothing on its way', () => {
    const merged = evolve(
      opened(),
      { type: 'IncidentMerged', v: 1, data: { into: 'inc-0', responderId: 'ana', note: 'n' } },
      meta,
    )
    expect(merged).toMatchObject({ status: 'closed', closedAt: after(60), mergedInto: 'inc-0', unsettled: {} })
    expect(merged.seats).toMatchObject([{ role: IC, engagement: null, checkIn: null, checkInDueAt: null }])
  })
})

import { describe, expect, it } from 'vitest'
import { OBLIGATIONS } from '../../../../shared/content/obligations/catalogue.ts'
import { carriedPrint } from '../../../../shared/core/incident/carried.ts'
import type { MergeIncident } from '../../../../shared/core/incident/merging-commands.ts'
import { checkBeforeSending } from '../../../../shared/core/paging/why-withhold.ts'
import { profile } from '../clocks/sample-incident.ts'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, finding, Given, IC, LEGAL, lines, policy, seatPolicy, T0 } from './given.ts'

const people = [person('ana'), person('ben'), person('lea', { roles: [LEGAL] })]
const policies = [policy([seatPolicy(IC, ['ana', 'ben']), seatPolicy(LEGAL, ['lea'])])]

function opened(): Given {
  const given = new Given(organisation({ responders: people, policies, accounts: [profile()] }))
  given.obligations = OBLIGATIONS
  given.open(T0, { findings: [finding('own')] })
  return given
}

const merge = (given: Given, into = 'inc-0', print = carriedPrint(given.state)): MergeIncident => {
  return { type: 'MergeIncident', into, print, responderId: 'ana', note: 'one attack' }
}

function merged(): Given {
  const given = opened()
  given.when(merge(given), after(5))
  return given
}

describe('merging', () => {
  it('ends every call, closes without asking for the clocks, and nothing is due any more', () => {
    const given = opened()
    expect(given.state.clocks[0]?.status).toBe('provisional')
    expect(lines(given.when(merge(given), after(5)))).toEqual([
      'AttemptEnded ana Merged',
      'AttemptEnded lea Merged',
      'IncidentMerged ana',
    ])
    expect(given.state).toMatchObject({ status: 'closed', closedBy: 'ana', mergedInto: 'inc-0', unsettled: {} })
    expect(given.wakeAt).toBeNull()
  })

  it('again changes nothing; into another one is refused with where it went', () => {
    const given = merged()
    expect(given.when(merge(given), after(6))).toEqual([])
    expect(given.refusal(merge(given, 'inc-00'), after(6))).toMatchObject({ reason: 'Merged', into: 'inc-0' })
  })

  it('is refused when something has happened that the other does not know of, but not for calls', () => {
    const given = opened()
    const print = carriedPrint(given.state)
    given.deliver(after(1), 'sent')
    expect(given.decide(merge(given, 'inc-0', print), after(2))).toMatchObject({ ok: true })
    given.acknowledge('ana', after(3))
    expect(given.refusal(merge(given, 'inc-0', print), after(4))).toMatchObject({ reason: 'Conflict' })
  })

  it('points there also when somebody has closed it in between', () => {
    const given = opened()
    given.obligations = []
    given.acknowledge('ana', after(1))
    given.when(
      {
        type: 'DeclareNotNotifiable',
        clockId: given.state.clocks[0]?.id ?? '',
        responderId: 'lea',
        note: { noteId: 'n', noteHash: 'h' },
      },
      after(2),
    )
    given.when({ type: 'CloseIncident', responderId: 'ana', note: 'over' }, after(3))
    given.when({ ...merge(given), responderId: 'ben' }, after(5))
    expect(given.state).toMatchObject({ closedAt: after(3), closedBy: 'ana', mergedInto: 'inc-0' })
  })
})

describe('what was merged', () => {
  it('says so to whoever asks it for something', () => {
    const given = merged()
    const asked = [
      { type: 'AcknowledgeSeat', role: IC, responderId: 'ana', via: 'api' },
      { type: 'CloseIncident', responderId: 'ana', note: 'over' },
      { type: 'ChangeSeverity', severity: 'SEV2', responderId: 'ana', note: 'milder' },
      { type: 'RecordFacts', responderId: 'ana', dataCategories: ['health'], residents: [], other: {} },
      { type: 'RecordFindings', findings: [] },
    ] as const
    for (const command of asked) {
      expect(given.refusal(command, after(9))).toEqual({ ok: false, reason: 'Merged', into: 'inc-0' })
    }
  })

  it('sends nothing that was on its way, and nothing again that came back', () => {
    const given = opened()
    const [effectId = ''] = Object.keys(given.state.unsettled)
    given.when(merge(given), after(5))
    const message = { effectId, kind: 'page', responderId: 'ana' } as const
    const check = checkBeforeSending(given.state, message, given.directory, after(6))
    expect(check).toEqual({ send: false, reason: 'Merged' })
    const failed = { ...message, kind: 'notice', channelId: 'mail', outcome: 'failed', reason: null } as const
    const deliveries = [{ ...failed, about: 'reopened' } as const]
    expect(lines(given.when({ type: 'RecordDeliveries', deliveries }, after(7)))).toEqual([
      'MessageFailed ana DeliveryFailed',
    ])
    expect(given.wakeAt).toBeNull()
  })

  it('notes that a message had left all the same', () => {
    const given = opened()
    const [effectId = ''] = Object.keys(given.state.unsettled)
    given.when(merge(given), after(5))
    const sent = {
      effectId,
      kind: 'page',
      responderId: 'ana',
      channelId: 'mail',
      outcome: 'sent',
      reason: null,
    } as const
    expect(lines(given.when({ type: 'RecordDeliveries', deliveries: [sent] }, after(7)))).toEqual(['MessageSent'])
    expect(given.state.status).toBe('closed')
  })
})

describe('splitting off and linking', () => {
  it('lets go of findings, and shows where they went', () => {
    const given = opened()
    given.when(
      {
        type: 'SplitOffFindings',
        incidentId: 'inc-7',
        findings: ['own'],
        accounts: [],
        responderId: 'ana',
        note: 'another thing',
      },
      after(5),
    )
    expect(given.state).toMatchObject({ findingCount: 0, accounts: [], linked: ['inc-7'], status: 'open' })
  })

  it('links once, never with itself, and joins nothing', () => {
    const given = opened()
    const link = (incidentId: string) =>
      ({ type: 'LinkIncident', incidentId, indicators: ['ip:198.51.100.7'] }) as const
    expect(lines(given.when(link('inc-7'), after(5)))).toEqual(['IncidentsLinked'])
    expect(given.when(link('inc-7'), after(6))).toEqual([])
    expect(given.when(link('inc-1'), after(6))).toEqual([])
    expect(given.state).toMatchObject({ linked: ['inc-7'], findingCount: 1, absorbed: [] })
  })
})

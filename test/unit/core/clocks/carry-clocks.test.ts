import { describe, expect, it } from 'vitest'
import { OBLIGATIONS } from '../../../../shared/content/obligations/catalogue.ts'
import { clockId } from '../../../../shared/core/clocks/clock-id.ts'
import type { AbsorbIncident, ClockHistory } from '../../../../shared/core/incident/merging-commands.ts'
import type { Clock, IncidentState, Stage } from '../../../../shared/core/incident/state.ts'
import { plusSeconds } from '../../../../shared/core/time/instant.ts'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, Given, HOUR, IC, LEGAL, lines, only, policy, seatPolicy, T0 } from '../paging/given.ts'
import { profile } from './sample-incident.ts'

const OTHER = '210987654321'
const people = [person('ana'), person('lea', { roles: [LEGAL] })]
const policies = [policy([seatPolicy(IC, ['ana']), seatPolicy(LEGAL, ['lea'])])]
const accounts = [
  profile(),
  profile({ id: OTHER, entities: [{ id: 'other-gmbh', country: 'DE', classes: ['controller'] }] }),
]

function opened(at = T0, accountId: string | null = '123456789012'): Given {
  const given = new Given(organisation({ responders: people, policies, accounts }))
  given.obligations = OBLIGATIONS
  given.open(at, { accountId })
  given.deliver(at, 'sent')
  given.acknowledge('ana', at)
  given.acknowledge('lea', at, LEGAL)
  return given
}

const only1 = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1)
  return list[0] as T
}
const onlyClock = ({ state }: Pick<Given, 'state'>): Clock => only1(state.clocks)
const onlyStage = (given: Pick<Given, 'state'>): Stage => only1(onlyClock(given).stages)

function absorb(other: Given | IncidentState, clocks: readonly ClockHistory[] = []): AbsorbIncident {
  const from = { ...(other instanceof Given ? other.state : other), id: 'inc-2' }
  return { type: 'AbsorbIncident', from, newFindings: 0, clocks, responderId: 'ana', note: 'one attack' }
}

const submit = (given: Given, at: string) =>
  given.when(
    {
      type: 'SubmitStage',
      clockId: onlyClock(given).id,
      stageId: 'authority',
      responderId: 'lea',
      submittedAt: at,
      phase: 'initial',
      receipt: 'r-1',
      note: null,
    },
    at,
  )
const confirm = (given: Given, at: string, awarenessAt: string | null = null) =>
  given.when(
    {
      type: 'ConfirmClock',
      clockId: onlyClock(given).id,
      responderId: 'lea',
      anchor: awarenessAt === null ? null : { name: 'awareness', at: awarenessAt },
      note: null,
    },
    at,
  )
const notNotifiable = (given: Given, at: string) =>
  given.when(
    {
      type: 'DeclareNotNotifiable',
      clockId: onlyClock(given).id,
      responderId: 'lea',
      note: { noteId: 'n', noteHash: 'h' },
    },
    at,
  )

describe('a clock that only the absorbed incident has', () => {
  it('goes on with its state, under the id that it has here, and its counsel is told at once', () => {
    const theirs = opened(T0, OTHER)
    confirm(theirs, after(60), after(-60))
    const given = opened(after(HOUR), null)
    expect(given.state.clocks).toEqual([])
    const events = given.when(absorb(theirs), after(2 * HOUR))
    const clock = onlyClock(given)
    expect(clock).toMatchObject({
      id: clockId('inc-1', 'eu-gdpr-art33-authority', 'other-gmbh', 'controller'),
      status: 'confirmed',
      stages: [{ status: 'running', anchor: { at: after(-60), basis: 'recorded' } }],
    })
    expect(only(events, 'ClockWarned')).toMatchObject([{ responderId: 'lea', stages: [{ clockId: clock.id }] }])
    expect(given.state.awarenessAt).toBe(after(-60))
    expect(only(events, 'ClockStarted')).toEqual([])
  })

  it('is not counted twice: the merged one has nothing due', () => {
    const theirs = opened(T0, OTHER)
    const given = opened(T0, null)
    given.when(absorb(theirs), after(60))
    expect(only1(given.state.clocks).stages[0]?.safeDueAt).toBe(theirs.state.clocks[0]?.stages[0]?.safeDueAt)
  })

  it('keeps what was submitted, with the record of it', () => {
    const theirs = opened(T0, OTHER)
    submit(theirs, after(60))
    const sent = {
      submittedAt: after(60),
      phase: 'initial',
      receipt: 'r-1',
      responderId: 'lea',
      recordedAt: after(60),
      noteId: null,
    } as const
    const histories = [
      {
        clockId: onlyClock(theirs).id,
        obligationVersion: 3,
        stages: [{ id: 'authority', steps: ['one'], submissions: [sent] }],
      },
    ]
    const given = opened(T0, null)
    const events = given.when(absorb(theirs, histories), after(120))
    expect(only(events, 'ClockCarried')).toMatchObject([
      { obligationVersion: 3, from: { incidentId: 'inc-2' }, stages: [{ steps: ['one'], submissions: [sent] }] },
    ])
    expect(onlyStage(given).status).toBe('submitted')
  })
})

describe('a clock that both have', () => {
  it('counts from the earlier moment, whosever it is', () => {
    const early = opened(T0)
    const late = opened(after(HOUR))
    const due = onlyStage(early).safeDueAt
    late.when(absorb(early), after(2 * HOUR))
    expect(onlyStage(late)).toMatchObject({ status: 'running', safeDueAt: due, anchor: { at: T0 } })
    const other = opened(T0)
    const events = other.when(absorb(opened(after(HOUR))), after(2 * HOUR))
    expect(onlyStage(other).safeDueAt).toBe(due)
    expect(only(events, 'ClockCarried')).toEqual([])
  })

  it('makes presumed moments of its other clocks earlier, too', () => {
    const given = opened(after(HOUR), OTHER)
    given.when(absorb(opened(T0)), after(2 * HOUR))
    expect(given.state.clocks.map(({ stages }) => stages[0]?.anchor.at)).toEqual([T0, T0])
  })

  it('never takes back what a person has recorded as awareness', () => {
    const given = opened(after(HOUR))
    confirm(given, after(2 * HOUR), after(HOUR + 60))
    given.when(absorb(opened(T0)), after(3 * HOUR))
    expect(onlyStage(given).anchor).toMatchObject({ at: T0, basis: 'presumed' })
    expect(given.state.awarenessAt).toBe(after(HOUR + 60))
    expect(onlyClock(given).status).toBe('confirmed')
  })

  it('of two moments that are the same counts the recorded one', () => {
    const theirs = opened(T0)
    confirm(theirs, after(60), T0)
    const given = opened(T0)
    given.when(absorb(theirs), after(120))
    expect(onlyStage(given).anchor.basis).toBe('recorded')
  })

  it.each<[string, (mine: Given, theirs: Given) => void, Partial<Clock>, Partial<Stage>]>([
    ['submitted here only: still asked for', (mine) => submit(mine, after(3700)), {}, { status: 'running' }],
    ['submitted there only: still asked for', (_, theirs) => submit(theirs, after(3700)), {}, { status: 'running' }],
    [
      'submitted on both',
      (mine, theirs) => {
        submit(mine, after(3700))
        submit(theirs, after(3700))
      },
      {},
      { status: 'submitted' },
    ],
    ['confirmed there', (_, theirs) => confirm(theirs, after(3700)), { status: 'confirmed' }, {}],
    ['not notifiable there only', (_, theirs) => notNotifiable(theirs, after(3700)), { status: 'provisional' }, {}],
    ['not notifiable here only', (mine) => notNotifiable(mine, after(3700)), { status: 'provisional' }, {}],
    [
      'not notifiable on both',
      (mine, theirs) => {
        notNotifiable(mine, after(3700))
        notNotifiable(theirs, after(3700))
      },
      { status: 'not-notifiable' },
      {},
    ],
  ])('%s', (_name, prepare, clock, stage) => {
    const [mine, theirs] = [opened(T0), opened(after(HOUR))]
    prepare(mine, theirs)
    mine.when(absorb(theirs), after(2 * HOUR))
    expect(onlyClock(mine)).toMatchObject(clock)
    expect(onlyStage(mine)).toMatchObject(stage)
  })

  it('leaves the moment of what is still asked for, where the other side was done with earlier', () => {
    const [mine, theirs] = [opened(T0), opened(after(HOUR))]
    submit(mine, after(60))
    const due = onlyStage(theirs).safeDueAt
    mine.when(absorb(theirs), after(2 * HOUR))
    expect(onlyStage(mine)).toMatchObject({ status: 'running', safeDueAt: due })
  })

  it('tells its counsel when the deadline is earlier, and says nothing of it when nothing changes', () => {
    const given = opened(after(HOUR))
    const events = given.when(absorb(opened(T0)), after(HOUR + 1000))
    expect(lines(events)).toContain('ClockWarned lea')
    const same = opened(T0)
    const [absorbed, ...more] = lines(same.when(absorb(opened(T0)), after(1000)))
    expect(absorbed).toBe('IncidentAbsorbed ana')
    expect(more.every((line) => line.startsWith('NoticeRequested'))).toBe(true)
  })
})

describe('facts of the absorbed incident', () => {
  it('reopen what was decided not to be notifiable, when they are new', () => {
    const theirs = opened(T0, null)
    theirs.when(
      { type: 'RecordFacts', responderId: 'ana', dataCategories: ['health'], residents: ['DE'], other: { a: 1 } },
      after(60),
    )
    const [news, known] = [opened(T0), opened(T0)]
    for (const given of [news, known]) notNotifiable(given, after(60))
    news.when(absorb({ ...theirs.state, clocks: [] }), after(120))
    expect(news.state.clocks.map(({ status }) => status)).toContain('provisional')
    expect(news.state.facts).toMatchObject({ dataCategories: ['health'], residents: ['DE'] })
    known.when(absorb({ ...opened(T0, null).state, clocks: [] }), after(120))
    expect(known.state.clocks.map(({ status }) => status)).toEqual(['not-notifiable'])
  })

  it('start clocks that neither had', () => {
    const given = opened(T0, null)
    const theirs = { ...opened(T0, null).state, accounts: ['123456789012'] }
    given.when(absorb(theirs), after(60))
    expect(onlyStage(given)).toMatchObject({ safeDueAt: plusSeconds(T0, 72 * HOUR) })
  })
})

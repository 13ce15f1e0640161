import { describe, expect, it } from 'vitest'
import type { ClockCommand, RecordFacts, Refusal } from '../../../../shared/core/incident/commands.ts'
import type { EventType } from '../../../../shared/core/incident/events.ts'
import { parseInstant, plusMs, plusSeconds } from '../../../../shared/core/time/instant.ts'
import { person } from '../directory/sample-directory.ts'
import { commander, counsel, directory, NOTE, only, profile, Sample, SIGNAL_AT, typesOf } from './sample-incident.ts'

const NOW = plusSeconds(SIGNAL_AT, 7200)
const EARLIER = plusSeconds(SIGNAL_AT, -3600)
const LATER = plusSeconds(SIGNAL_AT, 3600)
const other = person('max', { roles: ['cloud-security-engineer'] })
const gone = person('gil', { roles: ['legal-counsel'], leavesAt: SIGNAL_AT })

type Without<Command> = Command extends ClockCommand ? Omit<Command, 'clockId'> : Command
type Given = Without<ClockCommand> | RecordFacts

function opened(given = directory({ responders: [commander, counsel, other, gone] })): Sample {
  const sample = new Sample(given)
  sample.openWithClocks()
  return sample
}

function run(sample: Sample, command: Given, at = NOW): { refusal: Refusal | null; events: EventType[] } {
  const full = command.type === 'RecordFacts' ? command : ({ ...command, clockId: sample.clock().id } as ClockCommand)
  const { refusal, events } = sample.command(full, at)
  return { refusal, events: typesOf(events) }
}

const refused = (reason: Refusal['reason'], field?: string) => ({
  refusal: expect.objectContaining({ ok: false, reason, ...(field === undefined ? {} : { field }) }),
  events: [],
})
const quiet = { refusal: null, events: [] }
const done = (...events: EventType[]) => ({ refusal: null, events })

const awareness = (at: string) => ({ name: 'awareness', at }) as const
const confirm = { type: 'ConfirmClock', responderId: 'lea', anchor: null, note: null } as const
const notNotifiable = { type: 'DeclareNotNotifiable', responderId: 'lea', note: NOTE } as const
const reanchor = {
  type: 'ReanchorClock',
  stageId: null,
  responderId: 'lea',
  anchor: awareness(EARLIER),
  note: null,
} as const
const submission = { submittedAt: NOW, phase: 'initial', receipt: 'R-1', note: null } as const
const submit = { type: 'SubmitStage', stageId: 'authority', responderId: 'lea', ...submission } as const
const waive = { type: 'WaiveStage', stageId: 'authority', responderId: 'lea', note: NOTE } as const
const hold = { type: 'HoldStage', stageId: 'authority', responderId: 'lea', note: NOTE } as const
const facts = {
  type: 'RecordFacts',
  responderId: 'ana',
  dataCategories: ['health'],
  residents: ['FR'],
  other: {},
} as const

const DECISIONS: readonly Given[] = [confirm, notNotifiable, reanchor, submit, waive, hold]

describe('every clock command', () => {
  it.each(DECISIONS)('$type refuses an unknown clock, responder or stage', (command) => {
    const sample = opened()
    expect(sample.command({ ...command, clockId: 'clk-none' } as ClockCommand, NOW).refusal?.reason).toBe('NotFound')
    expect(run(sample, { ...command, responderId: 'nobody' })).toEqual(refused('NotFound'))
    if ('stageId' in command) expect(run(sample, { ...command, stageId: 'none' } as Given)).toEqual(refused('NotFound'))
  })

  it.each(DECISIONS)('$type refuses who may not decide', (command) => {
    const sample = opened()
    sample.take('incident-commander', 'ana')
    for (const responderId of ['max', 'gil'])
      expect(run(sample, { ...command, responderId })).toEqual(refused('Forbidden'))
    if (command.type !== 'ReanchorClock')
      expect(run(sample, { ...command, responderId: 'ana' })).toEqual(refused('Forbidden'))
  })

  it.each([confirm, notNotifiable, reanchor, submit, waive])(
    '$type is fine by the Legal seat, also after closing',
    (command) => {
      const sample = opened()
      sample.take('legal-counsel', 'max')
      sample.given(LATER, { type: 'IncidentClosed', v: 1, data: { responderId: 'ana', note: 'done' } })
      expect(run(sample, { ...command, responderId: 'max' }).refusal).toBeNull()
    },
  )

  it('is decided by the Commander where nobody has the role', () => {
    const sample = opened(directory({ responders: [commander, other, gone] }))
    expect(run(sample, { ...confirm, responderId: 'ana' })).toEqual(refused('Forbidden'))
    sample.take('incident-commander', 'ana')
    expect(run(sample, { ...confirm, responderId: 'ana' })).toEqual(done('ClockConfirmed'))
  })

  it('is not decided by a counsel who appears in a finding', () => {
    const named = { ...counsel, principals: ['arn:aws:iam::123456789012:user/lea'] }
    const sample = opened(directory({ responders: [commander, named] }))
    expect(run(sample, confirm).refusal).toBeNull()
    sample.step(SIGNAL_AT, (draft) => draft.emit(namesPrincipal('lea')))
    expect(run(sample, notNotifiable)).toEqual(refused('Forbidden'))
  })
})

describe('ConfirmClock', () => {
  it('confirms, leaving the presumed moment', () => {
    const sample = opened()
    expect(run(sample, confirm)).toEqual(done('ClockConfirmed'))
    expect(sample.clock().status).toBe('confirmed')
    expect(sample.state.awarenessAt).toBeNull()
    expect(sample.stage().anchor.basis).toBe('presumed')
  })

  it('records awareness, also the presumed moment itself', () => {
    for (const at of [EARLIER, SIGNAL_AT, LATER, NOW]) {
      const sample = opened()
      expect(run(sample, { ...confirm, anchor: awareness(at) })).toEqual(done('ClockConfirmed', 'StageReanchored'))
      expect(sample.state.awarenessAt).toBe(at)
      expect(sample.stage().anchor).toEqual({ name: 'awareness', at, basis: 'recorded' })
      expect(sample.stage().safeDueAt).toBe(plusSeconds(at, 72 * 3600))
    }
  })

  it('counts in the zone of the entity, and says so', () => {
    const sample = opened()
    sample.command(
      { ...confirm, clockId: sample.clock().id, anchor: awareness(parseInstant('2027-03-02T11:00Z')) },
      NOW,
    )
    const [moved] = only(sample.events, 'StageReanchored')
    expect(moved?.dueAt).toBe(parseInstant('2027-03-05T12:00Z'))
    expect(moved?.steps[0]).toContain('Europe/Berlin (awareness): recorded by a person')
  })

  it('refuses another moment than its stages count from, and the future', () => {
    const sample = opened()
    expect(run(sample, { ...confirm, anchor: { name: 'payment', at: EARLIER } })).toEqual(
      refused('Invalid', 'anchor.name'),
    )
    expect(run(sample, { ...confirm, anchor: awareness(plusMs(NOW, 1)) })).toEqual(refused('Invalid', 'anchor.at'))
  })

  it('wants a reason to move what is recorded to later', () => {
    const sample = opened()
    run(sample, { ...confirm, anchor: awareness(EARLIER) })
    expect(run(sample, { ...confirm, anchor: awareness(LATER) })).toEqual(refused('Invalid', 'reason'))
    expect(run(sample, { ...confirm, anchor: awareness(LATER), note: NOTE })).toEqual(done('StageReanchored'))
    expect(only(sample.events, 'StageReanchored').at(-1)).toMatchObject(NOTE)
  })

  it('stays quiet when it says the same again', () => {
    const sample = opened()
    run(sample, { ...confirm, anchor: awareness(EARLIER) })
    expect(run(sample, { ...confirm, anchor: awareness(EARLIER) })).toEqual(quiet)
    expect(run(sample, confirm)).toEqual(quiet)
  })

  it('overrules a not notifiable', () => {
    const sample = opened()
    run(sample, notNotifiable)
    expect(run(sample, confirm)).toEqual(done('ClockConfirmed'))
  })

  it('cannot count what the catalogue does not have any more', () => {
    const sample = opened()
    sample.obligations = []
    expect(run(sample, { ...confirm, anchor: awareness(EARLIER) }).refusal?.reason).toBe('Conflict')
  })
})

describe('DeclareNotNotifiable', () => {
  it('needs a reason, of which the record has only the hash', () => {
    const sample = opened()
    expect(run(sample, { ...notNotifiable, note: null })).toEqual(refused('Invalid', 'reason'))
    expect(run(sample, notNotifiable)).toEqual(done('ClockDeclaredNotNotifiable'))
    expect(only(sample.events, 'ClockDeclaredNotNotifiable')).toEqual([
      { clockId: sample.clock().id, responderId: 'lea', ...NOTE },
    ])
    expect(run(sample, notNotifiable)).toEqual(quiet)
  })
})

describe('ReanchorClock', () => {
  it('moves to earlier by anybody with a seat', () => {
    const sample = opened()
    expect(run(sample, { ...reanchor, responderId: 'max' })).toEqual(refused('Forbidden'))
    sample.take('cloud-security-engineer', 'max')
    expect(run(sample, { ...reanchor, responderId: 'max' })).toEqual(done('StageReanchored'))
    expect(sample.clock().status).toBe('provisional')
    expect(sample.state.awarenessAt).toBe(EARLIER)
    expect(run(sample, { ...reanchor, responderId: 'max' })).toEqual(quiet)
  })

  it('moves to later only by who decides, with a reason', () => {
    const sample = opened()
    sample.take('cloud-security-engineer', 'max')
    const later = { ...reanchor, anchor: awareness(plusMs(SIGNAL_AT, 1)), note: NOTE }
    expect(run(sample, { ...later, responderId: 'max' })).toEqual(refused('Forbidden'))
    expect(run(sample, { ...later, note: null })).toEqual(refused('Invalid', 'reason'))
    expect(run(sample, later)).toEqual(done('StageReanchored'))
  })

  it('moves one stage, if it counts from that moment', () => {
    const sample = opened()
    expect(run(sample, { ...reanchor, stageId: 'authority' })).toEqual(done('StageReanchored'))
    const payment = { name: 'payment', at: EARLIER } as const
    expect(run(sample, { ...reanchor, anchor: payment })).toEqual(refused('Invalid', 'anchor.name'))
  })

  it('refuses the future', () => {
    expect(run(opened(), { ...reanchor, anchor: awareness(plusMs(NOW, 1)), note: NOTE })).toEqual(
      refused('Invalid', 'anchor.at'),
    )
  })

  it('sets a first moment only by who decides, without a reason', () => {
    const sample = new Sample(directory({ responders: [commander, counsel, other] }))
    const [gdpr] = sample.obligations
    if (!gdpr) throw new Error('no obligation')
    sample.obligations = [{ ...gdpr, stages: gdpr.stages.map((stage) => ({ ...stage, anchor: 'determination' })) }]
    sample.openWithClocks()
    sample.take('cloud-security-engineer', 'max')
    const first = { ...reanchor, anchor: { name: 'determination', at: LATER } } as const
    expect(run(sample, { ...first, responderId: 'max' })).toEqual(refused('Forbidden'))
    expect(run(sample, first)).toEqual(done('StageReanchored'))
    expect(sample.stage().status).toBe('running')
    expect(sample.state.awarenessAt).toBeNull()
    expect(typesOf(sample.settle(NOW))).toEqual(['ClockWarned'])
  })
})

describe('awareness of several entities', () => {
  const entity = (id: string, country = 'DE') => ({ id, country, classes: ['controller'] })
  const two = () => opened(directory({ accounts: [profile({ entities: [entity('one'), entity('two', 'FR')] })] }))
  const record = (sample: Sample, place: number, at: string, note: typeof NOTE | null = null) =>
    sample.command({ ...confirm, clockId: sample.clock(place).id, anchor: awareness(at), note }, NOW)

  it('on record for one before the signal, no other is presumed to be later', () => {
    const sample = two()
    record(sample, 0, EARLIER)
    expect(sample.stage(1).anchor).toEqual({ name: 'awareness', at: EARLIER, basis: 'presumed' })
    expect(sample.stage(1).safeDueAt).toBe(plusSeconds(EARLIER, 72 * 3600))
    expect(sample.clock(1).status).toBe('provisional')
    expect(only(sample.events, 'StageReanchored').at(-1)?.steps[0]).toContain('on record for another entity')
  })

  it('on record for one after the signal, the others are presumed from the signal still', () => {
    const sample = two()
    record(sample, 0, LATER)
    expect(sample.stage(1).anchor).toEqual({ name: 'awareness', at: SIGNAL_AT, basis: 'presumed' })
  })

  it('of the incident is that of the first to become aware, whoever is recorded last', () => {
    const sample = two()
    record(sample, 0, EARLIER)
    record(sample, 1, SIGNAL_AT, NOTE)
    expect(sample.stage(1).anchor).toEqual({ name: 'awareness', at: SIGNAL_AT, basis: 'recorded' })
    expect(sample.stage(0).anchor.at).toBe(EARLIER)
    expect(sample.state.awarenessAt).toBe(EARLIER)
    record(sample, 0, LATER, NOTE)
    expect(sample.state.awarenessAt).toBe(SIGNAL_AT)
  })

  it('counts for a clock that starts later, too', () => {
    const sample = opened()
    run(sample, { ...confirm, anchor: awareness(EARLIER) })
    sample.directory = directory({ accounts: [profile({ entities: [entity('example-gmbh'), entity('new')] })] })
    const [started] = only(sample.start(NOW), 'ClockStarted')
    expect(started?.stages[0]?.anchor).toEqual({ name: 'awareness', at: EARLIER, basis: 'presumed' })
  })
})

describe('SubmitStage', () => {
  it('is accepted while the clock is provisional, and more than once', () => {
    const sample = opened()
    expect(run(sample, submit)).toEqual(done('StageSubmitted'))
    expect(sample.stage().status).toBe('submitted')
    expect(sample.clock().status).toBe('provisional')
    expect(run(sample, submit)).toEqual(quiet)
    expect(run(sample, { ...submit, phase: 'supplement' })).toEqual(done('StageSubmitted'))
    expect(run(sample, { ...submit, phase: 'supplement', receipt: 'R-2' })).toEqual(done('StageSubmitted'))
  })

  it('refuses the future', () => {
    expect(run(opened(), { ...submit, submittedAt: plusMs(NOW, 1) })).toEqual(refused('Invalid', 'submittedAt'))
  })

  it('withdrawn, the stage runs again', () => {
    const sample = opened()
    const withdraw = { ...submit, phase: 'withdrawn' } as const
    expect(run(sample, withdraw)).toEqual(refused('Conflict'))
    run(sample, submit)
    expect(run(sample, withdraw)).toEqual(done('StageSubmitted'))
    expect(sample.stage().status).toBe('running')
    expect(run(sample, withdraw)).toEqual(quiet)
  })

  it('keeps only the hash of its note', () => {
    const sample = opened()
    run(sample, { ...submit, note: NOTE })
    expect(only(sample.events, 'StageSubmitted')[0]).toEqual({
      clockId: sample.clock().id,
      stageId: 'authority',
      responderId: 'lea',
      submittedAt: NOW,
      phase: 'initial',
      receipt: 'R-1',
      ...NOTE,
    })
  })
})

describe('WaiveStage', () => {
  it('needs a reason, is done once, and not after a submission', () => {
    const sample = opened()
    expect(run(sample, { ...waive, note: null })).toEqual(refused('Invalid', 'reason'))
    expect(run(sample, waive)).toEqual(done('StageWaived'))
    expect(run(sample, waive)).toEqual(quiet)
    run(sample, submit)
    expect(run(sample, waive)).toEqual(refused('Conflict'))
  })
})

describe('HoldStage', () => {
  it('is refused: no obligation names a provision for it', () => {
    expect(run(opened(), hold)).toEqual(refused('Conflict'))
  })
})

describe('RecordFacts', () => {
  it('records what is new, once', () => {
    const sample = opened()
    expect(run(sample, facts)).toEqual(done('FactsRecorded'))
    expect(sample.state.facts).toEqual({ dataCategories: ['health'], residents: ['FR'], other: {} })
    expect(run(sample, facts)).toEqual(quiet)
    expect(run(sample, { ...facts, residents: ['FR', 'US'] })).toEqual(done('FactsRecorded'))
  })

  it('refuses who is unknown or has left', () => {
    expect(run(opened(), { ...facts, responderId: 'nobody' })).toEqual(refused('NotFound'))
    expect(run(opened(), { ...facts, responderId: 'gil' })).toEqual(refused('Forbidden'))
  })

  it('reopens a not notifiable, tells Legal Counsel, and the clock warns at once', () => {
    const sample = opened()
    run(sample, notNotifiable)
    expect(run(sample, facts)).toEqual(done('FactsRecorded', 'ClockReopened', 'NoticeRequested'))
    expect(only(sample.events, 'ClockReopened')).toEqual([{ clockId: sample.clock().id, because: 'new-facts' }])
    expect(only(sample.events, 'NoticeRequested')).toMatchObject([
      { about: 'not-notifiable-reopened', responderId: 'lea' },
    ])
    expect(sample.clock().status).toBe('provisional')
    expect(typesOf(sample.settle(NOW))).toEqual(['ClockWarned'])
  })

  it('reopens also when nobody can be told; the warning waits for somebody', () => {
    const sample = opened()
    run(sample, notNotifiable)
    sample.directory = directory({ responders: [commander] })
    expect(run(sample, facts)).toEqual(done('FactsRecorded', 'ClockReopened'))
    expect(typesOf(sample.settle(NOW))).toEqual(['ClockWarningDeferred'])
  })
})

function namesPrincipal(principal: string) {
  const version = { updatedAt: SIGNAL_AT, state: 'active' } as const
  const seen = { firstSeenAt: SIGNAL_AT, lastSeenAt: SIGNAL_AT, count: null } as const
  const provider = {
    wrapping: 'guardduty',
    source: 'guardduty',
    type: 'Sample',
    severity: 'HIGH',
    title: 'Sample',
  } as const
  const where = { accountId: '123456789012', region: 'eu-central-1', resources: [] } as const
  const finding = { key: 'f-1', findingId: 'f-1', version, principal, ...seen, ...provider, ...where }
  return { type: 'FindingJoined', v: 1, data: { finding, revision: 1, versions: {} } } as const
}

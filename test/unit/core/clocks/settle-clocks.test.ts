import { describe, expect, it } from 'vitest'
import { EU_GDPR_ART33_AUTHORITY } from '../../../../shared/content/obligations/eu-gdpr-art33-authority.ts'
import { clockWakeAt } from '../../../../shared/core/clocks/clock-wake.ts'
import { parseInstant, plusMs, plusSeconds } from '../../../../shared/core/time/instant.ts'
import { person } from '../directory/sample-directory.ts'
import { commander, counsel, directory, NOTE, only, profile, Sample, SIGNAL_AT, typesOf } from './sample-incident.ts'

const HOUR = 3600
const hoursOn = (hours: number) => plusSeconds(SIGNAL_AT, hours * HOUR)
const SAFE_DUE_AT = hoursOn(72)
const DUE_AT = parseInstant('2027-03-05T11:00Z')

function opened(given = directory()): Sample {
  const sample = new Sample(given)
  sample.openWithClocks()
  return sample
}

/** A sample whose clock has given the warnings before number `index`. */
function warnedUpTo(index: number): Sample {
  const sample = opened()
  for (const hours of [36, 54, 64.8, 72, 73].slice(0, index - 1)) sample.settle(hoursOn(hours))
  return sample
}

describe('warnings', () => {
  it('come at the start', () => {
    const sample = new Sample()
    const [warned] = only(sample.openWithClocks(), 'ClockWarned')
    expect(warned).toMatchObject({ responderId: 'lea', channelId: 'mail', channel: 'email' })
    expect(warned?.stages).toEqual([{ clockId: sample.clock().id, stageId: 'authority', warned: 1 }])
    expect(warned?.bundleId).toBe(warned?.effectId)
  })

  it.each([
    ['half', 1, 36],
    ['three quarters', 2, 54],
    ['nine tenths', 3, 64.8],
    ['all of the time', 4, 72],
    ['an hour over', 5, 73],
    ['two hours over', 6, 74],
  ])('come after %s, not a second earlier', (_case, index, hours) => {
    const sample = warnedUpTo(index)
    expect(clockWakeAt(sample.state)).toBe(index === 5 ? plusMs(DUE_AT, 1) : hoursOn(hours))
    expect(only(sample.settle(plusSeconds(hoursOn(hours), -1)), 'ClockWarned')).toEqual([])
    expect(only(sample.settle(hoursOn(hours)), 'ClockWarned')[0]?.stages[0]?.warned).toBe(index + 1)
    expect(sample.settle(plusSeconds(hoursOn(hours), 1)).filter(({ type }) => type !== 'StageMissed')).toEqual([])
  })

  it('are one message when several are due at once', () => {
    const sample = opened()
    const events = sample.settle(hoursOn(70))
    expect(typesOf(events)).toEqual(['ClockWarned'])
    expect(sample.stage().warned).toBe(4)
  })

  it('stop when the stage is submitted, waived or not notifiable', () => {
    const base = { responderId: 'lea', note: NOTE, stageId: 'authority' }
    const submit = { type: 'SubmitStage', submittedAt: SIGNAL_AT, phase: 'initial', receipt: null } as const
    for (const decision of [{ type: 'WaiveStage' }, { type: 'DeclareNotNotifiable' }, submit] as const) {
      const sample = opened()
      sample.command({ ...base, ...decision, clockId: sample.clock().id }, hoursOn(1))
      expect(clockWakeAt(sample.state)).toBeNull()
      expect(sample.settle(hoursOn(80))).toEqual([])
    }
  })

  it('go on for a confirmed clock of a closed incident', () => {
    const sample = opened()
    const clockId = sample.clock().id
    sample.command({ type: 'ConfirmClock', clockId, responderId: 'lea', anchor: null, note: null }, hoursOn(1))
    sample.given(hoursOn(2), { type: 'IncidentClosed', v: 1, data: { responderId: 'ana', note: 'done' } })
    expect(typesOf(sample.settle(hoursOn(36)))).toEqual(['ClockWarned'])
  })

  it('name the three nearest stages, and leave none out for good', () => {
    const entities = [1, 2, 3, 4, 5].map((number) => ({ id: `entity-${number}`, country: 'DE', classes: [] }))
    const sample = new Sample(directory({ accounts: [profile({ entities })] }))
    const events = sample.openWithClocks()
    expect(only(events, 'ClockWarned')[0]?.stages).toHaveLength(3)
    expect(only(events, 'ClockWarningDeferred')).toEqual([
      { responderId: 'lea', until: plusSeconds(SIGNAL_AT, 900), because: 'recent-message' },
    ])
    sample.settle(plusSeconds(SIGNAL_AT, 900))
    expect(sample.state.clocks.map(({ stages }) => stages[0]?.warned)).toEqual([1, 1, 1, 1, 1])
    expect(clockWakeAt(sample.state)).toBe(hoursOn(36))
  })

  it('give each of many overdue stages its turn', () => {
    const entities = Array.from({ length: 20 }, (_, number) => ({ id: `entity-${number}`, country: 'DE', classes: [] }))
    const sample = new Sample(directory({ accounts: [profile({ entities })] }))
    sample.openWithClocks()
    const named = new Set<string>()
    for (let minutes = 0; minutes < 9 * 60; minutes += 15) {
      const events = sample.settle(plusSeconds(hoursOn(80), minutes * 60))
      // The first hours bring every stage past its last percentage; from then on all of them are hourly.
      if (minutes < 6 * 60) continue
      for (const { stages } of only(events, 'ClockWarned')) for (const { clockId } of stages) named.add(clockId)
    }
    expect(named.size).toBe(20)
  })
})

describe('missed stages', () => {
  it('are missed a millisecond after due, once, while warnings go on', () => {
    const sample = warnedUpTo(5)
    expect(sample.settle(plusSeconds(DUE_AT, -1))).toEqual([])
    expect(sample.settle(DUE_AT)).toEqual([])
    expect(typesOf(sample.settle(plusMs(DUE_AT, 1)))).toEqual(['StageMissed'])
    expect(sample.stage().status).toBe('missed')
    expect(sample.settle(plusSeconds(DUE_AT, 1))).toEqual([])
    expect(typesOf(sample.settle(hoursOn(73)))).toEqual(['ClockWarned'])
  })
})

describe('a message about clocks', () => {
  it('comes at most every 15 minutes to one counsel', () => {
    const sample = opened()
    const clockId = sample.clock().id
    const anchor = { name: 'awareness', at: plusSeconds(SIGNAL_AT, -40 * HOUR) } as const
    sample.command(
      { type: 'ReanchorClock', clockId, stageId: null, responderId: 'lea', anchor, note: null },
      hoursOn(0.1),
    )
    const until = plusSeconds(SIGNAL_AT, 900)
    expect(only(sample.settle(hoursOn(0.1)), 'ClockWarningDeferred')).toEqual([
      { responderId: 'lea', until, because: 'recent-message' },
    ])
    expect(clockWakeAt(sample.state)).toBe(until)
    expect(sample.settle(plusSeconds(until, -1))).toEqual([])
    expect(typesOf(sample.settle(until))).toEqual(['ClockWarned'])
    expect(sample.settle(plusSeconds(until, 1))).toEqual([])
  })

  it('does not wait for what another counsel was told', () => {
    const sample = opened(directory({ responders: [commander, counsel, person('lou', { roles: ['legal-counsel'] })] }))
    const clockId = sample.clock().id
    const anchor = { name: 'awareness', at: plusSeconds(SIGNAL_AT, -40 * HOUR) } as const
    sample.command(
      { type: 'ReanchorClock', clockId, stageId: null, responderId: 'lea', anchor, note: null },
      hoursOn(0.1),
    )
    sample.settle(hoursOn(0.1))
    sample.take('legal-counsel', 'lou', hoursOn(0.15))
    expect(only(sample.settle(hoursOn(0.15)), 'ClockWarned')[0]?.responderId).toBe('lou')
  })

  it('goes to the next channel at once when it fails, then to nobody for 15 minutes, then again from the first', () => {
    const sample = opened()
    const fail = (channelId: string, at: string) => {
      const { effectId } = only(sample.events, 'ClockWarned').at(-1) ?? { effectId: '' }
      const data = { effectId, kind: 'clock', responderId: 'lea', channelId, reason: 'DeliveryFailed' } as const
      sample.given(at, { type: 'MessageFailed', v: 1, data })
    }
    fail('mail', hoursOn(0.01))
    expect(sample.stage().warned).toBe(0)
    expect(only(sample.settle(hoursOn(0.01)), 'ClockWarned')[0]).toMatchObject({ channelId: 'phone', channel: 'sms' })
    fail('phone', hoursOn(0.02))
    const until = plusSeconds(hoursOn(0.02), 900)
    expect(only(sample.settle(hoursOn(0.02)), 'ClockWarningDeferred')).toEqual([
      { responderId: null, until, because: 'nobody-to-tell' },
    ])
    expect(only(sample.settle(until), 'ClockWarned')[0]?.channelId).toBe('mail')
  })

  it('waits 15 minutes when there is nobody to tell, and goes to whoever takes the seat', () => {
    const sample = new Sample(directory({ responders: [commander] }))
    const until = plusSeconds(SIGNAL_AT, 900)
    expect(only(sample.openWithClocks(), 'ClockWarningDeferred')).toEqual([
      { responderId: null, until, because: 'nobody-to-tell' },
    ])
    expect(sample.settle(plusSeconds(until, -1))).toEqual([])
    sample.take('incident-commander', 'ana', hoursOn(0.1))
    expect(only(sample.settle(hoursOn(0.1)), 'ClockWarned')[0]?.responderId).toBe('ana')
  })
})

describe('at night', () => {
  const EVENING = parseInstant('2027-03-02T21:30:00Z') // 22:30 in Berlin
  const MORNING = parseInstant('2027-03-03T06:00:00Z')
  const open = (severity: 'SEV2' | 'SEV3' | 'SEV4', at = EVENING) => {
    const sample = new Sample()
    sample.open({ severity, signalReceivedAt: at })
    sample.start(at)
    return { sample, events: sample.settle(at) }
  }

  it.each(['SEV3', 'SEV4'] as const)('a %s clock waits for the morning', (severity) => {
    const { sample, events } = open(severity)
    expect(only(events, 'ClockWarningDeferred')).toEqual([{ responderId: 'lea', until: MORNING, because: 'night' }])
    expect(clockWakeAt(sample.state)).toBe(MORNING)
    expect(sample.settle(plusSeconds(MORNING, -1))).toEqual([])
    expect(typesOf(sample.settle(MORNING))).toEqual(['ClockWarned'])
    expect(sample.settle(plusSeconds(MORNING, 1))).toEqual([])
  })

  it('a SEV2 clock rings', () => {
    expect(typesOf(open('SEV2').events)).toEqual(['ClockWarned'])
  })

  it('a SEV3 clock rings by day', () => {
    expect(typesOf(open('SEV3', SIGNAL_AT).events)).toEqual(['ClockWarned'])
  })

  it('a raised severity rings at once', () => {
    const { sample } = open('SEV3')
    const at = plusSeconds(EVENING, HOUR)
    sample.given(at, { type: 'SeverityRaised', v: 1, data: { from: 'SEV3', to: 'SEV2', note: null } })
    expect(typesOf(sample.settle(at))).toEqual(['ClockWarned'])
  })

  it('rings from the moment at which the stage is due within a day', () => {
    // Anchored 47 h before the evening: due in 25 h, urgent in 1 h.
    const sample = new Sample()
    const signalReceivedAt = plusSeconds(EVENING, -47 * HOUR)
    sample.open({ severity: 'SEV3', signalReceivedAt })
    sample.start(EVENING)
    const rings = plusSeconds(EVENING, HOUR)
    expect(only(sample.settle(EVENING), 'ClockWarningDeferred')).toMatchObject([{ until: rings, because: 'night' }])
    expect(sample.settle(plusSeconds(rings, -1))).toEqual([])
    expect(typesOf(sample.settle(rings))).toEqual(['ClockWarned'])
  })

  it('an urgent warning of another stage is not held back by one that waits', () => {
    const entities = [1, 2].map((number) => ({ id: `entity-${number}`, country: 'DE', classes: [] }))
    const sample = new Sample(directory({ accounts: [profile({ entities: entities.slice(0, 1) })] }))
    sample.open({ severity: 'SEV3', signalReceivedAt: plusSeconds(EVENING, -58 * HOUR) })
    sample.start(EVENING)
    sample.settle(plusSeconds(EVENING, -2 * HOUR))
    // A second clock joins in the evening and counts from then; the first has its warning at 64.8 h in the night.
    sample.directory = directory({ accounts: [profile({ entities })] })
    sample.start(EVENING)
    const anchor = { name: 'awareness', at: plusSeconds(EVENING, -60) } as const
    const moved = { type: 'ReanchorClock', clockId: sample.clock(1).id, stageId: null, anchor } as const
    sample.command({ ...moved, responderId: 'lea', note: NOTE }, EVENING)
    const rings = plusSeconds(EVENING, 6.8 * HOUR)
    expect(only(sample.settle(EVENING), 'ClockWarningDeferred')).toMatchObject([{ until: rings, because: 'night' }])
    expect(rings < MORNING).toBe(true)
    expect(only(sample.settle(rings), 'ClockWarned')[0]?.stages[0]).toMatchObject({
      clockId: sample.clock(0).id,
      warned: 4,
    })
  })
})

describe('a finding that arrived late', () => {
  const late = (seconds: number, given = directory()) => {
    const sample = new Sample(given)
    return only(sample.openWithClocks({ occurredAt: plusSeconds(SIGNAL_AT, -seconds) }), 'NoticeRequested')
  }

  it('is put to Legal Counsel as a question when it took more than 15 minutes', () => {
    expect(late(900)).toEqual([])
    expect(late(901)).toMatchObject([{ about: 'late-signal', responderId: 'lea', channelId: 'mail' }])
  })

  it('is asked once', () => {
    const sample = new Sample()
    sample.openWithClocks({ occurredAt: plusSeconds(SIGNAL_AT, -HOUR) })
    expect(typesOf([...sample.settle(hoursOn(36)), ...sample.settle(hoursOn(54))])).toEqual([
      'ClockWarned',
      'ClockWarned',
    ])
  })

  it('is no question without a clock', () => {
    expect(late(HOUR, directory({ accounts: [] }))).toEqual([])
  })

  it('waits like the first warning until somebody can be told', () => {
    const sample = new Sample(directory({ responders: [commander] }))
    sample.openWithClocks({ occurredAt: plusSeconds(SIGNAL_AT, -HOUR) })
    sample.take('incident-commander', 'ana', hoursOn(1))
    expect(typesOf(sample.settle(hoursOn(1)))).toEqual(['ClockWarned', 'NoticeRequested'])
  })
})

it('is due at SAFE_DUE_AT by the catalogue', () => {
  expect(opened().stage().safeDueAt).toBe(SAFE_DUE_AT)
  expect(EU_GDPR_ART33_AUTHORITY.stages[0].deadline.amount).toBe(72)
})

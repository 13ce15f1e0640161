import { describe, expect, it } from 'vitest'
import type { SubmissionPhase } from '../../../../shared/core/incident/event-parts.ts'
import type { EventOf } from '../../../../shared/core/incident/events.ts'
import type { Stage } from '../../../../shared/core/incident/state.ts'
import { plusSeconds } from '../../../../shared/core/time/instant.ts'
import { NOTE, Sample, SIGNAL_AT } from '../clocks/sample-incident.ts'

const HOUR = 3600
const hoursOn = (hours: number) => plusSeconds(SIGNAL_AT, hours * HOUR)

/** One clock with one stage of 72 h, warned `warned` times. */
function started(warned = 0): Sample {
  const sample = new Sample().open()
  const stages = [{ stageId: 's', anchor: presumed(SIGNAL_AT), dueAt: hoursOn(73), safeDueAt: hoursOn(72), steps: [] }]
  const clock = {
    clockId: 'c',
    obligationId: 'o',
    obligationVersion: 1,
    entityId: 'e',
    role: 'controller',
    stages,
  } as const
  sample.given(SIGNAL_AT, { type: 'ClockStarted', v: 1, data: clock })
  if (warned > 0) warn(sample, warned, SIGNAL_AT, 'fx-0')
  return sample
}

function presumed(at: string | null) {
  return { name: 'awareness', at, basis: 'presumed' } as const
}

function warn(sample: Sample, warned: number, at: string, effectId: string): void {
  const target = { effectId, bundleId: effectId, responderId: 'lea', channelId: 'mail', channel: 'email' }
  sample.given(at, { type: 'ClockWarned', v: 1, data: { ...target, stages: [{ clockId: 'c', stageId: 's', warned }] } })
}

function fail(sample: Sample, effectId: string, at: string): void {
  const data = { effectId, kind: 'clock', responderId: 'lea', channelId: 'mail', reason: 'DeliveryFailed' } as const
  sample.given(at, { type: 'MessageFailed', v: 1, data })
}

function reanchor(sample: Sample, hours: number, now: string, basis: 'presumed' | 'recorded' = 'recorded'): Stage {
  const anchor = { name: 'awareness', at: hoursOn(hours), basis } as const
  const deadline = { stageId: 's', anchor, dueAt: hoursOn(hours + 73), safeDueAt: hoursOn(hours + 72), steps: [] }
  const data: EventOf<'StageReanchored'>['data'] = { ...deadline, clockId: 'c', responderId: 'lea' }
  sample.given(now, { type: 'StageReanchored', v: 1, data })
  return sample.stage()
}

function submit(sample: Sample, phase: SubmissionPhase, at: string): Stage {
  const data = { clockId: 'c', stageId: 's', responderId: 'lea', submittedAt: at, phase, receipt: null }
  sample.given(at, { type: 'StageSubmitted', v: 1, data })
  return sample.stage()
}

const missed = { type: 'StageMissed', v: 1, data: { clockId: 'c', stageId: 's' } } as const
const waived = { type: 'StageWaived', v: 1, data: { clockId: 'c', stageId: 's', responderId: 'lea', ...NOTE } } as const
const deferred = {
  type: 'ClockWarningDeferred',
  v: 1,
  data: { responderId: 'lea', until: hoursOn(9), because: 'night' },
} as const

describe('a stage that is re-anchored', () => {
  it('gives again the warnings that the new deadline has not reached, and none twice', () => {
    expect(reanchor(started(3), 53, hoursOn(54)).warned).toBe(1)
    expect(reanchor(started(3), -10, hoursOn(54)).warned).toBe(3)
    expect(reanchor(started(1), -60, hoursOn(0)).warned).toBe(1)
    expect(reanchor(started(0), 0, hoursOn(1)).warned).toBe(0)
  })

  it('stays submitted or waived', () => {
    const submitted = started()
    submit(submitted, 'initial', hoursOn(1))
    expect(reanchor(submitted, -1, hoursOn(2)).status).toBe('submitted')
    const left = started()
    left.given(hoursOn(1), waived)
    expect(reanchor(left, -1, hoursOn(2)).status).toBe('waived')
  })

  it('runs again after it was missed only when its new deadline lies ahead', () => {
    const late = started()
    late.given(hoursOn(74), missed)
    expect(reanchor(late, 0.5, hoursOn(74)).status).toBe('missed')
    expect(reanchor(late, 1, hoursOn(74)).status).toBe('running')
  })

  it('records awareness only where a person said so', () => {
    const sample = started()
    reanchor(sample, -1, hoursOn(1), 'presumed')
    expect(sample.state.awarenessAt).toBeNull()
    reanchor(sample, -1, hoursOn(1))
    expect(sample.state.awarenessAt).toBe(hoursOn(-1))
  })
})

describe('a submitted stage', () => {
  it.each(['initial', 'supplement', 'complete'] as const)('is submitted by a %s', (phase) => {
    expect(submit(started(), phase, hoursOn(1)).status).toBe('submitted')
  })

  it('runs again when it is withdrawn, and its warnings are weighed afresh', () => {
    const sample = started()
    submit(sample, 'initial', hoursOn(1))
    sample.given(hoursOn(1), deferred)
    expect(submit(sample, 'withdrawn', hoursOn(2)).status).toBe('running')
    expect(sample.state.clockDeferredUntil).toBeNull()
  })

  it('is told from another by instant, phase and receipt', () => {
    const [one, same, other] = [started(), started(), started()]
    const of = (sample: Sample, phase: SubmissionPhase) => submit(sample, phase, hoursOn(1)).lastSubmission
    expect(of(one, 'initial')).toMatch(/^[0-9a-f]{10}$/)
    expect(of(same, 'initial')).toBe(of(one, 'initial'))
    expect(of(other, 'complete')).not.toBe(of(one, 'initial'))
  })
})

describe('a warning that waits', () => {
  it.each([
    ['the Legal seat is taken', 'legal-counsel', null],
    ['the Commander’s seat is taken', 'incident-commander', null],
    ['another seat is taken', 'cloud-security-engineer', hoursOn(9)],
  ])('when %s', (_case, role, until) => {
    const sample = started()
    sample.given(hoursOn(1), deferred)
    sample.take(role, 'lea', hoursOn(1))
    expect(sample.state.clockDeferredUntil).toBe(until)
  })

  it('is weighed afresh when the severity rises, the stage moves or the clock is reopened', () => {
    const changes = [
      (sample: Sample) =>
        sample.given(hoursOn(1), { type: 'SeverityRaised', v: 1, data: { from: 'SEV3', to: 'SEV2', note: null } }),
      (sample: Sample) => reanchor(sample, -1, hoursOn(1)),
      (sample: Sample) =>
        sample.given(hoursOn(1), { type: 'ClockReopened', v: 1, data: { clockId: 'c', because: 'new-finding' } }),
    ]
    for (const change of changes) {
      const sample = started()
      sample.given(hoursOn(1), deferred)
      change(sample)
      expect(sample.state.clockDeferredUntil).toBeNull()
    }
  })
})

describe('a reopened clock', () => {
  it('is provisional, and its last warning counts as not given', () => {
    const sample = started(2)
    const data = { clockId: 'c', responderId: 'lea', ...NOTE }
    sample.given(hoursOn(40), { type: 'ClockDeclaredNotNotifiable', v: 1, data })
    expect(sample.clock().status).toBe('not-notifiable')
    sample.given(hoursOn(41), { type: 'ClockReopened', v: 1, data: { clockId: 'c', because: 'new-facts' } })
    expect(sample.clock().status).toBe('provisional')
    expect(sample.stage().warned).toBe(1)
  })
})

describe('a message about clocks that failed', () => {
  it('leaves its stages as they were before it, once', () => {
    const sample = started(1)
    warn(sample, 4, hoursOn(65), 'fx-1')
    expect(sample.stage().warned).toBe(4)
    fail(sample, 'fx-1', hoursOn(65.1))
    expect(sample.stage().warned).toBe(1)
    warn(sample, 4, hoursOn(65.2), 'fx-2')
    fail(sample, 'fx-1', hoursOn(65.3))
    fail(sample, 'fx-unknown', hoursOn(65.3))
    expect(sample.stage().warned).toBe(4)
  })

  it('long after it was accepted leaves alone the stages that a later message names, unless that fails as well', () => {
    const sample = started(1)
    warn(sample, 2, hoursOn(36), 'fx-1')
    warn(sample, 3, hoursOn(36.5), 'fx-2')
    fail(sample, 'fx-1', hoursOn(36.6))
    expect(sample.stage().warned).toBe(3)
    fail(sample, 'fx-2', hoursOn(36.7))
    expect(sample.stage().warned).toBe(2)
  })

  it('in whichever order two of them fail, the stage is as it was before the first', () => {
    const sample = started(1)
    warn(sample, 2, hoursOn(36), 'fx-1')
    warn(sample, 3, hoursOn(36.5), 'fx-2')
    fail(sample, 'fx-2', hoursOn(36.6))
    fail(sample, 'fx-1', hoursOn(36.7))
    expect(sample.stage().warned).toBe(1)
  })

  it('is remembered for an hour, the last eight at most, until nobody can be told', () => {
    const sample = started(1)
    fail(sample, 'fx-0', hoursOn(0.1))
    warn(sample, 1, hoursOn(0.2), 'fx-1')
    expect(sample.state.clockMessages.map(({ effectId, failed }) => [effectId, failed])).toEqual([
      ['fx-0', true],
      ['fx-1', false],
    ])
    const nobody = { responderId: null, until: hoursOn(1), because: 'nobody-to-tell' } as const
    sample.given(hoursOn(0.3), { type: 'ClockWarningDeferred', v: 1, data: nobody })
    expect(sample.state.clockMessages.map(({ effectId }) => effectId)).toEqual(['fx-1'])
    for (let number = 2; number < 12; number += 1) warn(sample, 1, hoursOn(0.4), `fx-${number}`)
    expect(sample.state.clockMessages).toHaveLength(8)
    warn(sample, 2, hoursOn(1.4), 'fx-last')
    expect(sample.state.clockMessages.map(({ effectId }) => effectId)).toEqual(['fx-last'])
  })
})

describe('recorded facts', () => {
  it('add up, at most 50 places', () => {
    const sample = started()
    const places = Array.from({ length: 60 }, (_, number) => `US-${number}`)
    const record = (residents: string[]) =>
      sample.given(hoursOn(1), {
        type: 'FactsRecorded',
        v: 1,
        data: { responderId: 'ana', dataCategories: ['health'], residents },
      })
    record(['FR'])
    record(['FR', ...places])
    expect(sample.state.facts.dataCategories).toEqual(['health'])
    expect(sample.state.facts.residents).toHaveLength(50)
    expect(sample.state.facts.residents[0]).toBe('FR')
  })
})

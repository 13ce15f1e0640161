import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockWakeAt } from '../../../../shared/core/clocks/clock-wake.ts'
import { settleClocks } from '../../../../shared/core/clocks/settle-clocks.ts'
import type { Directory } from '../../../../shared/core/directory/directory.ts'
import type { ClockCommand } from '../../../../shared/core/incident/commands.ts'
import { Draft } from '../../../../shared/core/incident/draft.ts'
import type { IncidentEvent } from '../../../../shared/core/incident/events.ts'
import { type Instant, plusMs, plusSeconds } from '../../../../shared/core/time/instant.ts'
import { person } from '../directory/sample-directory.ts'
import { commander, counsel, directory, NOTE, only, profile, Sample, SIGNAL_AT } from './sample-incident.ts'

const HOUR = 3600
const far = person('kai', { roles: ['legal-counsel'], zone: 'Asia/Tokyo' })
const away = { from: plusSeconds(SIGNAL_AT, 30 * HOUR), until: plusSeconds(SIGNAL_AT, 50 * HOUR), deputy: null }
const entities = [1, 2, 3, 4, 5].map((number) => ({ id: `entity-${number}`, country: 'DE', classes: [] }))

const directories: fc.Arbitrary<Directory> = fc
  .record({
    people: fc.constantFrom([commander, counsel], [commander], [commander, { ...counsel, absences: [away] }, far]),
    entities: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ people, entities: most }) =>
    directory({ responders: people, accounts: [profile({ entities: entities.slice(0, most) })] }),
  )

interface Decide {
  readonly kind: 'decide'
  readonly what: ClockCommand['type']
  readonly clock: number
  readonly seconds: number
}
type Act =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'wake' | 'facts' | 'fail' | 'raise' | 'take' }
  | Decide

const kinds = fc.constantFrom('wake', 'wake', 'wake', 'facts', 'fail', 'raise', 'take' as const)
const decisions = fc.constantFrom<ClockCommand['type']>(
  'ConfirmClock',
  'DeclareNotNotifiable',
  'ReanchorClock',
  'SubmitStage',
  'WaiveStage',
)
const seconds = fc.integer({ min: 0, max: 40 * HOUR })
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), seconds }),
  kinds.map((kind) => ({ kind })),
  fc.record({ kind: fc.constant('decide' as const), what: decisions, clock: fc.nat(4), seconds }),
)

/** What settling would say at an instant, without doing it. */
function saidAt(sample: Sample, at: Instant): readonly IncidentEvent[] {
  const draft = new Draft(sample.state, { incidentId: 'inc-1', sequence: 99, at, actor: 'muster' })
  settleClocks(draft, { now: at, directory: sample.directory, holdsElsewhere: new Set() })
  return draft.events
}

/** Does one act at `now`, then settles as every decision does; returns the new now. */
function perform(sample: Sample, act: Act, now: Instant): Instant {
  if (act.kind === 'wait') now = plusSeconds(now, act.seconds)
  else if (act.kind === 'wake') now = clockWakeAt(sample.state) ?? now
  else if (act.kind === 'take')
    sample.take(sample.state.seats.length === 0 ? 'legal-counsel' : 'incident-commander', 'ana', now)
  else if (act.kind === 'raise')
    sample.given(now, { type: 'SeverityRaised', v: 1, data: { from: 'SEV3', to: 'SEV2', note: null } })
  else if (act.kind === 'facts')
    sample.command({ type: 'RecordFacts', responderId: 'ana', dataCategories: [], residents: [now], other: {} }, now)
  else if (act.kind === 'fail') failLast(sample, now)
  else if (act.kind === 'decide') decide(sample, act, now)
  sample.settle(now)
  return now
}

function failLast(sample: Sample, now: Instant): void {
  const last = only(sample.events, 'ClockWarned').at(-1)
  if (!last) return
  const { effectId, responderId, channelId } = last
  const data = { effectId, responderId, channelId, kind: 'clock', reason: 'DeliveryFailed' } as const
  sample.given(now, { type: 'MessageFailed', v: 1, data })
}

function decide(sample: Sample, act: Decide, now: Instant): void {
  const clock = sample.state.clocks[act.clock]
  const at = plusSeconds(now, -act.seconds)
  if (!clock) return
  const anchor = { name: 'awareness', at } as const
  const phase = act.seconds % 3 === 0 ? 'withdrawn' : 'initial'
  const base = { clockId: clock.id, stageId: 'authority', responderId: 'lea', note: NOTE, anchor }
  sample.command({ ...base, type: act.what, submittedAt: at, phase, receipt: null } as ClockCommand, now)
}

const FIRST = plusSeconds(SIGNAL_AT, -20 * HOUR)

describe('clockWakeAt', () => {
  it('is the next moment at which settling says something, never earlier, never later', () => {
    const severities = fc.constantFrom('SEV1', 'SEV3', 'SEV4' as const)
    fc.assert(
      fc.property(
        directories,
        severities,
        fc.array(acts, { maxLength: 25 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, severity, steps, part) => {
          const sample = new Sample(given)
          sample.openWithClocks({ severity, signalReceivedAt: FIRST, occurredAt: plusSeconds(FIRST, -HOUR) })
          let now: Instant = SIGNAL_AT
          for (const act of steps) {
            now = perform(sample, act, now)
            const wake = clockWakeAt(sample.state)
            if (wake === null) {
              expect(saidAt(sample, plusSeconds(now, 400 * HOUR))).toEqual([])
              continue
            }
            expect(wake > now).toBe(true)
            const span = Date.parse(wake) - Date.parse(now)
            expect(saidAt(sample, plusMs(now, Math.floor(part * (span - 1))))).toEqual([])
            expect(saidAt(sample, plusMs(wake, -1))).toEqual([])
            expect(saidAt(sample, wake).length).toBeGreaterThan(0)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('lets every stage be warned: following the wakes for 200 h leaves none behind', () => {
    fc.assert(
      fc.property(directories, fc.constantFrom('SEV1', 'SEV3' as const), (given, severity) => {
        const sample = new Sample(given)
        sample.openWithClocks({ severity })
        const end = plusSeconds(SIGNAL_AT, 200 * HOUR)
        sample.take('incident-commander', 'ana')
        for (let wake = clockWakeAt(sample.state); wake !== null && wake <= end; wake = clockWakeAt(sample.state)) {
          expect(sample.settle(wake).length).toBeGreaterThan(0)
          expect([wake, clockWakeAt(sample.state)].toSorted()[0]).toBe(wake)
          expect(clockWakeAt(sample.state)).not.toBe(wake)
        }
        for (const { stages } of sample.state.clocks) {
          expect(stages[0]?.status).toBe('missed')
          expect(stages[0]?.warned).toBeGreaterThan(100)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('is null when nothing is counted', () => {
    expect(clockWakeAt(new Sample().open().state)).toBeNull()
  })
})

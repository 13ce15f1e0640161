import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANCHORS } from '../../../../shared/core/incident/events.ts'
import { packClock, unpackClock } from '../../../../shared/core/incident/packed-clock.ts'
import type { Clock } from '../../../../shared/core/incident/state.ts'
import { instantOf } from '../../../../shared/core/time/instant.ts'

const WIDEST: Clock = {
  id: 'clk-0123456789',
  obligationId: 'eu-gdpr-art33-authority',
  entityId: 'account-123456789012',
  role: 'controller',
  status: 'not-notifiable',
  stages: [
    {
      id: 'authority',
      status: 'awaiting-anchor',
      anchor: { name: 'law-enforcement-notice', at: instantOf(0), basis: 'presumed' },
      dueAt: instantOf(0),
      safeDueAt: instantOf(0),
      warned: 99_999,
      lastSubmission: '0123456789',
    },
  ],
}

const instants = fc.option(fc.integer({ min: 0, max: 4e12 }).map(instantOf))
const clocks: fc.Arbitrary<Clock> = fc.record({
  id: fc.string(),
  obligationId: fc.string(),
  entityId: fc.string(),
  role: fc.constantFrom('controller', 'processor', 'joint'),
  status: fc.constantFrom('provisional', 'confirmed', 'not-notifiable', 'withdrawn'),
  stages: fc.array(
    fc.record({
      id: fc.string(),
      status: fc.constantFrom('awaiting-anchor', 'running', 'held', 'submitted', 'waived', 'missed'),
      anchor: fc.record({
        name: fc.constantFrom(...ANCHORS),
        at: instants,
        basis: fc.constantFrom('presumed', 'recorded'),
      }),
      dueAt: instants,
      safeDueAt: instants,
      warned: fc.nat(),
      lastSubmission: fc.option(fc.string()),
    }),
  ),
})

describe('a packed clock', () => {
  it('takes at most 300 bytes, with the longest values and an entity id of 20 characters', () => {
    expect(WIDEST.entityId).toHaveLength(20)
    expect(Buffer.byteLength(JSON.stringify(packClock(WIDEST)))).toBeLessThanOrEqual(300)
  })

  it('is the same clock after it was stored', () => {
    fc.assert(
      fc.property(clocks, (clock) => {
        expect(unpackClock(JSON.parse(JSON.stringify(packClock(clock))))).toEqual(clock)
      }),
    )
  })
})

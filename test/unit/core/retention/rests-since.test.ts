import { describe, expect, it } from 'vitest'
import type { Clock, IncidentState, Stage } from '../../../../shared/core/incident/state.ts'
import { restsSince } from '../../../../shared/core/retention/rests-since.ts'
import { plusSeconds } from '../../../../shared/core/time/instant.ts'

const CLOSED_AT = '2027-03-10T10:00:00.000Z'

type Resting = Pick<IncidentState, 'status' | 'unsettled' | 'clocks' | 'lastCommitAt' | 'mergedInto'>

/** Only what the rule reads. */
function closed(change: Partial<Resting> = {}): IncidentState {
  const state = { status: 'closed', closedAt: CLOSED_AT, unsettled: {}, clocks: [], mergedInto: null }
  return { ...state, lastCommitAt: CLOSED_AT, ...change } as unknown as IncidentState
}

function clock(status: Clock['status'], ...stages: Stage['status'][]): Clock {
  const all = stages.map((stage, index) => ({ id: `${index}`, status: stage }))
  return { id: 'clock', obligationId: 'o', entityId: 'e', role: 'controller', status, stages: all } as unknown as Clock
}

describe('restsSince', () => {
  it('counts from the moment that a repeat cannot reopen it any more', () => {
    expect(restsSince(closed(), null)).toBe(plusSeconds(CLOSED_AT, 1800))
  })

  it('counts from what was said last, where that is later', () => {
    const lastCommitAt = plusSeconds(CLOSED_AT, 86_400)
    expect(restsSince(closed({ lastCommitAt }), null)).toBe(lastCommitAt)
  })

  it.each<[string, IncidentState, string | null]>([
    ['an open one', closed({ status: 'open' }), null],
    ['one that something is due on', closed(), plusSeconds(CLOSED_AT, 9e8)],
    ['one with a message of which nobody knows', closed({ unsettled: { 'inc-1.1.1': {} as never } }), null],
    ['one with a stage that runs', closed({ clocks: [clock('confirmed', 'submitted', 'running')] }), null],
    ['one with a stage that was missed', closed({ clocks: [clock('confirmed', 'missed')] }), null],
    ['one with a stage on hold', closed({ clocks: [clock('confirmed', 'held')] }), null],
    ['one with a stage that awaits its anchor', closed({ clocks: [clock('provisional', 'awaiting-anchor')] }), null],
  ])('%s is not at rest', (_, state, wakeAt) => {
    expect(restsSince(state, wakeAt)).toBeNull()
  })

  it('a duty that was done, waived, or is none, does not hold it', () => {
    const clocks = [
      clock('confirmed', 'submitted', 'waived'),
      clock('not-notifiable', 'running'),
      clock('withdrawn', 'held'),
    ]
    expect(restsSince(closed({ clocks }), null)).not.toBeNull()
  })

  it('the clocks of a merged incident are where it lives on', () => {
    const clocks = [clock('confirmed', 'running')]
    expect(restsSince(closed({ clocks, mergedInto: 'inc-2' }), null)).not.toBeNull()
  })
})

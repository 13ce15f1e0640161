import { describe, expect, it } from 'vitest'
import { MUSTER_ACTOR, type StoredCommit } from '../../../shared/app/rows/commit-row.ts'
import { timelineOf } from '../../../shared/app/timeline-view.ts'
import type { IncidentEvent } from '../../../shared/core/incident/events.ts'

const SEAT = { role: 'incident-commander', responderId: 'ana' }

function reasonOf(event: IncidentEvent) {
  const commit: StoredCommit = {
    incidentId: 'inc-1',
    sequence: 1,
    at: '2027-03-10T10:00:00.000Z',
    actor: MUSTER_ACTOR,
    directoryVersion: 'v',
    causes: [],
    events: [event],
    previousHash: '',
    hash: 'h',
    marked: false,
  }
  return timelineOf([commit])[0]?.reason
}

describe('the reason of a row', () => {
  it('is the one that the event carries', () => {
    const data = { ...SEAT, round: 1, reason: 'Absent' } as const
    expect(reasonOf({ type: 'CandidateSkipped', v: 1, data })).toBe('Absent')
  })

  it.each([
    [{ type: 'SeatDeclined', v: 1, data: { ...SEAT, note: null } }, 'Declined'],
    [{ type: 'SeatEscalated', v: 1, data: { ...SEAT, note: null } }, 'EscalatedByHand'],
    [{ type: 'SeatHandedOver', v: 1, data: { ...SEAT, to: 'ben', note: null } }, 'HandedOver'],
    [{ type: 'SeverityRaised', v: 1, data: { from: 'SEV2', to: 'SEV1', note: null } }, 'SeverityRaised'],
    [{ type: 'IncidentClosed', v: 1, data: { responderId: 'ana', note: 'over' } }, 'Closed'],
  ] satisfies [IncidentEvent, string][])('is said by the name of what has one only: %o', (event, reason) => {
    expect(reasonOf(event)).toBe(reason)
  })

  it('is null where nothing was decided for a reason', () => {
    expect(reasonOf({ type: 'MessageSent', v: 1, data: { effectId: 'e', kind: 'page' } })).toBeNull()
  })
})

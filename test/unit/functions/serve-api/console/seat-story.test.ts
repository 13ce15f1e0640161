import { describe, expect, it } from 'vitest'
import { stepsOf } from '../../../../../functions/serve-api/console/record-step.ts'
import { seatStory } from '../../../../../functions/serve-api/console/seat-story.ts'
import type { IncidentEvent } from '../../../../../shared/core/incident/events.ts'
import { elapsed, paged, ROLE, seatOpened, sent, ToldIncident, taken } from './told-incident.ts'

const storyOf = (told: ToldIncident) => seatStory(stepsOf(told.commits), ROLE)
const open = () => new ToldIncident().at(0, seatOpened)
const ofSeat = (type: 'RoundStarted' | 'CheckInMissed' | 'SeatHandedOver'): IncidentEvent => {
  if (type === 'RoundStarted') return { type, v: 1, data: { role: ROLE, round: 2, reason: 'NewRound' } }
  if (type === 'CheckInMissed')
    return { type, v: 1, data: { role: ROLE, responderId: 'ana', reason: 'CheckInUnanswered' } }
  return { type, v: 1, data: { role: ROLE, responderId: 'ana', to: 'ben', note: null } }
}
const declined = (responderId: string): IncidentEvent => ({
  type: 'SeatDeclined',
  v: 1,
  data: { role: ROLE, responderId, note: null },
})

describe('seatStory', () => {
  it('tells one try for all the channels of a person, with what became of each', () => {
    const refused: IncidentEvent = {
      type: 'MessageFailed',
      v: 1,
      data: { effectId: 'page-ana', kind: 'page', responderId: 'ana', channelId: 'old', reason: 'ChannelRefused' },
    }
    const told = open()
      .at(0, paged('ana', { channel: 'sms' }))
      .at(1, refused, paged('ana', { effectId: 'second' }))
      .at(2, { type: 'MessageSent', v: 1, data: { effectId: 'second', kind: 'page' } })
    const [only, ...others] = storyOf(told).tries
    expect(others).toEqual([])
    expect(only?.calls.map(({ channel, outcome }) => [channel, outcome])).toEqual([
      ['sms', 'refused'],
      ['email', 'sent'],
    ])
    expect(only?.end).toBeNull()
  })

  it('tells failed and withheld messages apart', () => {
    const failed: IncidentEvent = {
      type: 'MessageFailed',
      v: 1,
      data: { effectId: 'page-ana', kind: 'page', responderId: 'ana', channelId: 'mail', reason: 'DeliveryFailed' },
    }
    const withheld: IncidentEvent = {
      type: 'MessageWithheld',
      v: 1,
      data: { effectId: 'page-ben', kind: 'page', reason: 'SeatTaken' },
    }
    const told = open().at(0, paged('ana'), paged('ben')).at(1, failed, withheld)
    expect(storyOf(told).tries.map(({ calls }) => calls[0]?.outcome)).toEqual(['failed', 'withheld'])
  })

  it('tells of a message that came back, in whichever order its sender and its receipt say so', () => {
    const data = { effectId: 'page-ana', kind: 'page', responderId: 'ana', channelId: 'mail' } as const
    const bounced: IncidentEvent = { type: 'MessageFailed', v: 1, data: { ...data, reason: 'ChannelRefused' } }
    const late: IncidentEvent = { type: 'MessageFailed', v: 1, data: { ...data, reason: 'DeliveryFailed' } }
    const outcomeAfter = (...events: IncidentEvent[]) =>
      storyOf(
        open()
          .at(0, paged('ana'))
          .at(1, ...events),
      ).tries[0]?.calls[0]?.outcome
    expect(outcomeAfter(sent('ana'), bounced)).toBe('refused')
    expect(outcomeAfter(bounced, sent('ana'))).toBe('refused')
    expect(outcomeAfter(late, sent('ana'))).toBe('failed')
    expect(outcomeAfter(late, bounced)).toBe('refused')
  })

  it('ends tries with why, and says who has taken it', () => {
    const told = open().at(0, paged('ana'), sent('ana')).at(300, elapsed('ana'), paged('ben')).at(420, taken('ben'))
    const { tries, taken: by } = storyOf(told)
    expect(tries.map(({ responderId, end }) => [responderId, end?.how, end?.reason])).toEqual([
      ['ana', 'over', 'WindowElapsed'],
      ['ben', 'acknowledged', 'OnCall'],
    ])
    expect(by).toEqual({ responderId: 'ben', at: '2027-03-10T10:07:00.000Z', acting: false })
  })

  it('lets the others go once the seat is taken, and goes on calling them while somebody is acting', () => {
    const called = () => open().at(0, paged('ana'), paged('ben'))
    const reasons = (told: ToldIncident) => storyOf(told).tries.map(({ end }) => end?.reason ?? null)
    expect(reasons(called().at(9, taken('ben')))).toEqual(['SeatTaken', 'OnCall'])
    expect(reasons(called().at(9, taken('ben', { acting: true })))).toEqual([null, 'OnCall'])
  })

  it.each(['RoundStarted', 'CheckInMissed', 'SeatHandedOver'] as const)('begins anew after %s', (type) => {
    const told = open().at(0, paged('ana')).at(300, elapsed('ana'), ofSeat(type), paged('ben'))
    expect(storyOf(told).tries.map(({ responderId }) => responderId)).toEqual(['ben'])
  })

  it('begins anew for an incident that is open again', () => {
    const told = open()
      .at(0, paged('ana'))
      .at(9, { type: 'IncidentReopened', v: 1, data: { findingKey: 'k' } })
    expect(storyOf(told).tries).toEqual([])
  })

  it('tells of who declined: when called, unasked, and as the holder', () => {
    const ends = (told: ToldIncident) => storyOf(told).tries.map(({ responderId, end }) => [responderId, end?.reason])
    expect(ends(open().at(0, paged('ana')).at(9, declined('ana')))).toEqual([['ana', 'Declined']])
    expect(ends(open().at(9, declined('ben')))).toEqual([['ben', 'Declined']])
    const gaveUp = open().at(0, paged('ana')).at(5, taken('ana')).at(9, declined('ana'))
    expect(ends(gaveUp)).toEqual([
      ['ana', 'OnCall'],
      ['ana', 'Declined'],
    ])
    expect(storyOf(gaveUp).taken).toBeNull()
  })

  it('keeps to its own seat', () => {
    expect(seatStory(stepsOf(open().at(0, paged('ana')).commits), 'legal-counsel').tries).toEqual([])
  })
})

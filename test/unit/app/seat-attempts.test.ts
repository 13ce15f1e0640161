import { describe, expect, it } from 'vitest'
import type { Commit } from '../../../shared/app/rows/commit-row.ts'
import { seatAttempts } from '../../../shared/app/seat-attempts.ts'
import type { EventOf, EventType, IncidentEvent } from '../../../shared/core/incident/events.ts'
import type { Reason } from '../../../shared/core/incident/reasons.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { organisation, person } from '../core/directory/sample-directory.ts'

const START = '2027-03-10T10:00:00.000Z'
const directory = organisation({ responders: [person('ana'), person('ben')] })
const SEAT = { role: 'incident-commander', responderId: 'ana' }

function event<Type extends EventType>(type: Type, data: EventOf<Type>['data']): IncidentEvent {
  return { type, v: 1, data } as IncidentEvent
}

const page = (effectId: string, responderId = 'ana', reason: Reason = 'OnCall', role = SEAT.role) =>
  event('PageRequested', {
    role,
    responderId,
    effectId,
    channelId: 'mail',
    channel: 'email',
    channelsLeft: [],
    round: 1,
    reason,
    bundleId: effectId,
  })
const sent = (effectId: string) => event('MessageSent', { effectId, kind: 'page' })
const failed = (effectId: string, reason: 'DeliveryFailed' | 'ChannelRefused') =>
  event('MessageFailed', { effectId, kind: 'page', responderId: 'ana', channelId: 'mail', reason })
const ended = (reason: Reason, responderId = 'ana') => event('AttemptEnded', { role: SEAT.role, responderId, reason })
const taken = (responderId: string, reason: Reason, acting = false) =>
  event('SeatAcknowledged', { role: SEAT.role, responderId, acting, via: 'api', reason, replaced: null })
const declined = event('SeatDeclined', { ...SEAT, note: null })

/** Each event a minute after the one before; what the seat's attempts come to. */
function attempts(...events: IncidentEvent[]): string[] {
  const commits = events.map(
    (one, index): Commit => ({
      incidentId: 'inc-1',
      sequence: index + 1,
      at: plusSeconds(START, index * 60),
      actor: 'muster',
      directoryVersion: 'v',
      causes: [],
      events: [one],
      previousHash: '',
    }),
  )
  const rows = seatAttempts(commits, directory).get(SEAT.role) ?? []
  return rows.map(({ responderId, channel, at, outcome, reason }) =>
    [responderId, channel, at.slice(14, 16), outcome, reason].join(' '),
  )
}

describe('seatAttempts', () => {
  it('shows a call once its provider has answered, at the minute of the call', () => {
    expect(attempts(page('e1'))).toEqual([])
    expect(attempts(page('e1'), sent('e1'))).toEqual(['ana email 00 sent OnCall'])
    expect(attempts(page('e1'), failed('e1', 'ChannelRefused'))).toEqual(['ana email 00 failed ChannelRefused'])
  })

  it('tells why a message was not sent after all', () => {
    const withheld = event('MessageWithheld', { effectId: 'e1', kind: 'page', reason: 'Absent' })
    expect(attempts(page('e1'), withheld)).toEqual(['ana email 00 skipped Absent'])
  })

  it('has one call elapse with its window, on every channel that was used', () => {
    expect(attempts(page('e1'), sent('e1'), page('e2'), sent('e2'), ended('WindowElapsed'))).toEqual([
      'ana email 00 elapsed OnCall',
      'ana email 02 elapsed OnCall',
    ])
    expect(attempts(page('e1'), sent('e1'), ended('EscalatedByHand'))).toEqual(['ana email 00 elapsed OnCall'])
  })

  it.each(['SeatsExclude', 'ConflictOfInterest', 'Absent', 'Left', 'HandedOver', 'SeatTaken'] as const)(
    'tells why a call was cut short: %s',
    (reason) => {
      expect(attempts(page('e1'), sent('e1'), ended(reason))).toEqual([`ana email 00 elapsed ${reason}`])
      expect(attempts(page('e1'), ended(reason))).toEqual([])
      expect(attempts(page('e1'), sent('e1'), ended(reason), taken('ana', 'TakenByName'))).toHaveLength(2)
    },
  )

  it('leaves a call as sent when the seat was taken by another', () => {
    expect(attempts(page('e1'), sent('e1'), taken('ben', 'TakenByName'), ended('WindowElapsed'))).toEqual([
      'ana email 00 sent OnCall',
      'ben  02 acknowledged TakenByName',
    ])
  })

  it('counts a call that no provider accepted as failed, unless it left after all', () => {
    expect(attempts(page('e1'), ended('DeliveryFailed'))).toEqual(['ana email 00 failed DeliveryFailed'])
    expect(attempts(page('e1'), ended('DeliveryFailed'), sent('e1'))).toEqual(['ana email 00 sent OnCall'])
  })

  it('shows what came back after it was accepted as failed: nobody let it elapse', () => {
    const bounced = failed('e1', 'ChannelRefused')
    expect(attempts(page('e1'), sent('e1'), bounced)).toEqual(['ana email 00 failed ChannelRefused'])
    expect(attempts(page('e1'), bounced, sent('e1'))).toEqual(['ana email 00 failed ChannelRefused'])
    expect(attempts(page('e1'), sent('e1'), ended('WindowElapsed'), bounced)).toEqual([
      'ana email 00 failed ChannelRefused',
    ])
    expect(attempts(page('e1'), sent('e1'), ended('WindowElapsed'), sent('e1'))).toEqual([
      'ana email 00 elapsed OnCall',
    ])
  })

  it('counts what a person did more than what came back later', () => {
    const bounced = failed('e1', 'ChannelRefused')
    expect(attempts(page('e1'), sent('e1'), taken('ana', 'OnCall'), bounced)).toEqual([
      'ana email 00 acknowledged OnCall',
    ])
    expect(attempts(page('e1'), sent('e1'), declined, bounced)).toEqual(['ana email 00 declined OnCall'])
  })

  it('marks the latest call of whoever takes the seat, also before its provider has answered', () => {
    expect(attempts(page('e1'), sent('e1'), page('e2'), taken('ana', 'OnCall'), sent('e2'))).toEqual([
      'ana email 00 sent OnCall',
      'ana email 02 acknowledged OnCall',
    ])
  })

  it('adds a row for a person who takes it by name, also after their window', () => {
    expect(attempts(page('e1'), sent('e1'), ended('WindowElapsed'), taken('ana', 'TakenByName'))).toEqual([
      'ana email 00 elapsed OnCall',
      'ana  03 acknowledged TakenByName',
    ])
  })

  it('goes on with the others while somebody is acting', () => {
    expect(attempts(page('e1'), sent('e1'), taken('ben', 'TakenByName', true), ended('WindowElapsed'))).toEqual([
      'ana email 00 elapsed OnCall',
      'ben  02 acknowledged TakenByName',
    ])
  })

  it('shows a decline on the call, or on a row of its own for who was not called', () => {
    expect(attempts(page('e1'), sent('e1'), declined)).toEqual(['ana email 00 declined OnCall'])
    expect(attempts(taken('ana', 'TakenByName'), declined)).toEqual([
      'ana  00 acknowledged TakenByName',
      'ana  01 declined Declined',
    ])
  })

  it('shows a skipped person once, without a channel, and a skipped channel by its kind', () => {
    const skipped = event('CandidateSkipped', { ...SEAT, round: 1, reason: 'Absent' })
    const channel = (channelId: string) => event('ChannelSkipped', { ...SEAT, channelId, reason: 'NoVerifiedChannel' })
    expect(attempts(skipped, channel('mail'), channel('gone'))).toEqual([
      'ana  00 skipped Absent',
      'ana email 01 skipped NoVerifiedChannel',
      'ana gone 02 skipped NoVerifiedChannel',
    ])
  })

  it('settles one message for all the seats that it called for', () => {
    const other = page('e1', 'ana', 'OnCall', 'other-seat')
    expect(attempts(page('e1'), other, sent('e1'))).toEqual(['ana email 00 sent OnCall'])
  })
})

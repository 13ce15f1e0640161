import { describe, expect, it } from 'vitest'
import { renderNext, renderSeats } from '../../../../../functions/serve-api/console/render-seat.ts'
import { REASON_WORDS } from '../../../../../functions/serve-api/console/words.ts'
import type { NextCall } from '../../../../../shared/app/next-calls.ts'
import type { IncidentEvent } from '../../../../../shared/core/incident/events.ts'
import { REASONS } from '../../../../../shared/core/incident/reasons.ts'
import {
  elapsed,
  naming,
  OPENED_AT,
  paged,
  ROLE,
  seatOpened,
  sent,
  ToldIncident,
  taken,
  textOf,
} from './told-incident.ts'

const seatsText = (told: ToldIncident) => textOf(renderSeats(told.scene(), told.screen()))
const open = () => new ToldIncident().at(0, seatOpened)
const calling = () => open().at(0, paged('ana')).at(0, sent('ana'))
const later = (told: ToldIncident, seconds: number) => told.at(seconds)
const exhausted = () =>
  open()
    .at(0, paged('ana'), sent('ana'))
    .at(300, elapsed('ana'), {
      type: 'SeatExhausted',
      v: 1,
      data: { role: ROLE, round: 1, resumesAt: '2027-03-10T10:06:00.000Z', reason: 'Exhausted' },
    })
const closed: IncidentEvent = { type: 'IncidentClosed', v: 1, data: { responderId: 'ana', note: 'done' } }

describe('renderSeats', () => {
  it('says who was called, and who is next when', () => {
    const text = seatsText(later(calling(), 192))
    expect(text).toContain('Incident Commander calling Sample Ana called 10:00, no answer; Sample Ben in 1:48.')
    expect(text).toContain('Sample Ana called 10:00 by e-mail, waiting for an answer.')
  })

  it('says that a message has not been delivered yet', () => {
    expect(seatsText(open().at(5, paged('ana')))).toContain('Sample Ana called 10:00, not delivered yet')
  })

  it('says that nobody was called yet', () => {
    expect(seatsText(open())).toContain('Calling Incident Commander now.')
  })

  it('counts those beyond three', () => {
    const people = ['ana', 'ben', 'cho', 'dan', 'eve'].map((id) => paged(id, { reason: 'Widened' }))
    expect(seatsText(open().at(0, ...people))).toContain('2 more are called')
  })

  it('says that nobody is left after the last one', () => {
    const told = open().at(0, paged('ana'), paged('ben'), paged('cho'))
    expect(seatsText(told)).toContain('then everybody was tried, and it starts from the top')
  })

  it('says who has taken it and when', () => {
    const text = seatsText(calling().at(420, taken('ana')))
    expect(text).toContain('Incident Commander taken Sample Ana has taken it 10:07.')
    expect(text).toContain('Sample Ana called 10:00 by e-mail: took it 10:07.')
  })

  it('says that the holder is only acting, and who is still called', () => {
    const text = seatsText(calling().at(60, taken('dan', { acting: true })))
    expect(text).toContain(
      'dan is acting since 10:01, without the role: people who have it are still called; Sample Ana',
    )
    expect(text).toContain('calling')
  })

  it('says that the holder is asked for a sign of life, and that there was none', () => {
    const target = { effectId: 'c', bundleId: 'b', responderId: 'ana', channelId: 'mail', channel: 'email' }
    const asked: IncidentEvent = { type: 'CheckInRequested', v: 1, data: { ...target, role: ROLE, channelsLeft: [] } }
    const missed: IncidentEvent = {
      type: 'CheckInMissed',
      v: 1,
      data: { role: ROLE, responderId: 'ana', reason: 'CheckInUnanswered' },
    }
    const told = calling().at(60, taken('ana')).at(1860, asked)
    expect(seatsText(told)).toContain('Sample Ana has taken it 10:01; Sample Ana was asked for a sign of life 10:31.')
    const silent = told.at(2160, missed, paged('ben', { effectId: 'p2' }))
    expect(seatsText(silent)).toContain(
      'Sample Ana had taken it 10:01 and gave no sign of life: others are called; Sample Ben called 10:36',
    )
  })

  it('says that the seat is being handed over', () => {
    const over: IncidentEvent = {
      type: 'SeatHandedOver',
      v: 1,
      data: { role: ROLE, responderId: 'ana', to: 'cho', note: null },
    }
    const told = calling()
      .at(60, taken('ana'))
      .at(120, over, paged('cho', { reason: 'HandedOver' }))
    expect(seatsText(told)).toContain('Sample Ana holds it and hands it over; Sample Cho called 10:02')
  })

  it('says that everybody was tried and when it goes on, and in which round it does', () => {
    const text = seatsText(exhausted())
    expect(text).toContain('Incident Commander exhausted everybody was tried, calling again at 10:06, in 1:00.')
    expect(text).toContain('Sample Ana called 10:00 by e-mail: no answer in time.')
    const round: IncidentEvent = { type: 'RoundStarted', v: 1, data: { role: ROLE, round: 2, reason: 'NewRound' } }
    const again = exhausted().at(360, round, paged('ana', { effectId: 'again' }))
    expect(seatsText(again)).toContain('everybody was tried; calling again, round 2; Sample Ana called 10:06')
  })

  it('says whose quiet hours it waits for', () => {
    const deferred: IncidentEvent = {
      type: 'CandidateDeferred',
      v: 1,
      data: { role: ROLE, responderId: 'ben', until: '2027-03-11T06:00:00.000Z', reason: 'QuietHours' },
    }
    expect(seatsText(new ToldIncident('t', 'SEV3').at(0, seatOpened, deferred))).toContain(
      'Sample Ben has quiet hours until 06:00.',
    )
  })

  it.each(REASONS)('says in words that somebody was skipped: %s', (reason) => {
    const skip: IncidentEvent = {
      type: 'CandidateSkipped',
      v: 1,
      data: { role: ROLE, responderId: 'ana', round: 1, reason },
    }
    expect(seatsText(open().at(0, skip))).toContain(`Sample Ana: skipped, ${REASON_WORDS[reason]}.`)
  })

  it.each([
    ['sms', 'SMS to Sample Ana refused: a landline?'],
    ['email', 'e-mail to Sample Ana refused: a dead address?'],
  ])('shows a dead channel: %s', (channel, text) => {
    const refused: IncidentEvent = {
      type: 'MessageFailed',
      v: 1,
      data: { effectId: 'page-ana', kind: 'page', responderId: 'ana', channelId: 'mail', reason: 'ChannelRefused' },
    }
    expect(seatsText(open().at(0, paged('ana', { channel })).at(0, refused))).toContain(text)
  })

  it('says who held it once the incident is closed, or that nobody did', () => {
    expect(seatsText(calling().at(9, taken('ana')).at(10, closed))).toContain('taken Sample Ana held it.')
    expect(seatsText(calling().at(10, closed))).toContain('not taken Nobody had taken it.')
  })

  it('keeps a long list of tries short', () => {
    const skip = (place: number): IncidentEvent => ({
      type: 'CandidateSkipped',
      v: 1,
      data: { role: ROLE, responderId: `p${place}`, round: 1, reason: 'Absent' },
    })
    const text = seatsText(open().at(0, ...Array.from({ length: 14 }, (_, place) => skip(place))))
    expect(text).toContain('2 earlier ones are in the timeline.')
    expect(text).not.toContain('p1:')
    expect(text).toContain('p2: skipped')
  })
})

describe('renderNext', () => {
  const call: NextCall = { role: ROLE, status: 'engaging', calling: [], next: null, skipped: [], resumesAt: null }
  const textAt = (change: Partial<NextCall>) => textOf(renderNext([{ ...call, ...change }], { naming, now: OPENED_AT }))

  it('says who is called, who is next and why, and who is passed over', () => {
    const since = { since: OPENED_AT, until: '2027-03-10T10:05:00.000Z' }
    const text = textAt({
      calling: [{ responderId: 'ana', reason: 'OnCall', ...since }],
      next: { responderId: 'cho', reason: 'Backup', at: since.until },
      skipped: [{ responderId: 'ben', reason: 'Absent' }],
    })
    expect(text).toBe(
      'Incident Commander Being called: Sample Ana (on call now). Next: Sample Cho, in 5:00 (the backup). Passed over: Sample Ben (on holiday or away).',
    )
  })

  it('says now for who would be called at once', () => {
    const text = textAt({ next: { responderId: 'ben', reason: 'OnCall', at: OPENED_AT } })
    expect(text).toBe('Incident Commander Next: Sample Ben, now (on call now).')
  })

  it('says that nobody is left, and that nobody is needed', () => {
    expect(textAt({})).toContain('Nobody is left in this round')
    expect(textOf(renderNext([], { naming, now: OPENED_AT }))).toBe('Nobody: every seat is taken.')
  })
})

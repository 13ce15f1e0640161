import { describe, expect, it } from 'vitest'
import type { Directory, Responder } from '../../../../shared/core/directory/directory.ts'
import { clockRecipient, counselOf } from '../../../../shared/core/incident/clock-recipient.ts'
import type { EventOf } from '../../../../shared/core/incident/events.ts'
import type { ClockMessage, IncidentState } from '../../../../shared/core/incident/state.ts'
import { plusSeconds } from '../../../../shared/core/time/instant.ts'
import { commander, counsel, directory, Sample, SIGNAL_AT } from '../clocks/sample-incident.ts'
import { person } from '../directory/sample-directory.ts'

const second = person('lou', { roles: ['legal-counsel'] })
const engineer = person('max', { roles: ['cloud-security-engineer'] })
const away = { from: SIGNAL_AT, until: plusSeconds(SIGNAL_AT, 60), deputy: null }
const of = (...responders: Responder[]) => directory({ responders })
const everybody = of(commander, counsel, second, engineer)

function told(sample: Sample, given: Directory = everybody, now = SIGNAL_AT, change: Partial<IncidentState> = {}) {
  const recipient = clockRecipient({ ...sample.state, ...change } as IncidentState, given, now)
  return recipient && `${recipient.responderId}/${recipient.channel.id}`
}

function page(sample: Sample, role: string, responderId: string): void {
  const target = { effectId: `e-${responderId}`, bundleId: 'b', responderId, channelId: 'mail', channel: 'email' }
  const data: EventOf<'PageRequested'>['data'] = { ...target, role, round: 1, reason: 'OnCall', channelsLeft: [] }
  sample.given(SIGNAL_AT, { type: 'PageRequested', v: 1, data })
}

describe('clockRecipient', () => {
  it('is the holder of the Legal seat before anybody else', () => {
    const sample = new Sample().open()
    sample.seat('legal-counsel')
    page(sample, 'legal-counsel', 'lou')
    sample.take('legal-counsel', 'max')
    expect(told(sample)).toBe('max/mail')
  })

  it('is whoever is being called for the seat while it is empty', () => {
    const sample = new Sample().open()
    sample.seat('legal-counsel')
    page(sample, 'legal-counsel', 'lou')
    page(sample, 'legal-counsel', 'lea')
    expect(told(sample)).toBe('lou/mail')
  })

  it('is counsel before anybody without the role who is called off duty, and those before nobody', () => {
    const sample = new Sample().open()
    sample.seat('legal-counsel')
    page(sample, 'legal-counsel', 'max')
    expect(told(sample)).toBe('lea/mail')
    const away_ = { ...counsel, absences: [away] }
    expect(told(sample, of(commander, away_, engineer))).toBe('max/mail')
  })

  it('is the first reachable person with the role when there is no seat, in the file’s order', () => {
    const sample = new Sample().open()
    expect(told(sample)).toBe('lea/mail')
    expect(told(sample, of(second, counsel))).toBe('lou/mail')
  })

  it('passes over who is absent, has left, has no channel or appears in a finding', () => {
    const sample = new Sample().open()
    const changes: Partial<Responder>[] = [
      { absences: [away] },
      { leavesAt: SIGNAL_AT },
      { channels: [] },
      { channels: counsel.channels.map((channel) => ({ ...channel, verified: false })) },
      { principals: ['lea'] },
    ]
    for (const change of changes) {
      expect(told(sample, of({ ...counsel, ...change }, second), SIGNAL_AT, { principals: ['lea'] })).toBe('lou/mail')
    }
  })

  it('passes over an absent holder, and comes back to them', () => {
    const sample = new Sample().open()
    sample.take('legal-counsel', 'lou')
    const given = of(commander, counsel, { ...second, absences: [away] })
    expect(told(sample, given, plusSeconds(SIGNAL_AT, 59))).toBe('lea/mail')
    expect(told(sample, given, plusSeconds(SIGNAL_AT, 60))).toBe('lou/mail')
  })

  it('is nobody when those with the role cannot be reached, whoever commands', () => {
    const sample = new Sample().open()
    sample.take('incident-commander', 'ana')
    expect(told(sample, of(commander, { ...counsel, absences: [away] }))).toBeNull()
  })

  it('is the Commander, or whoever is called for it, when nobody has the role', () => {
    const sample = new Sample().open()
    const given = of(commander, engineer, { ...counsel, leavesAt: SIGNAL_AT })
    expect(told(sample, given)).toBeNull()
    sample.seat('incident-commander')
    page(sample, 'incident-commander', 'max')
    expect(told(sample, given)).toBe('max/mail')
    sample.take('incident-commander', 'ana')
    expect(told(sample, given)).toBe('ana/mail')
  })

  it('takes the first channel that is neither refused nor failed within the hour', () => {
    const sample = new Sample().open()
    const message: ClockMessage = {
      effectId: 'e',
      responderId: 'lea',
      channelId: 'mail',
      requestedAt: SIGNAL_AT,
      failed: true,
      before: [],
    }
    expect(told(sample, everybody, SIGNAL_AT, { refusedChannels: ['lea/mail'] })).toBe('lea/phone')
    const failed = { clockMessages: [message] }
    expect(told(sample, everybody, plusSeconds(SIGNAL_AT, 3599), failed)).toBe('lea/phone')
    expect(told(sample, everybody, plusSeconds(SIGNAL_AT, 3600), failed)).toBe('lea/mail')
    expect(told(sample, everybody, SIGNAL_AT, { clockMessages: [{ ...message, failed: false }] })).toBe('lea/mail')
    expect(told(sample, everybody, SIGNAL_AT, { clockMessages: [{ ...message, responderId: 'lou' }] })).toBe('lea/mail')
  })

  it('ignores a holder whom the directory does not know any more', () => {
    const sample = new Sample().open()
    sample.take('legal-counsel', 'max')
    expect(told(sample, of(counsel))).toBe('lea/mail')
  })
})

describe('counselOf', () => {
  it('is everybody with the role who has not left', () => {
    const given = of(counsel, engineer, { ...second, leavesAt: SIGNAL_AT })
    expect(counselOf(given, SIGNAL_AT).map(({ id }) => id)).toEqual(['lea'])
    expect(counselOf(given, plusSeconds(SIGNAL_AT, -1)).map(({ id }) => id)).toEqual(['lea', 'lou'])
  })
})

import { describe, expect, it } from 'vitest'
import { OBLIGATIONS } from '../../../shared/content/obligations/catalogue.ts'
import { profile } from './clocks/sample-incident.ts'
import { organisation, person } from './directory/sample-directory.ts'
import {
  after,
  Given,
  HOUR,
  IC,
  LEGAL,
  mail,
  type Provider,
  policy,
  seatPolicy,
  sms,
  T0,
  voice,
} from './paging/given.ts'

const MOST_BYTES = 64 * 1024
const ROLES = [IC, 'cloud-security-engineer', 'communications-coordinator', LEGAL]

/** Sixty people with three channels each; every role has fifteen, all agreed to be called off duty. */
const sixty = Array.from({ length: 60 }, (_, index) => {
  const id = `responder-${index}`
  return person(id, { roles: [ROLES[index % 4] ?? IC], channels: [mail(id), sms, voice], offDutyCalls: true })
})

function fourSeats(): Given {
  const names = sixty.slice(0, 8).map(({ id }) => id)
  const policies = [policy(ROLES.map((role) => seatPolicy(role, names)))]
  const given = new Given(organisation({ responders: sixty, policies, accounts: [profile()] }))
  given.obligations = OBLIGATIONS
  return given
}

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

describe('sixty people, four seats, and nobody answers', () => {
  it.each<[string, Provider, number]>([
    ['every page arrives', () => 'sent', 48],
    ['no provider ever says anything', () => null, 48],
    ['every page fails', ({ kind }) => (kind === 'page' ? 'failed' : 'sent'), 2],
    ['every channel is refused for good', ({ kind }) => (kind === 'page' ? 'refused' : 'sent'), 48],
  ])(
    '%s: head and commits stay below 64 KB',
    (_name, provider, hours) => {
      const given = fourSeats()
      given.provider = provider
      given.open(T0)
      let head = 0
      for (let hour = 1; hour <= hours; hour += 1) {
        given.runUntil(after(hour * HOUR))
        head = Math.max(head, bytes(given.state))
      }
      expect(head).toBeLessThan(MOST_BYTES)
      expect(Math.max(...given.commits.map(({ events }) => bytes(events)))).toBeLessThan(MOST_BYTES)
      expect(given.state.seats.every(({ exhausted }) => exhausted)).toBe(true)
    },
    60_000,
  )

  it('the largest step, 25 people for each of the seats, stays below 64 KB', () => {
    const given = fourSeats()
    given.open(T0)
    given.runUntil(after(12 * HOUR))
    const largest = Math.max(
      ...given.commits.map(({ events }) => events.filter(({ type }) => type === 'PageRequested').length),
    )
    expect(largest).toBeGreaterThanOrEqual(25)
    expect(largest).toBeLessThanOrEqual(100)
  }, 60_000)
})

import { beforeAll, describe, expect, it } from 'vitest'
import type { StoredCommit } from '../../shared/app/rows/commit-row.ts'
import type { Channel, Directory, Responder } from '../../shared/core/directory/directory.ts'
import { secondsBetween } from '../../shared/core/time/instant.ts'
import { organisation, person } from '../unit/core/directory/sample-directory.ts'
import { policy, seatPolicy } from '../unit/core/paging/given.ts'
import { type Sketch, sampleFinding } from './world/sample-findings.ts'
import { Town } from './world/town.ts'
import { World } from './world/world.ts'

const MINUTE_MS = 60_000
const DOWN_MS = 120 * MINUTE_MS
const ENDS_MS = 180 * MINUTE_MS
const PROMPT_SECONDS = 5

const channel = (kind: string, address: string): Channel => ({ id: kind, kind, address, verified: true })
const reached = (id: string, roles: string[], ...channels: Channel[]): Responder => person(id, { roles, channels })
const mail = (id: string) => channel('email', `${id}@example.com`)
const text = (number: string) => channel('sms', `+4915100000${number}`)

/** Each seat has people with e-mail alone, with both, and with text messages alone. Nobody ever answers. */
const DIRECTORY: Directory = organisation({
  responders: [
    reached('ana', ['incident-commander'], mail('ana'), text('1')),
    reached('ben', ['incident-commander'], mail('ben')),
    reached('eva', ['engineer'], text('2')),
    reached('fay', ['engineer'], mail('fay')),
  ],
  policies: [policy([seatPolicy('incident-commander', ['ana', 'ben']), seatPolicy('engineer', ['eva', 'fay'])])],
})

let town: Town
let commits: readonly StoredCommit[]

function post(id: string, atMs: number): void {
  const sketch: Omit<Sketch, 'updatedAt'> = {
    id,
    accountId: '123456789012',
    principal: id,
    family: id,
    severity: 'CRITICAL',
  }
  town.world.after(atMs, () => {
    const finding = sampleFinding({ ...sketch, updatedAt: town.world.now() })
    town.intake.addSafely({ finding, atMs, viaQueue: true, answeredMs: null, result: null })
  })
}

/** E-mail is down for two hours, through which two incidents run; then an hour in which it works. */
beforeAll(async () => {
  town = new Town(new World(7, {}), [])
  await town.begin(DIRECTORY)
  town.provider.takeDown('email', DOWN_MS)
  post('first', 1_000)
  post('second', 30 * MINUTE_MS)
  town.startTicking()
  await town.world.runUntil(ENDS_MS)
  commits = [...town.evidence.commits.values()].flatMap((seen) => seen.map(({ commit }) => commit))
}, 60_000)

const eventsOf = (type: string) =>
  commits.flatMap(({ events, at, incidentId }) =>
    events
      .filter((event) => event.type === type)
      .map(({ data }) => ({ at, incidentId, ...(data as Record<string, unknown>) })),
  ) as readonly (Record<string, string> & { readonly at: string; readonly incidentId: string })[]

const accepted = (kind: string) =>
  town.evidence.accepted.filter(({ message }) => message.channel === kind && message.kind === 'page')
const askedAt = (effectId: string) => eventsOf('PageRequested').find((page) => page.effectId === effectId)?.at ?? ''

describe('two hours without e-mail', () => {
  it('delay no text message, of any incident', () => {
    const texts = accepted('sms')
    expect(texts.length).toBeGreaterThan(20)
    expect(new Set(texts.map(({ message }) => message.incidentId)).size).toBe(2)
    for (const { message, at } of texts) {
      expect(secondsBetween(askedAt(message.effectId), at)).toBeLessThan(PROMPT_SECONDS)
    }
  })

  it('keep nobody from being called: who has another channel is called on it, the next person is called at once', () => {
    const failed = eventsOf('MessageFailed').filter(({ kind }) => kind === 'page')
    expect(failed.length).toBeGreaterThan(20)
    expect(accepted('email').every(({ realMs }) => realMs >= DOWN_MS)).toBe(true)
    // Three tries of a message take some seconds; then its channel has failed.
    for (const { effectId = '', at } of failed) expect(secondsBetween(askedAt(effectId), at)).toBeLessThan(30)
    const called = accepted('sms').map(({ message }) => message.responderId)
    expect(new Set(called)).toEqual(new Set(['ana', 'eva']))
  })

  it('let no window run that no provider has begun', () => {
    const elapsed = eventsOf('AttemptEnded').filter(({ reason }) => reason === 'WindowElapsed')
    expect(elapsed.length).toBeGreaterThan(10)
    for (const { role, responderId, incidentId, at } of elapsed) {
      const reachedThem = town.evidence.accepted.some(
        ({ message, roles, at: acceptedAt }) =>
          message.incidentId === incidentId &&
          message.responderId === responderId &&
          roles.includes(role ?? '') &&
          Math.abs(secondsBetween(acceptedAt, at) - 300) < PROMPT_SECONDS,
      )
      expect([responderId, at, reachedThem]).toEqual([responderId, at, true])
    }
  })

  it('are followed by no flood: what leaves afterwards was asked for just then, one page a person at a time', () => {
    const mails = accepted('email')
    expect(mails.length).toBeGreaterThan(4)
    for (const { message, at } of mails) {
      expect(secondsBetween(askedAt(message.effectId), at)).toBeLessThan(30)
    }
    for (const { message, realMs } of mails) {
      const atOnce = mails.filter(
        (other) =>
          other.message.responderId === message.responderId &&
          other.message.incidentId === message.incidentId &&
          Math.abs(other.realMs - realMs) < MINUTE_MS,
      )
      expect(atOnce).toHaveLength(1)
    }
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OBLIGATIONS } from '../../../shared/content/obligations/catalogue.ts'
import { wakeAt } from '../../../shared/core/decide.ts'
import type { Command } from '../../../shared/core/incident/commands.ts'
import type { IncidentEvent } from '../../../shared/core/incident/events.ts'
import { evolve } from '../../../shared/core/incident/evolve.ts'
import { type IncidentState, seatOf } from '../../../shared/core/incident/state.ts'
import { epochMs, type Instant, instantOf, plusMs, plusSeconds } from '../../../shared/core/time/instant.ts'
import { Given, IC, LEGAL, T0 } from './paging/given.ts'
import { anyDirectory, anySteps, type Step } from './paging/random.ts'

const MOST_COMMIT_BYTES = 64 * 1024

/** An incident lived through by random steps, with everything that must hold checked after each of them. */
class Lived extends Given {
  now: Instant = T0

  override when(command: Command, at: Instant): readonly IncidentEvent[] {
    const before = this.commits.length === 0 ? null : this.state
    const outcome = this.decide(command, at)
    if (!outcome.ok) return []
    const events = super.when(command, at)
    if (events.length > 0) checkCommit(before, events, this.state, { command, at })
    this.checkWake()
    return events
  }

  /** A wake before its time decides nothing; one in time decides something, and moves strictly later. */
  checkWake(): void {
    const { wakeAt: due, now } = this
    if (due === null || due > now) {
      for (const at of earlier(now, due)) expect(this.decide({ type: 'Wake' }, at)).toMatchObject({ events: [] })
    }
    if (due === null) return
    expect(this.decide({ type: 'Wake' }, laterOf(due, now))).not.toMatchObject({ events: [] })
  }
}

function laterOf(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}

/** The instants at which nothing is due yet: now, half way, and a millisecond before. */
function earlier(now: Instant, due: Instant | null): Instant[] {
  if (due === null) return [now, plusSeconds(now, 400_000)]
  const middle = instantOf(Math.floor((epochMs(now) + epochMs(due)) / 2))
  return [now, middle, plusMs(due, -1)]
}

function checkCommit(
  before: IncidentState | null,
  events: readonly IncidentEvent[],
  after: IncidentState,
  { command, at }: { command: Command; at: Instant },
): void {
  const actor = 'responderId' in command ? command.responderId : 'muster'
  const meta = { incidentId: 'inc-1', sequence: after.sequence, at, actor }
  let state = before
  for (const event of events) {
    expectNobodyTwice(state, event)
    state = evolve(state, event, meta)
  }
  expect(state).toEqual(after)
  expect(JSON.parse(JSON.stringify(after))).toEqual(after)
  expect(Buffer.byteLength(JSON.stringify(events))).toBeLessThan(MOST_COMMIT_BYTES)
  expectUnsettledAreWaitedFor(after)
  expectSeatsInOrder(after)
}

/** Nobody is called twice for a seat in one round, except on their further channels. */
function expectNobodyTwice(state: IncidentState | null, event: IncidentEvent): void {
  if (event.type !== 'PageRequested' || state === null) return
  const { role, responderId } = event.data
  const search = seatOf(state, role)?.engagement
  const running = search?.open.some((attempt) => attempt.responderId === responderId) ?? false
  expect(running || !search?.tried.includes(responderId), `${responderId} twice for ${role}`).toBe(true)
}

function expectUnsettledAreWaitedFor(state: IncidentState): void {
  for (const [effectId, { kind, roles }] of Object.entries(state.unsettled)) {
    if (kind === 'clock' || kind === 'notice') continue
    expect(roles.length).toBeGreaterThan(0)
    for (const role of roles) {
      const seat = seatOf(state, role)
      const attempts = kind === 'page' ? (seat?.engagement?.open ?? []) : [seat?.checkIn]
      const calls = attempts.flatMap((attempt) => attempt?.calls ?? [])
      expect(calls).toContainEqual(expect.objectContaining({ effectId, outcome: 'pending' }))
    }
  }
}

function expectSeatsInOrder(state: IncidentState): void {
  const [commander, legal] = [seatOf(state, IC)?.holder, seatOf(state, LEGAL)?.holder]
  if (commander) expect(commander).not.toBe(legal)
  if (state.status === 'closed') return
  for (const seat of state.seats) {
    const quietlyTaken = seat.holder !== null && !seat.acting && !seat.silent && seat.checkInDueAt !== null
    if (!quietlyTaken) expect(seat.engagement, `${seat.role} is neither taken nor called for`).not.toBeNull()
  }
  if (state.seats.length > 0) expect(wakeAt(state)).not.toBeNull()
}

function live(given: Lived, step: Step): void {
  const due = given.wakeAt
  const jumps = step.kind === 'wake' && due !== null && due > given.now
  given.now = jumps && !step.late ? due : plusSeconds(given.now, step.seconds)
  given.holdsElsewhere = new Set(step.busy)
  const command = commandOf(given, step)
  if (command !== null) given.when(command, given.now)
}

/** Whom one would expect to act: somebody called for the seat, or its holder; a bystander where nobody is there. */
function actorOf({ state }: Lived, { kind, role, who, late }: Step): string {
  const seat = seatOf(state, role)
  const called = seat?.engagement?.open[0]?.responderId
  const holder = seat?.holder ?? undefined
  const expected = kind === 'acknowledge' || kind === 'decline' ? called : holder
  return (late ? undefined : expected) ?? who
}

function commandOf(given: Lived, step: Step): Command | null {
  const role = step.role
  const responderId = actorOf(given, step)
  switch (step.kind) {
    case 'wake':
      return { type: 'Wake' }
    case 'acknowledge':
      return { type: 'AcknowledgeSeat', role, responderId, via: 'api' }
    case 'decline':
      return { type: 'DeclineSeat', role, responderId, note: null }
    case 'hand-over':
      return { type: 'HandOverSeat', role, responderId, to: step.other, note: null }
    case 'escalate':
      return { type: 'EscalateSeat', role, responderId, note: null }
    case 'severity':
      return { type: 'ChangeSeverity', severity: step.severity, responderId, note: 'because' }
    case 'close':
      return { type: 'CloseIncident', responderId, note: 'done' }
    case 'finding': {
      const severity = step.late ? null : step.severity
      return {
        type: 'RecordFindings',
        findings: [{ ...step.finding, isNew: step.seconds % 2 === 0, hasWorsened: true, severity }],
      }
    }
    case 'deliver': {
      const [effectId, effect] = Object.entries(given.state.unsettled)[step.seconds % 3] ?? []
      if (effectId === undefined || effect === undefined) return null
      const { kind, responderId: to, channelId } = effect
      const reason = step.outcome === 'withheld' ? 'Absent' : null
      const delivery = { effectId, kind, responderId: to, channelId, outcome: step.outcome, reason } as const
      return { type: 'RecordDeliveries', deliveries: [delivery] }
    }
    case 'deliver-all': {
      const deliveries = Object.entries(given.state.unsettled).map(([effectId, effect]) => {
        const { kind, responderId: to, channelId } = effect
        return { effectId, kind, responderId: to, channelId, outcome: 'sent', reason: null } as const
      })
      return { type: 'RecordDeliveries', deliveries }
    }
    case 'absorb':
      return {
        type: 'AbsorbIncident',
        from: another(given, step),
        newFindings: 1,
        clocks: [],
        responderId,
        note: 'one',
      }
    default:
      return clockCommand(given, step)
  }
}

/** Another incident that has lived for a while, with somebody on its seat. */
function another({ directory, obligations, now }: Lived, { role, who, other, severity, finding, seconds }: Step) {
  const given = new Given(directory)
  given.obligations = obligations
  const openedAt = plusSeconds(now, -Math.min(seconds, 100_000))
  given.open(openedAt, { severity, findings: [finding] })
  const take = { type: 'AcknowledgeSeat', role, responderId: other, via: 'api' } as const
  if (given.decide(take, now).ok) given.when(take, now)
  const clockId = given.state.clocks[0]?.id ?? ''
  const confirm = { type: 'ConfirmClock', clockId, responderId: who, anchor: null, note: null } as const
  if (given.decide(confirm, now).ok) given.when(confirm, now)
  return { ...given.state, id: `inc-2-${seconds % 5}` }
}

function clockCommand(given: Lived, { kind, who: responderId, seconds }: Step): Command | null {
  const clock = given.state.clocks[seconds % 2]
  if (!clock) return null
  const note = { noteId: 'n', noteHash: 'h' }
  if (kind === 'not-notifiable') return { type: 'DeclareNotNotifiable', clockId: clock.id, responderId, note }
  const anchor = { name: 'awareness', at: given.state.signalReceivedAt } as const
  return { type: 'ConfirmClock', clockId: clock.id, responderId, anchor, note }
}

describe('every reachable incident', () => {
  it('wakes exactly when something is due, folds the same, and keeps its rules', () => {
    fc.assert(
      fc.property(anyDirectory, anySteps, fc.constantFrom('SEV1', 'SEV2', 'SEV3'), (directory, steps, severity) => {
        const given = new Lived(directory)
        given.obligations = OBLIGATIONS
        given.open(T0, { severity })
        for (const step of steps) live(given, step)
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  it('a due wake decides something and moves strictly later, at once or in a few decisions', () => {
    fc.assert(
      fc.property(anyDirectory, fc.integer({ min: 0, max: 5 * 3600 }), (directory, lateSeconds) => {
        const given = new Lived(directory)
        given.obligations = OBLIGATIONS
        given.open()
        for (let wakes = 0; wakes < 30 && given.wakeAt !== null; wakes += 1) {
          given.now = plusSeconds(laterOf(given.wakeAt, given.now), wakes % 7 === 6 ? lateSeconds : 0)
          const due = given.wakeAt
          expect(given.when({ type: 'Wake' }, given.now).length).toBeGreaterThan(0)
          expect(given.wakeAt === null || given.wakeAt > due).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  it('a directory that changed is decided by the next wake, whatever it changed', () => {
    fc.assert(
      fc.property(anyDirectory, anyDirectory, anySteps, (first, second, steps) => {
        const given = new Lived(first)
        given.open()
        for (const [index, step] of steps.entries()) {
          if (index === 5) {
            given.directory = second
            given.when({ type: 'Wake' }, given.now)
          }
          live(given, step)
        }
      }),
      { numRuns: 100 },
    )
  }, 60_000)
})

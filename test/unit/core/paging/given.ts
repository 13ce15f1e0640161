import type { Obligation } from '../../../../shared/core/clocks/obligation.ts'
import { decide, wakeAt } from '../../../../shared/core/decide.ts'
import type {
  AccountProfile,
  Directory,
  MusterPolicy,
  Responder,
  SeatPolicy,
} from '../../../../shared/core/directory/directory.ts'
import type { Command, Delivery, OpenIncident, Refusal } from '../../../../shared/core/incident/commands.ts'
import type { RecordedFinding } from '../../../../shared/core/incident/event-parts.ts'
import type { EventOf, EventType, IncidentEvent } from '../../../../shared/core/incident/events.ts'
import { type IncidentState, type Seat, seatOf } from '../../../../shared/core/incident/state.ts'
import { type Instant, parseInstant, plusSeconds } from '../../../../shared/core/time/instant.ts'
import { organisation, person } from '../directory/sample-directory.ts'

/** Tuesday, 11:12:07 in Berlin: the signal of every story here. */
export const T0 = parseInstant('2027-03-02T10:12:07Z')
export const IC = 'incident-commander'
export const LEGAL = 'legal-counsel'
export const MINUTE = 60
export const HOUR = 3600

/** Seconds after the signal. */
export function after(seconds: number): Instant {
  return plusSeconds(T0, seconds)
}

export function seatPolicy(role: string, names: readonly string[], change: Partial<SeatPolicy> = {}): SeatPolicy {
  return { role, ackWithinSeconds: 300, candidates: names.map((responder) => ({ responder })), ...change }
}

export function policy(seats: readonly SeatPolicy[], change: Partial<MusterPolicy> = {}): MusterPolicy {
  return { severity: 'SEV1', checkInAfterSeconds: 1800, seats, ...change }
}

/** One seat, called for by name in this order, at SEV1. */
export function oneSeat(people: readonly Responder[], names: readonly string[]): Directory {
  return organisation({ responders: people, policies: [policy([seatPolicy(IC, names)])] })
}

export const mail = (id: string) => ({ id: 'mail', kind: 'email', address: `${id}@example.com`, verified: true })
export const sms = { id: 'sms', kind: 'sms', address: '+4915112345678', verified: true }
export const voice = { id: 'voice', kind: 'voice', address: '+4915112345678', verified: true }

/** With mail, SMS and voice, in that order. */
export function reachable(id: string, change: Partial<Responder> = {}): Responder {
  return person(id, { channels: [mail(id), sms, voice], ...change })
}

export function finding(key: string, principal: string | null = null): RecordedFinding {
  return {
    finding: {
      key,
      findingId: `arn:aws:guardduty:eu-central-1:123456789012:detector/d/finding/${key}`,
      wrapping: 'guardduty',
      version: { updatedAt: T0, state: 'active' },
      source: 'guardduty',
      type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
      severity: 'HIGH',
      title: 'Sample finding',
      accountId: '123456789012',
      region: 'eu-central-1',
      resources: [{ type: 'AccessKey', id: 'sample-key' }],
      principal,
      firstSeenAt: T0,
      lastSeenAt: T0,
      count: 1,
    },
    revision: 1,
    versions: { guardduty: { updatedAt: T0, state: 'active' } },
  }
}

export function opening(change: Partial<OpenIncident> = {}): OpenIncident {
  return {
    type: 'OpenIncident',
    title: 'Sample incident',
    severity: 'SEV1',
    groupHash: 'sample-group',
    groupKey: 'sample-group',
    episode: 1,
    accountId: '123456789012',
    declaredBy: null,
    occurredAt: null,
    findings: [],
    ...change,
  }
}

/** Every account has a profile, and nothing that a clock could be about. */
const NO_DATA: AccountProfile = {
  id: '*',
  name: 'sample-default',
  environment: 'production',
  dataCategories: ['none'],
  residents: [],
  sector: null,
  entities: [],
}

export interface PageLog {
  readonly at: Instant
  readonly role: string
  readonly to: string
  readonly channel: string
  readonly reason: string
}

/** What a provider makes of one message; null: it never says anything. */
export type Provider = (asked: { kind: Delivery['kind']; to: string; channelId: string }) => Delivery['outcome'] | null

/** One incident over many decisions, at instants that the test chooses. */
export class Given {
  directory: Directory
  obligations: readonly Obligation[] = []
  holdsElsewhere: ReadonlySet<string> = new Set()
  provider: Provider = () => 'sent'
  readonly commits: { readonly at: Instant; readonly events: readonly IncidentEvent[] }[] = []
  #state: IncidentState | null = null
  #sequence = 0

  constructor(directory: Directory) {
    this.directory = { ...directory, accounts: directory.accounts.length > 0 ? directory.accounts : [NO_DATA] }
  }

  get state(): IncidentState {
    if (this.#state === null) throw new Error('not opened')
    return this.#state
  }

  get wakeAt(): Instant | null {
    return wakeAt(this.state)
  }

  seat(role = IC): Seat {
    const seat = seatOf(this.state, role)
    if (!seat) throw new Error(`no seat ${role}`)
    return seat
  }

  open(at: Instant = T0, change: Partial<OpenIncident> = {}): readonly IncidentEvent[] {
    return this.when(opening(change), at)
  }

  /** The events of a command that must not be refused. */
  when(command: Command, at: Instant): readonly IncidentEvent[] {
    const outcome = this.decide(command, at)
    if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`)
    if (outcome.events.length > 0) this.#commit(at, outcome.events, outcome.state)
    return outcome.events
  }

  /** Why a command is refused; a test that expects it fails when it is not. */
  refusal(command: Command, at: Instant): Refusal {
    const outcome = this.decide(command, at)
    if (outcome.ok) throw new Error(`not refused: ${JSON.stringify(outcome.events)}`)
    return outcome
  }

  /** What would be decided, without committing it. */
  decide(command: Command, at: Instant) {
    const actor = 'responderId' in command ? command.responderId : 'muster'
    const meta = { incidentId: 'inc-1', sequence: this.#sequence + 1, at, actor }
    const { directory, holdsElsewhere, obligations } = this
    return decide(this.#state, command, meta, { now: at, directory, holdsElsewhere, obligations })
  }

  wake(at: Instant): readonly IncidentEvent[] {
    return this.when({ type: 'Wake' }, at)
  }

  acknowledge(responderId: string, at: Instant, role = IC): readonly IncidentEvent[] {
    return this.when({ type: 'AcknowledgeSeat', role, responderId, via: 'api' }, at)
  }

  /** Reports what became of the messages on their way to a person (or to everybody), on one channel or all. */
  deliver(at: Instant, outcome: Delivery['outcome'], to?: string, channelId?: string): readonly IncidentEvent[] {
    const deliveries = Object.entries(this.state.unsettled)
      .filter(([, effect]) => to === undefined || effect.responderId === to)
      .filter(([, effect]) => channelId === undefined || effect.channelId === channelId)
      .map(([effectId, { kind, responderId, channelId: id }]): Delivery => {
        const reason = outcome === 'withheld' ? 'Absent' : null
        return { effectId, kind, responderId, channelId: id, outcome, reason }
      })
    return deliveries.length === 0 ? [] : this.when({ type: 'RecordDeliveries', deliveries }, at)
  }

  /** Lets time pass: every wake in order, every message handled by the provider at the instant it is asked for. */
  runUntil(end: Instant): this {
    this.#settleMessages(this.state.lastCommitAt)
    for (let at = this.wakeAt; at !== null && at <= end; at = this.wakeAt) {
      if (this.wake(at).length === 0) throw new Error(`the wake at ${at} has nothing to decide`)
      this.#settleMessages(at)
    }
    return this
  }

  /** Every page asked for, in order. */
  get pages(): PageLog[] {
    return this.commits.flatMap(({ at, events }) =>
      only(events, 'PageRequested').map(({ role, responderId: to, channelId: channel, reason }) => {
        return { at, role, to, channel, reason }
      }),
    )
  }

  get events(): IncidentEvent[] {
    return this.commits.flatMap(({ events }) => events)
  }

  #settleMessages(at: Instant): void {
    for (;;) {
      const deliveries = Object.entries(this.state.unsettled).flatMap(([effectId, effect]): Delivery[] => {
        const { kind, responderId, channelId } = effect
        const outcome = this.provider({ kind, to: responderId, channelId })
        return outcome === null ? [] : [{ effectId, kind, responderId, channelId, outcome, reason: null }]
      })
      if (deliveries.length === 0) return
      this.when({ type: 'RecordDeliveries', deliveries }, at)
    }
  }

  #commit(at: Instant, events: readonly IncidentEvent[], state: IncidentState | null): void {
    this.#sequence += 1
    this.#state = state
    this.commits.push({ at, events })
  }
}

export function only<Type extends EventType>(events: readonly IncidentEvent[], type: Type): EventOf<Type>['data'][] {
  const isOfType = (event: IncidentEvent): event is EventOf<Type> => event.type === type
  return events.filter(isOfType).map((event) => event.data as EventOf<Type>['data'])
}

/** Events as short lines, `Type who why`, so that a test can name exactly what happened. */
export function lines(events: readonly IncidentEvent[]): string[] {
  return events.map(({ type, data }) => {
    const { responderId, to, channelId, reason } = data as Partial<Record<string, unknown>>
    const who = [responderId ?? to, type === 'PageRequested' || type === 'CheckInRequested' ? channelId : undefined]
    const subject = who.filter((part) => part !== undefined).join('/')
    return [type, subject, reason].filter((part) => typeof part === 'string' && part !== '').join(' ')
  })
}

import { OBLIGATIONS } from '../../../../shared/content/obligations/catalogue.ts'
import { decideClockCommand } from '../../../../shared/core/clocks/clock-commands.ts'
import type { Obligation } from '../../../../shared/core/clocks/obligation.ts'
import { settleClocks } from '../../../../shared/core/clocks/settle-clocks.ts'
import { startClocks } from '../../../../shared/core/clocks/start-clocks.ts'
import type { AccountProfile, Directory } from '../../../../shared/core/directory/directory.ts'
import type { ClockCommand, DecisionContext, RecordFacts, Refusal } from '../../../../shared/core/incident/commands.ts'
import { Draft } from '../../../../shared/core/incident/draft.ts'
import type { EventOf, EventType, IncidentEvent } from '../../../../shared/core/incident/events.ts'
import type { Clock, IncidentState, Stage } from '../../../../shared/core/incident/state.ts'
import { type Instant, parseInstant } from '../../../../shared/core/time/instant.ts'
import { organisation, person } from '../directory/sample-directory.ts'

/** Tuesday, 11:12:07 in Berlin. */
export const SIGNAL_AT = parseInstant('2027-03-02T10:12:07Z')
const ACCOUNT = '123456789012'
export const NOTE = { noteId: 'note-1', noteHash: 'a1b2c3' }

export const counsel = person('lea', {
  roles: ['legal-counsel'],
  channels: [
    { id: 'mail', kind: 'email', address: 'lea@example.com', verified: true },
    { id: 'phone', kind: 'sms', address: '+4915112345678', verified: true },
  ],
})
export const commander = person('ana')

export function profile(change: Partial<AccountProfile> = {}): AccountProfile {
  return {
    id: ACCOUNT,
    name: 'sample-payments',
    environment: 'production',
    dataCategories: ['personal'],
    residents: ['EU'],
    sector: null,
    entities: [{ id: 'example-gmbh', country: 'DE', classes: ['controller'] }],
    ...change,
  }
}

export function directory(change: Partial<Directory> = {}): Directory {
  return organisation({ responders: [commander, counsel], accounts: [profile()], ...change })
}

/** One incident over several decisions, at instants that the test chooses. */
export class Sample {
  directory: Directory
  obligations: readonly Obligation[] = OBLIGATIONS
  readonly events: IncidentEvent[] = []
  #state: IncidentState | null = null
  #sequence = 0

  constructor(given: Directory = directory()) {
    this.directory = given
  }

  get state(): IncidentState {
    if (this.#state === null) throw new Error('not opened')
    return this.#state
  }

  clock(place = 0): Clock {
    const clock = this.state.clocks[place]
    if (!clock) throw new Error('no such clock')
    return clock
  }

  stage(place = 0): Stage {
    const [stage] = this.clock(place).stages
    if (!stage) throw new Error('no such stage')
    return stage
  }

  /** Opens the incident without starting or warning anything. */
  open(data: Partial<EventOf<'IncidentOpened'>['data']> = {}): this {
    const defaults = { title: 'Sample', severity: 'SEV1', groupHash: 'g', groupKey: 'g', episode: 1 } as const
    const signal = { accountId: ACCOUNT, declaredBy: null, signalReceivedAt: SIGNAL_AT, occurredAt: null }
    this.given(SIGNAL_AT, { type: 'IncidentOpened', v: 1, data: { ...defaults, ...signal, ...data } })
    return this
  }

  /** Opens, starts and settles at the signal, as one decision. */
  openWithClocks(data: Partial<EventOf<'IncidentOpened'>['data']> = {}): IncidentEvent[] {
    this.open(data)
    return this.step(SIGNAL_AT, (draft, context) => {
      startClocks(draft, context, this.obligations)
      settleClocks(draft, context)
    })
  }

  given(at: Instant, ...events: IncidentEvent[]): IncidentEvent[] {
    return this.step(at, (draft) => {
      for (const event of events) draft.emit(event)
    })
  }

  seat(role: string, at: Instant = SIGNAL_AT): void {
    this.given(at, {
      type: 'SeatOpened',
      v: 1,
      data: { role, ackWithinSeconds: 300, checkInAfterSeconds: 1800, reason: null },
    })
  }

  take(role: string, responderId: string, at: Instant = SIGNAL_AT): void {
    if (!this.state.seats.some((seat) => seat.role === role)) this.seat(role, at)
    const data = { role, responderId, acting: false, via: 'api', reason: 'TakenByName', replaced: null } as const
    this.given(at, { type: 'SeatAcknowledged', v: 1, data })
  }

  start(at: Instant = SIGNAL_AT): IncidentEvent[] {
    return this.step(at, (draft, context) => startClocks(draft, context, this.obligations))
  }

  settle(at: Instant): IncidentEvent[] {
    return this.step(at, settleClocks)
  }

  command(command: ClockCommand | RecordFacts, at: Instant): { refusal: Refusal | null; events: IncidentEvent[] } {
    let refusal: Refusal | null = null
    const events = this.step(at, (draft, context) => {
      refusal = decideClockCommand(draft, command, context, this.obligations)
    })
    return { refusal, events }
  }

  step(at: Instant, act: (draft: Draft, context: DecisionContext) => void): IncidentEvent[] {
    this.#sequence += 1
    const draft = new Draft(this.#state, { incidentId: 'inc-1', sequence: this.#sequence, at, actor: 'muster' })
    act(draft, { now: at, directory: this.directory, holdsElsewhere: new Set() })
    this.#state = draft.state
    this.events.push(...draft.events)
    return draft.events
  }
}

export function typesOf(events: readonly IncidentEvent[]): EventType[] {
  return events.map(({ type }) => type)
}

export function only<Type extends EventType>(events: readonly IncidentEvent[], type: Type): EventOf<Type>['data'][] {
  const isOfType = (event: IncidentEvent): event is EventOf<Type> => event.type === type
  return events.filter(isOfType).map((event) => event.data as EventOf<Type>['data'])
}

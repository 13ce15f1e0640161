import { namingOf } from '../../../../../functions/serve-api/console/naming.ts'
import { stepsOf } from '../../../../../functions/serve-api/console/record-step.ts'
import type { IncidentScene, LocalMessage, Scene } from '../../../../../functions/serve-api/console/scene.ts'
import { clockViews } from '../../../../../shared/app/clock-views.ts'
import { nextCalls } from '../../../../../shared/app/next-calls.ts'
import type { Commit } from '../../../../../shared/app/rows/commit-row.ts'
import { OBLIGATIONS } from '../../../../../shared/content/obligations/catalogue.ts'
import type { Directory } from '../../../../../shared/core/directory/directory.ts'
import type { EventOf, IncidentEvent } from '../../../../../shared/core/incident/events.ts'
import { evolve } from '../../../../../shared/core/incident/evolve.ts'
import type { IncidentState } from '../../../../../shared/core/incident/state.ts'
import { type Instant, plusSeconds } from '../../../../../shared/core/time/instant.ts'
import { organisation, person } from '../../../core/directory/sample-directory.ts'

export const OPENED_AT: Instant = '2027-03-10T10:00:00.000Z'
export const ROLE = 'incident-commander'

const directory: Directory = organisation({
  responders: [
    person('ana', { name: 'Sample Ana' }),
    person('ben', { name: 'Sample Ben' }),
    person('cho', { name: 'Sample Cho' }),
  ],
  policies: [
    {
      severity: 'SEV1',
      checkInAfterSeconds: 1800,
      seats: [
        {
          role: ROLE,
          ackWithinSeconds: 300,
          candidates: [{ responder: 'ana' }, { responder: 'ben' }, { responder: 'cho' }],
        },
      ],
    },
  ],
})

export const naming = namingOf(directory, OBLIGATIONS)

/** An incident told event by event, each commit at its own second after the opening. */
export class ToldIncident {
  readonly commits: Commit[] = []
  #state: IncidentState | null = null
  now: Instant = OPENED_AT

  constructor(title = 'A key leaked', severity: 'SEV1' | 'SEV3' = 'SEV1') {
    const signal = { accountId: '123456789012', declaredBy: null, signalReceivedAt: OPENED_AT, occurredAt: null }
    const group = { groupHash: 'g', groupKey: 'g', episode: 1 }
    this.at(0, { type: 'IncidentOpened', v: 1, data: { title, severity, ...group, ...signal } })
  }

  get state(): IncidentState {
    if (this.#state === null) throw new Error('not opened')
    return this.#state
  }

  at(seconds: number, ...events: IncidentEvent[]): this {
    this.now = plusSeconds(OPENED_AT, seconds)
    const sequence = this.commits.length + 1
    const meta = { incidentId: 'inc-1', sequence, at: this.now, actor: 'muster' }
    for (const event of events) this.#state = evolve(this.#state, event, meta)
    this.commits.push({ ...meta, directoryVersion: 'd', causes: [], previousHash: '', events })
    return this
  }

  scene(): IncidentScene {
    const { state, commits } = this
    return {
      state,
      steps: stepsOf(commits),
      clocks: clockViews(state.clocks, commits, OBLIGATIONS),
      next: nextCalls(state, directory, this.now),
    }
  }

  screen(messages: readonly LocalMessage[] | null = null): Scene {
    const incident = this.scene()
    const isOpen = this.state.status === 'open'
    return {
      origin: 'http://127.0.0.1:8787',
      now: this.now,
      naming,
      open: isOpen ? [incident] : [],
      closed: isOpen ? [] : [incident],
      isMore: false,
      callsForNew: [],
      messages,
    }
  }
}

export const seatOpened: IncidentEvent = {
  type: 'SeatOpened',
  v: 1,
  data: { role: ROLE, ackWithinSeconds: 300, checkInAfterSeconds: 1800, reason: null },
}

export function paged(responderId: string, change: Partial<EventOf<'PageRequested'>['data']> = {}): IncidentEvent {
  const target = { effectId: `page-${responderId}`, bundleId: 'b', responderId, channelId: 'mail', channel: 'email' }
  return {
    type: 'PageRequested',
    v: 1,
    data: { ...target, role: ROLE, round: 1, reason: 'OnCall', channelsLeft: [], ...change },
  }
}

export function sent(responderId: string): IncidentEvent {
  return { type: 'MessageSent', v: 1, data: { effectId: `page-${responderId}`, kind: 'page' } }
}

export function elapsed(responderId: string): IncidentEvent {
  return { type: 'AttemptEnded', v: 1, data: { role: ROLE, responderId, reason: 'WindowElapsed' } }
}

export function taken(responderId: string, change: Partial<EventOf<'SeatAcknowledged'>['data']> = {}): IncidentEvent {
  const data = {
    role: ROLE,
    responderId,
    acting: false,
    via: 'link',
    reason: 'OnCall',
    replaced: null,
    ...change,
  } as const
  return { type: 'SeatAcknowledged', v: 1, data }
}

/** HTML as a person reads it: no tags, single spaces, times as `HH:MM`. */
export function textOf(html: unknown): string {
  const text = String(html)
    .replaceAll(/<time[^>]*>\d{4}-\d{2}-\d{2} (\d{2}:\d{2}) UTC<\/time>/g, '$1')
    .replaceAll(/<\/(dt|dd|h\d|p|li|summary|div)>/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
  return text.replaceAll(/\s+/g, ' ').trim()
}

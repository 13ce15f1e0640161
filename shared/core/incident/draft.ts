import type { Instant } from '../time/instant.ts'
import { effectIdOf } from './effect-id.ts'
import type { MessageKind, NoticeAbout } from './event-parts.ts'
import type { IncidentEvent } from './events.ts'
import { evolve } from './evolve.ts'
import type { IncidentState } from './state.ts'

/** Where and by whom events happen: the same for all events of one commit. */
export interface CommitMeta {
  readonly incidentId: string
  readonly sequence: number
  readonly at: Instant
  /** A responder's id, or `muster`. */
  readonly actor: string
}

/**
 * The events of one decision while it is being made, with the state they lead to. It lives inside one pure function
 * and never leaves it.
 */
export class Draft {
  readonly meta: CommitMeta
  readonly events: IncidentEvent[] = []
  #state: IncidentState | null
  readonly #effectIds = new Map<string, string>()

  constructor(state: IncidentState | null, meta: CommitMeta) {
    this.#state = state
    this.meta = meta
  }

  /** The state after the events so far. Throws before the incident's first event. */
  get state(): IncidentState {
    if (this.#state === null) throw new Error(`incident ${this.meta.incidentId} has no events yet`)
    return this.#state
  }

  emit(event: IncidentEvent): void {
    this.events.push(event)
    this.#state = evolve(this.#state, event, this.meta)
  }

  /**
   * One effect per kind, person and channel in a decision: pages to one person become one message. Notices about
   * different things stay apart, since each has its own words.
   */
  effectId(kind: MessageKind, responderId: string, channelId: string, about: NoticeAbout | null = null): string {
    const slot = `${kind}|${responderId}|${channelId}|${about}`
    const known = this.#effectIds.get(slot)
    if (known !== undefined) return known
    const id = effectIdOf(this.meta.incidentId, this.meta.sequence, this.#effectIds.size + 1)
    this.#effectIds.set(slot, id)
    return id
  }
}

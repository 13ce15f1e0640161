import type { Instant } from '../core/time/instant.ts'

/** One message on its way to one person: what `send-messages` needs to look up the rest. */
export interface QueuedEffect {
  readonly incidentId: string
  readonly effectId: string
  readonly kind: 'page' | 'check-in' | 'clock' | 'notice'
  readonly responderId: string
  readonly channelId: string
  /** The channel's kind, which names its queue. */
  readonly channel: string
}

export interface QueuedWake {
  readonly incidentId: string
  readonly wakeAt: Instant
}

/** Delivers at least once, in any order, perhaps late, perhaps never: the design survives all of it. */
export interface Queues {
  /** Each channel has a queue of its own: a provider that is down holds nobody else back. */
  sendEffects(effects: readonly QueuedEffect[]): Promise<void>
  /** Delivered not before `wakeAt`, which is at most 900 s away. */
  sendWakes(wakes: readonly QueuedWake[]): Promise<void>
}

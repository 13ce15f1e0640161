import { earliest, type Instant, plusSeconds } from '../time/instant.ts'
import type { Delivery } from './commands.ts'
import type { Draft } from './draft.ts'
import { QUEUE_AGAIN_AFTER_SECONDS } from './evolve-messages.ts'
import { channelRefused, type IncidentState } from './state.ts'

const LONGEST_WAIT_SECONDS = 600

/** Puts messages without an outcome into their queue again, each time after a longer wait: no loss in a queue is final. */
export function settleEffects(draft: Draft, now: Instant): void {
  const due = Object.entries(draft.state.unsettled).filter(([, { queueAgainAt }]) => queueAgainAt <= now)
  if (due.length === 0) return
  const effects = due.map(([effectId, { queuedTimes }]) => ({
    effectId,
    queueAgainAt: plusSeconds(now, Math.min(QUEUE_AGAIN_AFTER_SECONDS * 2 ** queuedTimes, LONGEST_WAIT_SECONDS)),
  }))
  draft.emit({ type: 'EffectsQueuedAgain', v: 1, data: { effects } })
}

export function effectsWakeAt(state: IncidentState): Instant | null {
  return earliest(...Object.values(state.unsettled).map(({ queueAgainAt }) => queueAgainAt))
}

/**
 * Notes what became of messages. A failure or a withholding that nobody waits for any more changes nothing; a message
 * that did leave is always on the record, however late, and so is a channel that is refused for good.
 */
export function recordDeliveries(draft: Draft, deliveries: readonly Delivery[]): void {
  for (const delivery of deliveries) {
    const { effectId, kind, responderId, channelId, outcome } = delivery
    if (outcome === 'sent') draft.emit({ type: 'MessageSent', v: 1, data: { effectId, kind } })
    else if (outcome === 'withheld' && !mustReachSomebody(delivery)) withhold(draft, delivery)
    else if (isNews(draft.state, delivery)) {
      const reason = outcome === 'refused' ? 'ChannelRefused' : 'DeliveryFailed'
      const said = delivery.detail === undefined ? {} : { detail: delivery.detail }
      draft.emit({ type: 'MessageFailed', v: 1, data: { effectId, kind, responderId, channelId, reason, ...said } })
    }
  }
}

function withhold(draft: Draft, { effectId, kind, reason }: Delivery): void {
  if (!(effectId in draft.state.unsettled)) return
  draft.emit({ type: 'MessageWithheld', v: 1, data: { effectId, kind, reason: reason ?? 'AttemptEnded' } })
}

/** A clock's message that did not leave because its reader is away must go to somebody else: that is a failure. */
function mustReachSomebody({ kind, outcome, reason }: Delivery): boolean {
  const forAPerson = kind === 'clock' || kind === 'notice'
  return forAPerson && outcome === 'withheld' && reason !== 'AttemptEnded'
}

/** Whether a failure changes anything: somebody waits for the message or counts on it, or its channel is new to be refused. */
function isNews(state: IncidentState, delivery: Delivery): boolean {
  const { effectId, responderId, channelId, outcome } = delivery
  if (effectId in state.unsettled) return true
  if (outcome === 'refused' && !channelRefused(state, responderId, channelId)) return true
  return outcome !== 'withheld' && isCountedOn(state, delivery)
}

/** The message was accepted, and that it arrived still matters: to an attempt that runs, to a warning, to a notice. */
function isCountedOn(state: IncidentState, { effectId, about }: Delivery): boolean {
  const attempts = state.seats.flatMap(({ engagement, checkIn }) => [...(engagement?.open ?? []), checkIn])
  const calls = attempts.flatMap((attempt) => attempt?.calls ?? [])
  const isCalling = calls.some((made) => made.effectId === effectId && made.outcome !== 'failed')
  const warns = state.clockMessages.some((message) => message.effectId === effectId && !message.failed)
  return isCalling || warns || about !== undefined
}

import { earliest, type Instant, plusSeconds } from '../time/instant.ts'
import type { Delivery } from './commands.ts'
import type { Draft } from './draft.ts'
import { QUEUE_AGAIN_AFTER_SECONDS } from './evolve-messages.ts'
import type { IncidentState } from './state.ts'

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
 * that did leave is always on the record, however late.
 */
export function recordDeliveries(draft: Draft, deliveries: readonly Delivery[]): void {
  for (const delivery of deliveries) {
    const { effectId, kind, responderId, channelId, outcome } = delivery
    const waitedFor = effectId in draft.state.unsettled
    if (outcome === 'sent') draft.emit({ type: 'MessageSent', v: 1, data: { effectId, kind } })
    else if (waitedFor && outcome === 'withheld' && !mustReachSomebody(delivery)) {
      draft.emit({ type: 'MessageWithheld', v: 1, data: { effectId, kind, reason: delivery.reason ?? 'AttemptEnded' } })
    } else if (outcome === 'refused' || (waitedFor && (outcome === 'failed' || mustReachSomebody(delivery)))) {
      const reason = outcome === 'refused' ? 'ChannelRefused' : 'DeliveryFailed'
      draft.emit({ type: 'MessageFailed', v: 1, data: { effectId, kind, responderId, channelId, reason } })
    }
  }
}

/** A clock's message that did not leave because its reader is away must go to somebody else: that is a failure. */
function mustReachSomebody({ kind, outcome, reason }: Delivery): boolean {
  const forAPerson = kind === 'clock' || kind === 'notice'
  return forAPerson && outcome === 'withheld' && reason !== 'AttemptEnded'
}

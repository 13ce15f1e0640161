import { findResponder } from '../directory/directory.ts'
import type { DecisionContext, Delivery } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { usableChannels } from '../incident/reachable.ts'
import { notify } from './tell-holders.ts'

/**
 * A notice that could not be delivered goes to the person's next channel. To be asked before the failure is noted,
 * because afterwards nobody knows what the notice was about; of one that came back late the delivery says it.
 */
export function noticeOnNextChannel(draft: Draft, context: DecisionContext, delivery: Delivery): () => void {
  const about = draft.state.unsettled[delivery.effectId]?.about ?? delivery.about ?? null
  const failed = delivery.outcome === 'failed' || delivery.outcome === 'refused'
  const responder = findResponder(context.directory, delivery.responderId)
  if (about === null || !failed || !responder) return () => {}
  const channels = responder.channels
  const after = channels.slice(channels.findIndex(({ id }) => id === delivery.channelId) + 1)
  return () => {
    const next = after.find(({ id }) => usableChannels(draft.state, responder).some((usable) => usable.id === id))
    if (next !== undefined) notify(draft, responder, next, about)
  }
}

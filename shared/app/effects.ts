import type { IncidentEvent } from '../core/incident/events.ts'
import type { IncidentState } from '../core/incident/state.ts'
import type { QueuedEffect } from '../ports/queues.ts'
import type { StoredCommit } from './rows/commit-row.ts'

const KIND_OF = {
  PageRequested: 'page',
  CheckInRequested: 'check-in',
  ClockWarned: 'clock',
  NoticeRequested: 'notice',
} as const

/** The messages that one commit sends, one per effect, and those that it queues again. */
export function effectsOf(commit: StoredCommit, state: IncidentState): QueuedEffect[] {
  const effects = new Map<string, QueuedEffect>()
  for (const event of commit.events) {
    for (const effect of requested(event, commit.incidentId)) effects.set(effect.effectId, effect)
    if (event.type !== 'EffectsQueuedAgain') continue
    for (const { effectId } of event.data.effects) {
      const again = unsettledEffect(state, effectId)
      if (again !== null) effects.set(effectId, again)
    }
  }
  return [...effects.values()]
}

function requested(event: IncidentEvent, incidentId: string): QueuedEffect[] {
  if (!(event.type in KIND_OF)) return []
  const { type, data } = event as Extract<IncidentEvent, { type: keyof typeof KIND_OF }>
  const { effectId, responderId, channelId, channel } = data
  return [{ incidentId, effectId, kind: KIND_OF[type], responderId, channelId, channel }]
}

/** A message without an outcome, as it goes into its queue; null when it has been settled. */
export function unsettledEffect(state: IncidentState, effectId: string): QueuedEffect | null {
  const effect = state.unsettled[effectId]
  if (effect === undefined) return null
  const { kind, responderId, channelId, channel } = effect
  return { incidentId: state.id, effectId, kind, responderId, channelId, channel }
}

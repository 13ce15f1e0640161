import { plusSeconds } from '../time/instant.ts'
import type { CommitMeta } from './draft.ts'
import type { MessageKind, MessageTarget, NoticeAbout } from './event-parts.ts'
import type { EventOf, IncidentEvent } from './events.ts'
import type { IncidentState, UnsettledEffect } from './state.ts'

/** After this long without an outcome a message is put into its queue again; the wait doubles each time. */
export const QUEUE_AGAIN_AFTER_SECONDS = 120

type Unsettled = IncidentState['unsettled']

/** Which messages are on their way, and which channels a provider has refused for good. */
export function evolveMessages(state: IncidentState, event: IncidentEvent, meta: CommitMeta): IncidentState {
  switch (event.type) {
    case 'PageRequested':
      return { ...state, unsettled: ask(state.unsettled, event.data, 'page', event.data.role, meta) }
    case 'CheckInRequested':
      return { ...state, unsettled: ask(state.unsettled, event.data, 'check-in', event.data.role, meta) }
    case 'NoticeRequested':
      return { ...state, unsettled: ask(state.unsettled, event.data, 'notice', null, meta, event.data.about) }
    case 'ClockWarned':
      return { ...state, unsettled: ask(state.unsettled, event.data, 'clock', null, meta) }
    case 'MessageSent':
    case 'MessageWithheld':
      return { ...state, unsettled: without(state.unsettled, event.data.effectId) }
    case 'MessageFailed':
      return refuse({ ...state, unsettled: without(state.unsettled, event.data.effectId) }, event)
    case 'AttemptEnded':
    case 'SeatDeclined':
      return { ...state, unsettled: dropMoot(state.unsettled, 'page', event.data.role, event.data.responderId) }
    case 'SeatAcknowledged':
      return { ...state, unsettled: dropTaken(state.unsettled, event) }
    case 'IncidentClosed':
      return { ...state, unsettled: dropCalls(state.unsettled) }
    case 'IncidentMerged':
      // Whatever else was on its way is said by the incident that it lives on in.
      return { ...state, unsettled: {} }
    case 'CheckInAnswered':
    case 'CheckInMissed':
    case 'CheckInPutOff':
      return { ...state, unsettled: dropMoot(state.unsettled, 'check-in', event.data.role, event.data.responderId) }
    case 'EffectsQueuedAgain':
      return { ...state, unsettled: queueAgain(state.unsettled, event.data.effects) }
    default:
      return state
  }
}

function ask(
  unsettled: Unsettled,
  target: MessageTarget,
  kind: MessageKind,
  role: string | null,
  meta: CommitMeta,
  about: NoticeAbout | null = null,
): Unsettled {
  const { effectId, responderId, channelId, channel } = target
  const roles = [...(unsettled[effectId]?.roles ?? []), ...(role === null ? [] : [role])]
  const queueAgainAt = plusSeconds(meta.at, QUEUE_AGAIN_AFTER_SECONDS)
  return {
    ...unsettled,
    [effectId]: { kind, responderId, channelId, channel, roles, about, queuedTimes: 1, queueAgainAt },
  }
}

function without(unsettled: Unsettled, effectId: string): Unsettled {
  if (!(effectId in unsettled)) return unsettled
  const { [effectId]: _settled, ...rest } = unsettled
  return rest
}

function refuse(state: IncidentState, event: Extract<IncidentEvent, { type: 'MessageFailed' }>): IncidentState {
  if (event.data.reason !== 'ChannelRefused') return state
  const channel = `${event.data.responderId}/${event.data.channelId}`
  if (state.refusedChannels.includes(channel)) return state
  return { ...state, refusedChannels: [...state.refusedChannels, channel] }
}

/** A taken seat needs no page to anybody; one that is only acting needs none to its holder. */
function dropTaken(unsettled: Unsettled, { data }: EventOf<'SeatAcknowledged'>): Unsettled {
  const asked = dropMoot(unsettled, 'check-in', data.role, data.replaced ?? data.responderId)
  return dropMoot(asked, 'page', data.role, data.acting ? data.responderId : null)
}

/** A closed incident calls nobody; its notices and clocks go on. */
function dropCalls(unsettled: Unsettled): Unsettled {
  const kept = Object.entries(unsettled).filter(([, { kind }]) => kind === 'clock' || kind === 'notice')
  return Object.fromEntries(kept)
}

/** A page whose attempt has ended needs no outcome any more: the sender will find it moot and say so on its row. */
function dropMoot(unsettled: Unsettled, kind: MessageKind, role: string, responderId: string | null): Unsettled {
  const kept: Record<string, UnsettledEffect> = {}
  for (const [effectId, effect] of Object.entries(unsettled)) {
    const ofPerson = responderId === null || effect.responderId === responderId
    const concerned = effect.kind === kind && ofPerson && effect.roles.includes(role)
    const roles = concerned ? effect.roles.filter((other) => other !== role) : effect.roles
    if (!concerned || roles.length > 0) kept[effectId] = concerned ? { ...effect, roles } : effect
  }
  return kept
}

function queueAgain(
  unsettled: Unsettled,
  effects: readonly { readonly effectId: string; readonly queueAgainAt: string }[],
): Unsettled {
  const next: Record<string, UnsettledEffect> = { ...unsettled }
  for (const { effectId, queueAgainAt } of effects) {
    const effect = next[effectId]
    if (effect) next[effectId] = { ...effect, queuedTimes: effect.queuedTimes + 1, queueAgainAt }
  }
  return next
}

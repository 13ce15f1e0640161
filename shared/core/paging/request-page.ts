import type { Channel, Responder, Role } from '../directory/directory.ts'
import type { Draft } from '../incident/draft.ts'
import type { MessageKind, MessageTarget, NoticeAbout, Planned } from '../incident/event-parts.ts'
import { usableChannels } from '../incident/reachable.ts'
import type { Reason } from '../incident/reasons.ts'
import { type Attempt, seatOf } from '../incident/state.ts'
import type { Instant } from '../time/instant.ts'
import { quietFor } from './eligibility.ts'

/** Calls a candidate on their first channel; the others are planned behind it. */
export function startAttempt(draft: Draft, role: Role, responder: Responder, reason: Reason): void {
  const [first, ...left] = usableChannels(draft.state, responder)
  const leftIds = left.map(({ id }) => id)
  if (first !== undefined) page(draft, role, responder, first, leftIds, reason)
}

/** Goes on to the next planned channel; says so when that channel is gone by now, or quiet hours have begun. */
export function callNextChannel(draft: Draft, role: Role, responder: Responder, attempt: Attempt, now: Instant): void {
  const [next, ...left] = attempt.channelsLeft
  const channel = usableChannels(draft.state, responder).find(({ id }) => id === next)
  const isQuiet = quietFor(draft.state, responder, now) !== null
  if (channel === undefined || isQuiet) skipChannel(draft, role, responder, next ?? '', isQuiet)
  else page(draft, role, responder, channel, left, attempt.reason)
}

export function skipChannel(
  draft: Draft,
  role: Role,
  responder: Responder,
  channelId: string,
  isQuiet: boolean = false,
): void {
  const refused = draft.state.refusedChannels.includes(`${responder.id}/${channelId}`)
  const gone = refused ? 'ChannelRefused' : 'NoVerifiedChannel'
  const reason = isQuiet ? 'QuietHours' : gone
  draft.emit({ type: 'ChannelSkipped', v: 1, data: { role, responderId: responder.id, channelId, reason } })
}

function page(
  draft: Draft,
  role: Role,
  responder: Responder,
  channel: Channel,
  left: readonly string[],
  reason: Reason,
) {
  const target = messageTarget(draft, 'page', responder, channel, left)
  const round = seatOf(draft.state, role)?.engagement?.round ?? 1
  draft.emit({ type: 'PageRequested', v: 1, data: { ...target, role, round, reason } })
}

/** Where one message goes; pages to one person that one decision makes share their effect. */
export function messageTarget(
  draft: Draft,
  kind: MessageKind,
  responder: Responder,
  channel: Channel,
  channelsLeft: readonly string[],
  about: NoticeAbout | null = null,
): MessageTarget & Planned & { readonly bundleId: string } {
  const effectId = draft.effectId(kind, responder.id, channel.id, about)
  return {
    effectId,
    bundleId: effectId,
    responderId: responder.id,
    channelId: channel.id,
    channel: channel.kind,
    channelsLeft,
  }
}

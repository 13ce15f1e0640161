import type { ResponderId } from '../directory/directory.ts'
import type { Instant } from '../time/instant.ts'
import type { MessageKind, MessageTarget, NoticeAbout, Of } from './event-parts.ts'
import type { Reason } from './reasons.ts'

type NoticeRequested = Of<'NoticeRequested', MessageTarget & { readonly about: NoticeAbout; readonly bundleId: string }>
type MessageSent = Of<'MessageSent', { readonly effectId: string; readonly kind: MessageKind }>
type MessageFailed = Of<
  'MessageFailed',
  {
    readonly effectId: string
    readonly kind: MessageKind
    readonly responderId: ResponderId
    readonly channelId: string
    readonly reason: Extract<Reason, 'DeliveryFailed' | 'ChannelRefused'>
    /** In the provider's words, scrubbed; missing where nothing was said, and in older records. */
    readonly detail?: string
  }
>
type MessageWithheld = Of<
  'MessageWithheld',
  { readonly effectId: string; readonly kind: MessageKind; readonly reason: Reason }
>
type EffectsQueuedAgain = Of<
  'EffectsQueuedAgain',
  { readonly effects: readonly { readonly effectId: string; readonly queueAgainAt: Instant }[] }
>

/** What became of messages; pages and warnings are asked for by seats and clocks. */
export type MessageEvent = NoticeRequested | MessageSent | MessageFailed | MessageWithheld | EffectsQueuedAgain

import type { ClockRecipient } from '../incident/clock-recipient.ts'
import type { Draft } from '../incident/draft.ts'
import type { MessageTarget, NoticeAbout } from '../incident/event-parts.ts'

/** Tells whoever is told about clocks something that is no warning. */
export function requestNotice(draft: Draft, recipient: ClockRecipient, about: NoticeAbout): void {
  draft.emit({ type: 'NoticeRequested', v: 1, data: { ...clockTarget(draft, 'notice', recipient, about), about } })
}

/** Where one message about clocks goes. */
export function clockTarget(
  draft: Draft,
  kind: 'clock' | 'notice',
  { responderId, channel }: ClockRecipient,
  about: NoticeAbout | null = null,
): MessageTarget & { readonly bundleId: string } {
  const effectId = draft.effectId(kind, responderId, channel.id, about)
  return { effectId, bundleId: effectId, responderId, channelId: channel.id, channel: channel.kind }
}

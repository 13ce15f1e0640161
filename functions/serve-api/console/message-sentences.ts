import { html } from 'hono/html'
import type { NoticeAbout } from '../../../shared/core/incident/event-parts.ts'
import type { Sentences } from './sentence.ts'
import { channelWord, KIND_WORDS, REASON_WORDS } from './words.ts'

const ABOUT: Readonly<Record<NoticeAbout, string>> = {
  reopened: 'the incident is open again',
  raised: 'the severity rose',
  merged: 'another incident goes on as this one',
  'not-notifiable-reopened': 'a clock that was not notifiable is open again',
  'late-signal': 'the finding arrived late: from which moment does awareness count?',
  'no-profile': 'asked what this account holds: nobody has described it',
}

/** Messages: asked for, accepted, refused, held back. */
export const MESSAGE_SENTENCES = {
  NoticeRequested: ({ responderId, channel, about }, tell) =>
    html`${tell.person(responderId)} is told by ${channelWord(channel)}: ${ABOUT[about]}.`,
  MessageSent: ({ effectId, kind }, tell) =>
    html`Accepted for delivery: ${tell.message(effectId)} (${KIND_WORDS[kind]}).`,
  MessageFailed: ({ kind, responderId, channelId, reason, detail }, tell) => {
    const what = `${channelWord(tell.channel(responderId, channelId))} to ${tell.person(responderId)}`
    const said = detail === undefined ? '' : ` What was said: ${detail}`
    return reason === 'ChannelRefused'
      ? html`${what} refused: a dead number, a landline or a suppressed address? (${KIND_WORDS[kind]})${said}`
      : html`${what} failed: ${REASON_WORDS[reason]} (${KIND_WORDS[kind]}).${said}`
  },
  MessageWithheld: ({ effectId, kind, reason }, tell) =>
    html`Not sent any more: ${tell.message(effectId)} (${KIND_WORDS[kind]}): ${REASON_WORDS[reason]}.`,
  EffectsQueuedAgain: ({ effects }, tell) =>
    html`No answer from a provider yet, so it is tried again:
    ${effects.map(({ effectId }) => tell.message(effectId)).join(', ')}.`,
} satisfies Partial<Sentences>

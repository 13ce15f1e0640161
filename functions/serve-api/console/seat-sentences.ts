import { html } from 'hono/html'
import { moment } from './html-parts.ts'
import type { Sentences } from './sentence.ts'
import { channelWord, REASON_WORDS } from './words.ts'

const note = (text: string | null) => (text === null || text === '' ? '' : `: “${text}”`)

/** Seats: who is called for them, who is not and why, who holds them. */
export const SEAT_SENTENCES = {
  SeatOpened: ({ role, reason }, tell) =>
    html`Somebody is needed as ${tell.role(role)}${reason === null ? '' : `: ${REASON_WORDS[reason]}`}.`,
  CandidateSkipped: ({ role, responderId, reason }, tell) =>
    html`${tell.person(responderId)} is skipped for ${tell.role(role)}: ${REASON_WORDS[reason]}.`,
  CandidateDeferred: ({ role, responderId, until, reason }, tell) =>
    html`${tell.person(responderId)} ${REASON_WORDS[reason]} and is called for ${tell.role(role)} at ${moment(until)}.`,
  PageRequested: ({ role, responderId, channel, reason }, tell) =>
    html`${tell.person(responderId)} is called as ${tell.role(role)} by ${channelWord(channel)}: ${REASON_WORDS[reason]}.`,
  ChannelSkipped: ({ role, responderId, channelId, reason }, tell) =>
    html`${channelWord(tell.channel(responderId, channelId))} to ${tell.person(responderId)} is left out
    (${tell.role(role)}): ${REASON_WORDS[reason]}.`,
  AttemptEnded: ({ role, responderId, reason }, tell) =>
    html`The call to ${tell.person(responderId)} for ${tell.role(role)} ended: ${REASON_WORDS[reason]}.`,
  SeatAcknowledged: ({ role, responderId, acting, replaced }, tell) =>
    html`${tell.person(responderId)} has taken ${tell.role(role)}${acting ? ', acting: without the role' : ''}${
      replaced === null ? '' : `, in place of ${tell.person(replaced)}`
    }.`,
  SeatDeclined: ({ role, responderId, note: why }, tell) =>
    html`${tell.person(responderId)} declined ${tell.role(role)}${note(why)}.`,
  SeatHandedOver: ({ role, responderId, to, note: why }, tell) =>
    html`${tell.person(responderId)} hands ${tell.role(role)} over to ${tell.person(to)}${note(why)}.`,
  SeatEscalated: ({ role, responderId, note: why }, tell) =>
    html`${tell.person(responderId)} asked for the next person as ${tell.role(role)}${note(why)}.`,
  SeatExhausted: ({ role, round, resumesAt }, tell) =>
    html`Everybody was tried for ${tell.role(role)} and nobody took it (round ${round}); calling again at
    ${moment(resumesAt)}.`,
  RoundStarted: ({ role, round }, tell) => html`Calling again from the top for ${tell.role(role)}, round ${round}.`,
  CheckInRequested: ({ role, responderId, channel }, tell) =>
    html`${tell.person(responderId)} is asked by ${channelWord(channel)} for a sign of life as ${tell.role(role)}.`,
  CheckInPutOff: ({ role, responderId, until, reason }, tell) =>
    html`${tell.person(responderId)} ${REASON_WORDS[reason]} and is asked for a sign of life as ${tell.role(role)} at
    ${moment(until)}.`,
  CheckInMissed: ({ role, responderId }, tell) =>
    html`${tell.person(responderId)} gave no sign of life as ${tell.role(role)}: others are called.`,
  CheckInAnswered: ({ role, responderId }, tell) =>
    html`${tell.person(responderId)} is still there as ${tell.role(role)}.`,
} satisfies Partial<Sentences>

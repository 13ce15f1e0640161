import { html } from 'hono/html'
import type { EventOf } from '../../../shared/core/incident/events.ts'
import { type Html, moment } from './html-parts.ts'
import type { Sentences } from './sentence.ts'
import { channelWord } from './words.ts'

const BECAUSE: Readonly<Record<EventOf<'ClockWarningDeferred'>['data']['because'], string>> = {
  'recent-message': 'they had a message just now',
  night: 'it is night there and there is time',
  'nobody-to-tell': 'nobody can be told',
}
const REOPENED: Readonly<Record<EventOf<'ClockReopened'>['data']['because'], string>> = {
  'new-facts': 'new facts',
  'new-finding': 'a new finding',
}

function countedFrom(anchor: EventOf<'StageReanchored'>['data']['anchor']): Html {
  if (anchor.at === null) return html`waits for its moment (${anchor.name})`
  const basis = anchor.basis === 'presumed' ? ', presumed from the signal; not an admission' : ''
  return html`counts from ${moment(anchor.at)} (${anchor.name}${basis})`
}

/** Notification clocks: started, warned about, decided on by people. */
export const CLOCK_SENTENCES = {
  ClockStarted: ({ obligationId, entityId, role, stages }, tell) =>
    html`A notification clock runs for ${entityId} as ${role}: ${tell.obligation(obligationId)}; it
    ${stages[0] ? countedFrom(stages[0].anchor) : 'has no stage'}.`,
  ClockWarned: ({ responderId, channel, stages }, tell) =>
    html`${tell.person(responderId)} is warned by ${channelWord(channel)} about ${stages.length} running
    ${stages.length === 1 ? 'deadline' : 'deadlines'}.`,
  ClockWarningDeferred: ({ responderId, until, because }, tell) =>
    html`A warning${responderId === null ? '' : ` to ${tell.person(responderId)}`} waits until ${moment(until)}:
    ${BECAUSE[because]}.`,
  ClockConfirmed: ({ clockId, responderId }, tell) =>
    html`${tell.person(responderId)} confirmed the clock of ${tell.clock(clockId)}.`,
  StageReanchored: ({ clockId, responderId, anchor }, tell) =>
    html`${tell.person(responderId)} recorded a moment for the clock of ${tell.clock(clockId)}: it ${countedFrom(anchor)}.`,
  ClockDeclaredNotNotifiable: ({ clockId, responderId }, tell) =>
    html`${tell.person(responderId)} decided that it is not notifiable: ${tell.clock(clockId)}.`,
  ClockReopened: ({ clockId, because }, tell) =>
    html`The clock of ${tell.clock(clockId)} is open again: ${REOPENED[because]}.`,
  StageSubmitted: ({ clockId, stageId, responderId, submittedAt, phase }, tell) =>
    html`${tell.person(responderId)} recorded a submission (${phase}) at ${moment(submittedAt)}: stage ${stageId} of
    ${tell.clock(clockId)}.`,
  StageWaived: ({ clockId, stageId, responderId }, tell) =>
    html`${tell.person(responderId)} waived stage ${stageId} of ${tell.clock(clockId)}.`,
  StageMissed: ({ clockId, stageId }, tell) =>
    html`Missed: stage ${stageId} of ${tell.clock(clockId)} was not submitted in time.`,
} satisfies Partial<Sentences>

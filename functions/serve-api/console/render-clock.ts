import { html } from 'hono/html'
import type { ClockView, StageView } from '../../../shared/app/clock-views.ts'
import type { StageStatus } from '../../../shared/core/incident/event-parts.ts'
import type { Instant } from '../../../shared/core/time/instant.ts'
import { countdown, type Html, moment, slug } from './html-parts.ts'
import type { Naming } from './naming.ts'

const STAGE_WORDS: Readonly<Record<StageStatus, string>> = {
  'awaiting-anchor': 'waits for its moment',
  running: 'running',
  held: 'held',
  submitted: 'submitted',
  waived: 'waived',
  missed: 'missed',
}

/** The notification clocks of an incident, counting to the safe and to the legal instant. */
export function renderClocks(clocks: readonly ClockView[], naming: Naming, now: Instant): Html {
  if (clocks.length === 0) return html`<p>No notification clock runs on this incident.</p>`
  return html`<ul class="clocks">${clocks.map((clock) => renderClock(clock, naming, now))}</ul>
    <p class="fine">Muster is not legal advice: Legal Counsel decides.</p>`
}

function renderClock(clock: ClockView, naming: Naming, now: Instant): Html {
  const counts = clock.status === 'provisional' || clock.status === 'confirmed'
  return html`<li class="clock" id="${slug(clock.id)}">
    <h4>${clock.name ?? clock.obligationId} <span class="badge ${clock.status}">${clock.status.replace('-', ' ')}</span></h4>
    <p class="fine">${clock.entityId} as ${clock.role}${clock.citation === null ? '' : html` · ${clock.citation}`}</p>
    ${clock.stages.map((stage) => renderStage(stage, clock, counts, naming, now))}
  </li>`
}

function renderStage(stage: StageView, clock: ClockView, counts: boolean, naming: Naming, now: Instant): Html {
  const running = counts && (stage.status === 'running' || stage.status === 'missed' || stage.status === 'held')
  return html`<div class="stage ${stage.status}">
    <p>${stage.what ?? stage.id} <span class="badge ${stage.status}">${STAGE_WORDS[stage.status]}</span></p>
    ${deadlines(stage, running, now)} ${anchorText(stage)} ${submissions(stage, naming)}
    ${howCounted(stage, slug('steps', clock.id, stage.id))}
  </div>`
}

function deadlines({ safeDueAt, dueAt }: StageView, running: boolean, now: Instant): Html {
  const row = (label: string, at: Instant | null) =>
    at === null
      ? ''
      : html`<div><dt>${label}</dt><dd>${running ? html`<strong>${countdown(at, now, 'over')}</strong> · ` : ''}${moment(at)}</dd></div>`
  return html`<dl class="due">${row('Safe until', safeDueAt)}${row('Due by law', dueAt)}</dl>`
}

function anchorText({ anchor }: StageView): Html {
  if (anchor.at === null) return html`<p class="fine">Waits until somebody records the ${anchor.name}.</p>`
  const basis = anchor.basis === 'presumed' ? 'presumed from the signal; not an admission' : 'recorded by a person'
  return html`<p class="fine">Counts from ${moment(anchor.at)} (${anchor.name}): ${basis}.</p>`
}

function submissions({ submissions: sent }: StageView, naming: Naming): Html {
  return html`${sent.map(
    ({ submittedAt, phase, responderId, receipt }) =>
      html`<p class="fine">Submitted ${moment(submittedAt)} (${phase}) by ${naming.person(responderId)}${
        receipt === null ? '' : `, receipt ${receipt}`
      }.</p>`,
  )}`
}

function howCounted({ steps }: StageView, id: string): Html {
  if (steps.length === 0) return html``
  return html`<details id="${id}"><summary id="${id}-head">How this was counted</summary>
    <ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></details>`
}

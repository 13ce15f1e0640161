import { html } from 'hono/html'
import { type Html, joined, moment, slug } from './html-parts.ts'
import { incidentLink } from './merging-sentences.ts'
import { renderClocks } from './render-clock.ts'
import { renderMessages } from './render-messages.ts'
import { renderNext, renderSeats } from './render-seat.ts'
import { renderTimeline } from './render-timeline.ts'
import type { IncidentScene, Scene } from './scene.ts'

/** One open incident in full. */
export function renderIncident(incident: IncidentScene, scene: Scene): Html {
  const { state } = incident
  return html`<article class="incident ${state.severity.toLowerCase()}" id="${state.id}" aria-labelledby="${slug('title', state.id)}">
    <header>
      <h2 id="${slug('title', state.id)}"><span class="severity">${state.severity}</span> ${state.title}</h2>
      ${renderWhere(incident, scene)}${renderTogether(incident)}
    </header>
    ${renderBody(incident, scene)}
  </article>`
}

/** One closed incident: its line, and the rest of it folded. */
export function renderClosed(incident: IncidentScene, scene: Scene): Html {
  const { state } = incident
  const id = slug('closed', state.id)
  const end =
    state.status === 'closed'
      ? html`, ${state.mergedInto === null ? 'closed' : 'merged into another'} ${moment(state.closedAt)} by ${scene.naming.person(state.closedBy)}`
      : ''
  return html`<details class="incident closed" id="${id}"><summary id="${id}-head"><span class="severity">${state.severity}</span>
    ${state.title}<span class="fine">${end}${runningClocks(incident)}</span></summary>
    <div id="${state.id}">${renderWhere(incident, scene)}${renderTogether(incident)}${renderBody(incident, scene)}</div></details>`
}

/** Incidents that this one is to be seen with; nothing where it stands alone. */
function renderTogether({ state }: IncidentScene): Html | '' {
  const { mergedInto, absorbed, linked } = state
  const links = (ids: readonly string[]) => joined(ids.map(incidentLink), ', ')
  const parts = [
    ...(mergedInto === null ? [] : [html`merged into ${incidentLink(mergedInto)}, where its clocks and seats go on`]),
    ...(absorbed.length === 0 ? [] : [html`merged into this: ${links(absorbed.map(({ id }) => id))}`]),
    ...(linked.length === 0 ? [] : [html`to be seen together with ${links(linked)}`]),
  ]
  return parts.length === 0 ? '' : html`<p class="where together">${joined(parts, ' · ')}</p>`
}

function runningClocks({ state }: IncidentScene): string {
  if (state.mergedInto !== null) return ''
  const running = state.clocks.filter(({ status, stages }) => {
    return (status === 'confirmed' || status === 'provisional') && stages.some((stage) => stage.status === 'running')
  }).length
  return running === 0 ? '' : `, ${running} ${running === 1 ? 'clock' : 'clocks'} still running`
}

function renderWhere({ state }: IncidentScene, { naming }: Scene): Html {
  const accounts = state.accounts.map(naming.account)
  const parts = [
    ...(accounts.length === 0 ? [] : [html`${joined(accounts, ', ')}`]),
    html`since ${moment(state.openedAt)}`,
    html`${state.findingCount} ${state.findingCount === 1 ? 'finding' : 'findings'}`,
  ]
  return html`<p class="where">${joined(parts, ' · ')}</p>`
}

function renderBody(incident: IncidentScene, scene: Scene): Html {
  const { state, steps, clocks, next } = incident
  const { naming, now, messages } = scene
  return html`<div class="parts">
      <div class="part"><h3>Seats</h3>${renderSeats(incident, scene)}</div>
      <div class="part"><h3>Notification clocks</h3>${
        state.mergedInto === null
          ? renderClocks(clocks, naming, now)
          : html`<p>They count on in ${incidentLink(state.mergedInto)}.</p>`
      }</div>
    </div>
    ${state.status === 'closed' ? '' : html`<div class="part"><h3>Who would be called now, and why</h3>${renderNext(next, scene)}</div>`}
    <div class="parts">
      ${messages === null ? '' : folded('messages', incident, 'Messages that would have left', renderMessages(state.id, messages, naming))}
      ${folded('timeline', incident, 'Timeline', renderTimeline(state.id, steps, naming))}
    </div>`
}

/** Unfolded at first; what the reader folds stays folded. */
function folded(name: string, { state }: IncidentScene, heading: string, body: Html): Html {
  const id = slug(name, state.id)
  return html`<details class="part" id="${id}" open><summary id="${id}-head"><h3>${heading}</h3></summary>${body}</details>`
}

import { html } from 'hono/html'
import type { Html } from './html-parts.ts'
import { renderClosed, renderIncident } from './render-incident.ts'
import { renderNext } from './render-seat.ts'
import type { Scene } from './scene.ts'

const SAMPLE = /^SAMPLE:/

/** Everything on the screen that changes by itself: what is open, then what is closed. */
export function renderScreen(scene: Scene): Html {
  const { open, closed } = scene
  const isSample = open.some(({ state }) => SAMPLE.test(state.title))
  return html`${isSample ? renderSampleBanner(scene) : ''}
    <section aria-label="Open incidents" id="open">${
      open.length === 0 ? renderNothingOpen(scene) : open.map((incident) => renderIncident(incident, scene))
    }</section>
    ${closed.length === 0 ? '' : renderClosedOnes(scene)}
    ${scene.isMore ? html`<p class="fine">More incidents: <a id="more" href="/v1/incidents">all of them as JSON</a>.</p>` : ''}`
}

function renderSampleBanner({ messages }: Scene): Html {
  const how =
    messages === null
      ? ''
      : html` Press <em>Advance five minutes</em> to see the backups called, or take a seat by a link below.`
  return html`<section class="sample" id="sample" aria-label="Sample">
    <p><strong>SAMPLE.</strong> A made-up credential has leaked from an account with data of people in the EU; the
    Commander is on holiday, one phone number is dead, and the 72 hours of the GDPR are running. Nobody real is called.${how}</p>
    <p>With your own people: <code>MUSTER_DIRECTORY=my-directory.yml npm start -- --empty</code> on fresh data
    (<code>MUSTER_DATA</code>), or <code>npx muster directory import my-directory.yml</code> on this.</p>
  </section>`
}

function renderNothingOpen(scene: Scene): Html {
  return html`<div class="empty">
    <h2>Nothing is open</h2>
    <p>When a finding arrives, it stands here, with who is called. Post a first one:</p>
    <pre id="first-event" tabindex="0" aria-label="A command that posts a first event"><code>curl -sS -X POST ${scene.origin}/v1/events \\
  -H 'content-type: application/json' \\
  --data @events/guardduty/leaked-access-key.json</code></pre>
    ${scene.callsForNew.length === 0 ? '' : html`<h3>Who would be called now, and why (SEV1)</h3>${renderNext(scene.callsForNew, scene)}`}
  </div>`
}

function renderClosedOnes(scene: Scene): Html {
  return html`<details class="closed-ones" id="closed"><summary id="closed-head"><h2>Closed (${scene.closed.length})</h2></summary>
    ${scene.closed.map((incident) => renderClosed(incident, scene))}</details>`
}

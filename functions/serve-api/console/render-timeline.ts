import { html } from 'hono/html'
import { MUSTER_ACTOR } from '../../../shared/app/rows/commit-row.ts'
import { type Html, moment, slug } from './html-parts.ts'
import type { Naming } from './naming.ts'
import type { RecordStep } from './record-step.ts'
import { sentenceOf, tellingOf } from './timeline-sentences.ts'

const SHOWN = 60

/** The record in sentences, newest first; the whole of it is a link away. */
export function renderTimeline(incidentId: string, steps: readonly RecordStep[], naming: Naming): Html {
  const tell = tellingOf(steps, naming)
  const rows = steps
    .map((step, place) => ({ ...step, place }))
    .slice(-SHOWN)
    .reverse()
    .map(({ place, sequence, at, actor, event }) => {
      const by = actor === MUSTER_ACTOR ? '' : html` <span class="fine">by ${naming.person(actor)}</span>`
      return html`<li id="${slug('step', incidentId, String(place))}" title="commit ${sequence}: ${event.type}">${moment(at)} <span class="what">${sentenceOf(event, tell)}</span>${by}</li>`
    })
  const path = `/v1/incidents/${encodeURIComponent(incidentId)}/timeline`
  return html`<ol class="timeline">${rows}</ol>
    <p class="fine">${steps.length > SHOWN ? `The newest ${SHOWN} of ${steps.length}. ` : ''}<a
      id="${slug('record', incidentId)}" href="${path}">The whole record as JSON</a></p>`
}

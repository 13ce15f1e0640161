import { html } from 'hono/html'
import type { Html } from './html-parts.ts'
import type { Sentences } from './sentence.ts'
import { listed } from './words.ts'

/** Leads to the incident where it stands on the same screen, open or closed. */
export function incidentLink(incidentId: string): Html {
  return html`<a href="#${incidentId}">${incidentId}</a>`
}

/** What people have merged and split, and what is shown together. */
export const MERGING_SENTENCES = {
  IncidentAbsorbed: ({ incidentId, title, responderId, note, findings }, tell) =>
    html`${tell.person(responderId)} merged ${incidentLink(incidentId)} (${title}) into this incident: “${note}”. Findings
    that came with it: ${findings.added}.`,
  IncidentMerged: ({ into, responderId, note }, tell) =>
    html`${tell.person(responderId)} merged this incident into ${incidentLink(into)}, where it goes on: “${note}”.`,
  ClockCarried: ({ obligationId, entityId, from }, tell) =>
    html`${tell.obligation(obligationId)} for ${entityId} goes on here, from ${incidentLink(from.incidentId)}.`,
  FindingsSplitOff: ({ incidentId, findings, responderId, note }, tell) =>
    html`${tell.person(responderId)} split off ${findings.length === 1 ? 'one finding' : `${findings.length} findings`},
    which opened ${incidentLink(incidentId)}: “${note}”.`,
  IncidentsLinked: ({ incidentId, indicators }) =>
    html`Shown together with ${incidentLink(incidentId)}${
      indicators.length === 0 ? '' : `: both name ${listed(indicators)}`
    }.`,
} satisfies Partial<Sentences>

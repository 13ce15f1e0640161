import { html } from 'hono/html'
import { incidentLink } from './merging-sentences.ts'
import type { Sentences } from './sentence.ts'
import { listed } from './words.ts'

const note = (text: string | null) => (text === null || text === '' ? '' : `: “${text}”`)

/** The incident itself: opened, joined by findings, severity, facts, closed. */
export const INCIDENT_SENTENCES = {
  IncidentOpened: ({ severity, declaredBy, splitFrom }, tell) => {
    if (splitFrom !== undefined) {
      const { incidentId, responderId, note: why } = splitFrom
      return html`${tell.person(responderId)} split this incident off ${incidentLink(incidentId)}, as ${severity}${note(why)}.`
    }
    return declaredBy === null
      ? html`Incident opened as ${severity}: the first finding has arrived.`
      : html`${tell.person(declaredBy)} declared the incident as ${severity}.`
  },
  FindingJoined: ({ finding }) => html`Finding: ${finding.title} (${finding.source}, ${finding.severity}).`,
  FindingUpdated: ({ finding, state }) =>
    html`Finding changed (${state}): ${finding.title}${finding.count === null ? '' : `, seen ${finding.count} times`}.`,
  IncidentReopened: () => html`New activity soon after closing: the incident is open again.`,
  SeverityRaised: ({ from, to, note: why, title }) => {
    const called = title === undefined ? '' : html` The incident is called “${title}” from here on.`
    return html`Severity rose from ${from} to ${to}${note(why)}.${called}`
  },
  SeverityLowered: ({ from, to, responderId, note: why }, tell) =>
    html`${tell.person(responderId)} lowered the severity from ${from} to ${to}${note(why)}.`,
  IncidentClosed: ({ responderId, note: why }, tell) =>
    html`${tell.person(responderId)} closed the incident${note(why)}.`,
  FactsRecorded: ({ responderId, dataCategories, residents, other }, tell) => {
    const also = Object.keys(other ?? {})
    const parts = [
      dataCategories.length > 0 ? `data ${listed(dataCategories)}` : '',
      residents.length > 0 ? `people of ${listed(residents)}` : '',
      also.length > 0 ? `facts named ${listed(also)}` : '',
    ]
    return html`${tell.person(responderId)} recorded what is concerned: ${parts.filter(Boolean).join('; ')}.`
  },
} satisfies Partial<Sentences>

import { html } from 'hono/html'
import type { OpenLink } from '../../../shared/app/acknowledge-by-link.ts'
import { ENGLISH } from '../../../shared/content/messages/english.ts'
import { findResponder, profileOf } from '../../../shared/core/directory/directory.ts'
import type { IncidentState, Seat } from '../../../shared/core/incident/state.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { clockText, wallText } from '../../../shared/core/time/wall-text.ts'
import type { Html } from './page-frame.ts'
import type { HiddenValues } from './press-proof.ts'

export const WRONG_CODE = 'The two digits are not those of the mail. They stand there in large type.'
export const NOT_FROM_PAGE = 'That press did not come from this page. Please press again here; cookies must be allowed.'

/** The page behind a link: what, how bad, where, since when, who else, and one button. */
export function linkPage(link: OpenLink, hidden: HiddenValues, hint: string | null): Html {
  const { seat, responder } = link
  const role = ENGLISH.role(seat.role)
  const mine = isMine(link)
  return html`
<h1>${mine ? `You have it: ${role}` : heldBy(link) === null ? `${responder.name}, you are called as ${role}` : `${heldBy(link)} holds ${role}`}</h1>
${hint === null ? '' : html`<p class="hint" role="alert">${hint}</p>`}
${incidentPart(link)}
<form method="post">
<input type="hidden" name="nonce" value="${hidden.nonce}"><input type="hidden" name="proof" value="${hidden.proof}">
${link.code === null ? '' : CODE_FIELD}
<button type="submit">${buttonText(link, role)}</button>
</form>
<p>${afterwards(link)}</p>
${incidentLink(link.state)}`
}

export function takenPage(link: OpenLink, again: boolean, acting: boolean): Html {
  const role = ENGLISH.role(link.seat.role)
  return html`
<h1>${again ? `You have it already: ${role}` : `You have it: ${role}`}</h1>
<p>${acting ? `You act as ${role} until somebody with that role comes; they are still being called.` : 'Nobody else is called for this seat any more.'}</p>
${incidentPart(link)}
${incidentLink(link.state)}`
}

export function heldPage(link: OpenLink, holder: string): Html {
  const role = ENGLISH.role(link.seat.role)
  return html`
<h1>${nameOf(link, holder)} has it: ${role}</h1>
<p>You need not do anything. To take the seat, ask ${nameOf(link, holder)} to hand it over to you.</p>
${incidentPart(link)}
${incidentLink(link.state)}`
}

export function closedPage(state: IncidentState): Html {
  return html`<h1>This incident is closed</h1><p><span class="grade">${state.severity}</span> ${state.title}</p>${incidentLink(state)}`
}

export function plainPage(title: string, text: string): Html {
  return html`<h1>${title}</h1><p>${text}</p><p><a href="/">Open incidents</a></p>`
}

const CODE_FIELD = html`<label for="code">The two digits in your mail</label>
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="off" maxlength="3" required>`

const MERGED = html`<p>The incident of this message was merged into this one, which goes on.</p>`

function isMine({ seat, grant }: OpenLink): boolean {
  return seat.holder === grant.responderId
}

/** The name of another who holds the seat with its role and answers; null while it is to be taken. */
function heldBy(link: OpenLink): string | null {
  const { holder, engagement } = link.seat
  return holder === null || engagement !== null ? null : nameOf(link, holder)
}

function buttonText(link: OpenLink, role: string): string {
  if (isMine(link)) return 'I am still on it'
  return heldBy(link) === null ? `Take it: ${role}` : 'Take it, if it is free by now'
}

function afterwards(link: OpenLink): string {
  if (isMine(link) || heldBy(link) !== null) return 'You need not do anything.'
  const until = windowEnds(link)
  return until === null
    ? 'If you do not take it, somebody else is called.'
    : `If you do not take it by ${until}, the next person is called.`
}

function windowEnds({ seat, responder }: OpenLink): string | null {
  const mine = seat.engagement?.open.find(({ responderId }) => responderId === responder.id)
  const startsAt = mine?.windowStartsAt
  return startsAt ? clockText(plusSeconds(startsAt, seat.ackWithinSeconds), responder.zone) : null
}

function incidentPart(link: OpenLink): Html {
  const { state, responder, grant } = link
  const moved = grant.incidentId === state.id ? '' : MERGED
  const others = state.seats.filter(({ role }) => role !== link.seat.role).map((seat) => seatText(link, seat))
  return html`${moved}<dl>
<dt>What</dt><dd><span class="grade">${state.severity}</span> ${state.title}</dd>
<dt>Where</dt><dd>${whereText(link)}</dd>
<dt>Since</dt><dd>${wallText(state.openedAt, responder.zone)}</dd>
<dt>Who else</dt><dd>${others.length === 0 ? 'Nobody: this is the only seat.' : others.map((line) => html`${line}<br>`)}</dd>
</dl>`
}

function whereText({ state, directory }: OpenLink): string {
  if (state.accounts.length === 0) return 'no account was named'
  const named = state.accounts.slice(0, 3).map((id) => {
    const name = profileOf(directory, id)?.name
    return name === undefined ? id : `${name} (${id})`
  })
  const left = state.accounts.length - named.length
  return left === 0 ? named.join(', ') : `${named.join(', ')} and ${left} more`
}

function seatText(link: OpenLink, seat: Seat): string {
  const role = ENGLISH.role(seat.role)
  if (seat.holder !== null) return `${role}: ${nameOf(link, seat.holder)}${seat.acting ? ' (acting)' : ''}`
  const called = seat.engagement?.open.map(({ responderId }) => nameOf(link, responderId)) ?? []
  return `${role}: ${called.length === 0 ? 'nobody yet' : `calling ${called.slice(0, 3).join(', ')}`}`
}

function nameOf({ directory }: OpenLink, responderId: string): string {
  return findResponder(directory, responderId)?.name ?? responderId
}

function incidentLink({ id }: IncidentState): Html {
  return html`<p><a href="/#${id}">Open the incident</a></p>`
}

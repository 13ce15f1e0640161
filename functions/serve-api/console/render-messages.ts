import { html } from 'hono/html'
import { type Html, moment, slug } from './html-parts.ts'
import type { Naming } from './naming.ts'
import type { LocalMessage } from './scene.ts'
import { channelWord } from './words.ts'

const SHOWN = 10

/** The newest messages of one incident that would have left, with the links that take a seat; on this machine only. */
export function renderMessages(incidentId: string, messages: readonly LocalMessage[], naming: Naming): Html {
  const newest = messages
    .filter((message) => message.incidentId === incidentId)
    .slice(-SHOWN)
    .reverse()
  if (newest.length === 0) return html`<p>None yet.</p>`
  return html`<ol class="messages">${newest.map((message) => renderMessage(message, naming))}</ol>
    <p class="fine">On this machine nothing leaves: press a link as if you were the one who was called.</p>`
}

function renderMessage(message: LocalMessage, naming: Naming): Html {
  const { id, at, channel, to, subject, responderId, links } = message
  return html`<li id="${slug('message', id)}">${moment(at)} ${channelWord(channel)} to ${naming.person(responderId)} <span class="fine">${to}</span>
    <span class="what">${subject}</span> ${links.acknowledge === null ? '' : renderLink(message, naming, links.acknowledge)}</li>`
}

function renderLink({ id, role, responderId, links, kind }: LocalMessage, naming: Naming, link: string): Html {
  const seat = role === null ? 'the seat' : naming.role(role)
  const verb = kind === 'check-in' ? 'Say that you are still' : 'Take'
  const code = links.code === null ? '' : html` <span class="fine">its two digits: <b>${links.code}</b></span>`
  return html`<a class="take" id="${slug('take', id)}" href="${pathOf(link)}">${verb} ${seat} as ${naming.person(responderId)}</a>${code}`
}

/** Stays on this page's own host, whichever name of it the browser used. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link, 'http://localhost')
  return pathname + search
}

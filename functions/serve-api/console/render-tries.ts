import { html } from 'hono/html'
import { type Html, joined, moment } from './html-parts.ts'
import type { Naming } from './naming.ts'
import type { SeatStory, SeatTry, TriedCall } from './seat-story.ts'
import { channelWord, listed, REASON_WORDS } from './words.ts'

const SHOWN = 12

/** Who was tried or passed over for a seat in this round, in order; empty before the first. */
export function renderTries({ tries }: SeatStory, id: string, naming: Naming): Html {
  if (tries.length === 0) return html``
  const earlier = tries.length - SHOWN
  const more = earlier > 0 ? html`<li>${earlier} earlier ones are in the timeline.</li>` : ''
  return html`<ol class="tries" id="${id}">${more}${tries.slice(-SHOWN).map((one) => renderTry(one, naming))}</ol>`
}

function renderTry(one: SeatTry, naming: Naming): Html {
  const name = naming.person(one.responderId)
  const dead = one.calls.filter(({ outcome }) => outcome === 'refused').map((call) => renderDead(call, name))
  return html`<li class="${one.end === null ? 'running' : one.end.how}">${joined([tryText(one, name), ...dead], ' ')}</li>`
}

function tryText({ at, calls, end }: SeatTry, name: string): Html {
  if (end?.how === 'skipped') return html`${name}: skipped, ${REASON_WORDS[end.reason]}.`
  const called = calls.length === 0 ? html`${name}` : html`${name} called ${moment(at)}${channelsOf(calls)}`
  if (end === null) return html`${called}, waiting for an answer.`
  if (end.how === 'acknowledged') return html`${called}: took it ${moment(end.at)}.`
  return html`${called}: ${REASON_WORDS[end.reason]}.`
}

/** By which channels, the dead ones apart. */
function channelsOf(calls: readonly TriedCall[]): string {
  const kinds = [...new Set(calls.filter(({ outcome }) => outcome !== 'refused').map(({ channel }) => channel))]
  return kinds.length === 0 ? '' : ` by ${listed(kinds.map(channelWord))}`
}

function renderDead({ channel }: TriedCall, name: string): Html {
  const why = channel === 'sms' || channel === 'voice' ? 'a landline?' : 'a dead address?'
  return html`<strong class="dead">${channelWord(channel)} to ${name} refused: ${why}</strong>`
}

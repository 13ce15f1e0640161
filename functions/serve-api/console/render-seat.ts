import { html } from 'hono/html'
import type { NextCall } from '../../../shared/app/next-calls.ts'
import type { Reason } from '../../../shared/core/incident/reasons.ts'
import { type IncidentState, type Seat, seatStatus } from '../../../shared/core/incident/state.ts'
import { countdown, type Html, joined, moment, slug } from './html-parts.ts'
import type { Naming } from './naming.ts'
import { renderTries } from './render-tries.ts'
import type { IncidentScene, Scene } from './scene.ts'
import { type SeatStory, seatStory } from './seat-story.ts'
import { listed, REASON_WORDS } from './words.ts'

/** More people than this are counted, not named. */
const MOST_NAMED = 3
const STATUS_WORDS = { engaging: 'calling', taken: 'taken', exhausted: 'exhausted' } as const

interface SeatScene {
  readonly incident: IncidentState
  readonly seat: Seat
  readonly story: SeatStory
  readonly next: NextCall | undefined
  readonly naming: Naming
  readonly now: Scene['now']
}

/** The seats of an incident, each as a person would tell it. */
export function renderSeats({ state, steps, next }: IncidentScene, { naming, now }: Scene): Html {
  const seats = state.seats.map((seat) => {
    const call = next.find(({ role }) => role === seat.role)
    return renderSeat({ incident: state, seat, story: seatStory(steps, seat.role), next: call, naming, now })
  })
  return html`<ul class="seats">${seats}</ul>`
}

function renderSeat(scene: SeatScene): Html {
  const { incident, seat, naming } = scene
  const status = incident.status === 'closed' ? (seat.holder === null ? 'empty' : 'taken') : seatStatus(seat)
  const word = status === 'empty' ? 'not taken' : STATUS_WORDS[status]
  return html`<li class="seat ${status}" id="${slug('seat', incident.id, seat.role)}">
    <h4>${naming.role(seat.role)} <span class="badge ${status}">${word}</span></h4>
    <p class="lead">${leadOf(scene)}</p>
    ${renderTries(scene.story, slug('tries', incident.id, seat.role), naming)}
  </li>`
}

function leadOf(scene: SeatScene): Html {
  const { incident, seat } = scene
  if (incident.status === 'closed') return closedLead(scene)
  const parts = [holderPart(scene), exhaustedPart(scene), ...callingParts(scene), checkInPart(scene)]
  const said = parts.filter((part) => part !== null)
  return said.length === 0 ? html`Calling ${scene.naming.role(seat.role)} now.` : html`${joined(said, '; ')}.`
}

function closedLead({ seat, naming }: SeatScene): Html {
  return seat.holder === null ? html`Nobody had taken it.` : html`${naming.person(seat.holder)} held it.`
}

function holderPart({ seat, story, naming }: SeatScene): Html | null {
  if (seat.holder === null) return null
  const name = naming.person(seat.holder)
  const since = story.taken?.responderId === seat.holder ? html` ${moment(story.taken.at)}` : ''
  if (seat.acting) return html`${name} is acting since${since}, without the role: people who have it are still called`
  if (seat.silent) return html`${name} had taken it${since} and gave no sign of life: others are called`
  if (seat.engagement !== null) return html`${name} holds it and hands it over`
  return html`${name} has taken it${since}`
}

function exhaustedPart({ seat, now }: SeatScene): Html | null {
  if (!seat.exhausted) return null
  const until = seat.engagement?.pausedUntil ?? null
  if (until === null) return html`everybody was tried; calling again, round ${seat.engagement?.round ?? 1}`
  return html`everybody was tried, calling again at ${moment(until)}, in ${countdown(until, now)}`
}

/** Who is being called, then who is next and when: `Ana called 03:12, no answer; Ben in 1:48`. */
function callingParts({ seat, next, story, naming, now }: SeatScene): Html[] {
  const calling = next?.calling ?? []
  const deferred = seat.engagement?.deferred ?? null
  const parts = calling.slice(0, MOST_NAMED).map(({ responderId, since }) => {
    const answer = isAccepted(story, responderId) ? 'no answer' : 'not delivered yet'
    return html`${naming.person(responderId)} called ${moment(since)}, ${answer}`
  })
  if (calling.length > MOST_NAMED) parts.push(html`${calling.length - MOST_NAMED} more are called`)
  if (calling.length === 0 && deferred !== null) {
    parts.push(html`${naming.person(deferred.responderId)} has quiet hours until ${moment(deferred.until)}`)
  } else if (calling.length > 0 && next?.next) {
    parts.push(html`${naming.person(next.next.responderId)} in ${countdown(next.next.at, now)}`)
  } else if (calling.length > 0) {
    parts.push(html`then everybody was tried, and it starts from the top`)
  }
  return parts
}

function isAccepted({ tries }: SeatStory, responderId: string): boolean {
  const running = tries.findLast((one) => one.responderId === responderId && one.end === null)
  return running === undefined || running.calls.some(({ outcome }) => outcome === 'sent')
}

function checkInPart({ seat, naming }: SeatScene): Html | null {
  const [first] = seat.checkIn?.calls ?? []
  if (seat.checkIn === null || first === undefined) return null
  return html`${naming.person(seat.checkIn.responderId)} was asked for a sign of life ${moment(first.requestedAt)}`
}

/** Who would be called now for each seat that is open, and why; and who would be passed over, and why. */
export function renderNext(calls: readonly NextCall[], { naming, now }: Pick<Scene, 'naming' | 'now'>): Html {
  if (calls.length === 0) return html`<p>Nobody: every seat is taken.</p>`
  return html`<dl class="next">${calls.map((call) => renderNextCall(call, naming, now))}</dl>`
}

function renderNextCall({ role, next, skipped, calling }: NextCall, naming: Naming, now: Scene['now']): Html {
  const said = [
    calling.length === 0 ? null : html`Being called: ${namesOf(calling, naming)}.`,
    next === null
      ? html`Nobody is left in this round: it starts again from the top.`
      : html`Next: <strong>${naming.person(next.responderId)}</strong>, ${
          next.at <= now ? html`now` : html`in ${countdown(next.at, now)}`
        } (${REASON_WORDS[next.reason]}).`,
    skipped.length === 0 ? null : html`Passed over: ${namesOf(skipped, naming)}.`,
  ]
  return html`<div><dt>${naming.role(role)}</dt><dd>${joined(
    said.filter((part) => part !== null),
    ' ',
  )}</dd></div>`
}

function namesOf(people: readonly { readonly responderId: string; readonly reason: Reason }[], naming: Naming): string {
  return listed(people.map(({ responderId, reason }) => `${naming.person(responderId)} (${REASON_WORDS[reason]})`))
}

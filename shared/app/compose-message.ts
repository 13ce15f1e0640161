import { timeLeft } from '../core/clocks/time-left.ts'
import { type Channel, type Directory, findResponder, profileOf, type Responder } from '../core/directory/directory.ts'
import type { IncidentState, Seat, Stage } from '../core/incident/state.ts'
import { type Instant, plusSeconds } from '../core/time/instant.ts'
import { clockText, wallText } from '../core/time/wall-text.ts'
import type { MessageSeat, OutgoingMessage } from '../ports/message-provider.ts'
import type { MessageFacts, MessageText, MessageTexts } from '../ports/message-texts.ts'
import type { QueuedEffect } from '../ports/queues.ts'
import { codeOf, signLink } from './acknowledge-link.ts'
import type { SenderDependencies } from './dependencies.ts'
import { findReplyCode } from './reply-codes.ts'

/** What is known when a message is about to leave. */
export interface Occasion {
  readonly state: IncidentState
  readonly directory: Directory
  readonly effect: QueuedEffect
  readonly responder: Responder
  readonly channel: Channel
  /** The seats that it still calls for. */
  readonly roles: readonly string[]
  readonly now: Instant
}

/** Kinds of channel with room for one line only. */
const SHORT = new Set(['sms', 'voice'])
const NEAREST_STAGES = 3

/** The message as it leaves: text in the reader's own time zone, a link for each seat. */
export async function composeMessage(
  deps: Pick<SenderDependencies, 'table' | 'signer' | 'publicUrl' | 'texts' | 'obligations'>,
  occasion: Occasion,
): Promise<OutgoingMessage> {
  const { state, effect, responder, channel, now } = occasion
  const seats = await Promise.all(occasion.roles.map((role) => messageSeat(deps, occasion, role)))
  const facts = factsOf(deps, occasion, seats)
  const { subject, text, html } = words(deps.texts, effect, channel, facts)
  return {
    effectId: effect.effectId,
    kind: effect.kind,
    channel: channel.kind,
    to: channel.address,
    subject,
    text,
    html,
    responderId: responder.id,
    incidentId: state.id,
    incidentUrl: facts.incidentUrl,
    seats,
    at: now,
  }
}

function words(texts: MessageTexts, { kind }: QueuedEffect, channel: Channel, facts: MessageFacts): MessageText {
  if (kind === 'clock') return texts.clock(facts)
  if (kind === 'notice') return texts.notice(facts)
  const long = kind === 'check-in' ? texts.checkIn(facts) : texts.page(facts)
  return kind === 'page' && SHORT.has(channel.kind) ? { ...long, text: texts.shortPage(facts) } : long
}

async function messageSeat(
  deps: Pick<SenderDependencies, 'table' | 'signer' | 'publicUrl'>,
  { state, responder, channel, effect, now }: Occasion,
  role: string,
): Promise<MessageSeat> {
  const grant = { incidentId: state.id, role, responderId: responder.id, channel: channel.kind }
  const [token, replyCode] = await Promise.all([
    signLink(deps.signer, grant, now),
    effect.kind === 'page' ? findReplyCode(deps.table, channel.kind, grant) : null,
  ])
  return {
    role,
    // A check-in is only being asked: it has no reason yet.
    reason: effect.kind === 'check-in' ? null : (attemptFor(state, role, effect.responderId)?.reason ?? null),
    acknowledgeUrl: `${deps.publicUrl}/a/${token}`,
    code: codeOf(token, channel.kind),
    replyCode,
  }
}

function seatFor(state: IncidentState, role: string): Seat | undefined {
  return state.seats.find((seat) => seat.role === role)
}

function attemptFor(state: IncidentState, role: string, responderId: string) {
  return seatFor(state, role)?.engagement?.open.find((attempt) => attempt.responderId === responderId)
}

function factsOf(
  deps: Pick<SenderDependencies, 'publicUrl' | 'texts' | 'obligations'>,
  occasion: Occasion,
  seats: readonly MessageSeat[],
): MessageFacts {
  const { state, responder, effect } = occasion
  const { zone } = responder
  const attempt = (role: string) => attemptFor(state, role, responder.id)
  return {
    name: responder.name,
    severity: state.severity,
    title: state.title,
    account: accountText(occasion),
    openedAt: wallText(state.openedAt, zone),
    incidentUrl: `${deps.publicUrl}/#${state.id}`,
    nextCallAt: nextCallAt(occasion, seats[0]?.role),
    others: others(deps.texts, occasion),
    seats: seats.map(({ role, acknowledgeUrl, code, replyCode }) => ({
      role,
      reason: attempt(role)?.reason ?? null,
      url: acknowledgeUrl,
      code,
      replyCode,
    })),
    stages: nearestStages(deps, occasion),
    about: state.unsettled[effect.effectId]?.about ?? null,
  }
}

function accountText({ state, directory }: Occasion): string | null {
  const [accountId] = state.accounts
  if (accountId === undefined) return null
  const name = profileOf(directory, accountId)?.name
  return name === undefined ? accountId : `${name} (${accountId})`
}

/** The window runs from the first accepted message; this one is about to be. */
function nextCallAt({ state, responder, now }: Occasion, role: string | undefined): string | null {
  const seat = role === undefined ? undefined : seatFor(state, role)
  if (!seat) return null
  const startsAt = attemptFor(state, seat.role, responder.id)?.windowStartsAt ?? now
  return clockText(plusSeconds(startsAt, seat.ackWithinSeconds), responder.zone)
}

function others(texts: MessageTexts, { state, directory, responder }: Occasion): string[] {
  const nameOf = (id: string) => findResponder(directory, id)?.name ?? id
  return state.seats.flatMap((seat) => {
    if (seat.holder !== null) return [`${nameOf(seat.holder)} holds ${texts.role(seat.role)}`]
    const called = seat.engagement?.open.filter((attempt) => attempt.responderId !== responder.id) ?? []
    return called.slice(0, 2).map((attempt) => `${nameOf(attempt.responderId)} (${texts.role(seat.role)})`)
  })
}

/** The stages that the record says this message warns of: those and no others. */
function nearestStages(
  { obligations }: Pick<SenderDependencies, 'obligations'>,
  { state, effect, responder, now }: Occasion,
): MessageFacts['stages'] {
  const warned = state.clockMessages.find(({ effectId }) => effectId === effect.effectId)?.before ?? null
  const isNamed = (clock: string, stage: string) =>
    warned === null || warned.some(({ clockId, stageId }) => clockId === clock && stageId === stage)
  const named = state.clocks
    .filter(({ status }) => status === 'provisional' || status === 'confirmed')
    .flatMap((clock) => clock.stages.map((stage) => ({ clock, stage })))
    .filter(({ stage }) => isRunning(stage))
    .filter(({ clock, stage }) => isNamed(clock.id, stage.id))
    .sort((a, b) => String(a.stage.safeDueAt).localeCompare(String(b.stage.safeDueAt)))
  return named.slice(0, NEAREST_STAGES).map(({ clock, stage }) => ({
    name: `${obligations.find(({ id }) => id === clock.obligationId)?.name ?? clock.obligationId}, ${clock.entityId}`,
    timeLeft: timeLeft(now, stage.safeDueAt ?? now),
    dueAt: wallText(stage.safeDueAt ?? now, responder.zone),
    presumed: stage.anchor.basis === 'presumed',
  }))
}

function isRunning({ status, safeDueAt }: Stage): boolean {
  return (status === 'running' || status === 'missed') && safeDueAt !== null
}

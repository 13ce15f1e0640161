import { availabilityAt } from '../directory/availability.ts'
import { type Channel, findResponder, type Responder, type Role } from '../directory/directory.ts'
import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { usableChannels } from '../incident/reachable.ts'
import { type Attempt, type Seat, seatOf } from '../incident/state.ts'
import { stepDue } from './attempt.ts'
import { quietFor } from './eligibility.ts'
import { messageTarget, skipChannel } from './request-page.ts'

/** Asks a silent holder for a sign of life; after one unanswered window the search starts again. */
export function settleCheckIn(draft: Draft, context: DecisionContext, role: Role): void {
  const seat = seatOf(draft.state, role)
  if (!seat || seat.holder === null || seat.engagement !== null) return
  if (seat.checkIn !== null) runCheckIn(draft, context, role, seat.checkIn)
  else if (seat.checkInDueAt && seat.checkInDueAt <= context.now) openCheckIn(draft, context, seat, seat.holder)
}

function openCheckIn(draft: Draft, context: DecisionContext, seat: Seat, holder: string): void {
  const responder = whoCanBeAsked(context, holder)
  if (responder && putOff(draft, context, seat.role, responder)) return
  const [first, ...left] = responder ? usableChannels(draft.state, responder) : []
  const leftIds = left.map(({ id }) => id)
  if (responder && first) ask(draft, seat.role, responder, first, leftIds)
  else miss(draft, seat.role, holder)
}

/** The holder's quiet hours hold, perhaps since they were asked first: asked when they end, all over again. */
function putOff(draft: Draft, context: DecisionContext, role: Role, responder: Responder): boolean {
  const until = quietFor(draft.state, responder, context.now)
  if (until === null) return false
  const data = { role, responderId: responder.id, until, reason: 'QuietHours' } as const
  draft.emit({ type: 'CheckInPutOff', v: 1, data })
  return true
}

function runCheckIn(draft: Draft, context: DecisionContext, role: Role, opened: Attempt): void {
  let checkIn: Attempt | null = opened
  while (checkIn !== null) {
    const step = stepDue(checkIn, seatOf(draft.state, role)?.ackWithinSeconds ?? 0, context.now)
    if (step === null) return
    const responder = whoCanBeAsked(context, checkIn.responderId)
    if (responder && putOff(draft, context, role, responder)) return
    if (step.next === 'end' || responder === undefined) miss(draft, role, checkIn.responderId)
    else askNext(draft, role, responder, checkIn)
    checkIn = seatOf(draft.state, role)?.checkIn ?? null
  }
}

/** A holder who is away or has left by now is not asked: the search starts at once. */
function whoCanBeAsked({ directory, now }: DecisionContext, holder: string): Responder | undefined {
  const responder = findResponder(directory, holder)
  return responder && availabilityAt(responder, now).available ? responder : undefined
}

function askNext(draft: Draft, role: Role, responder: Responder, checkIn: Attempt): void {
  const [next, ...left] = checkIn.channelsLeft
  const channel = usableChannels(draft.state, responder).find(({ id }) => id === next)
  if (channel) ask(draft, role, responder, channel, left)
  else skipChannel(draft, role, responder, next ?? '')
}

function ask(draft: Draft, role: Role, responder: Responder, channel: Channel, left: readonly string[]): void {
  draft.emit({
    type: 'CheckInRequested',
    v: 1,
    data: { ...messageTarget(draft, 'check-in', responder, channel, left), role },
  })
}

function miss(draft: Draft, role: Role, responderId: string): void {
  draft.emit({ type: 'CheckInMissed', v: 1, data: { role, responderId, reason: 'CheckInUnanswered' } })
}

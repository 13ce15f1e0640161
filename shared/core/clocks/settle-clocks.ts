import { nightUntil } from '../directory/availability.ts'
import { findResponder } from '../directory/directory.ts'
import { type ClockRecipient, clockRecipient } from '../incident/clock-recipient.ts'
import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { EventOf } from '../incident/events.ts'
import type { IncidentState } from '../incident/state.ts'
import { warningsPassed } from '../incident/warning-times.ts'
import { ringsAtNight } from '../severity/severity.ts'
import { earliest, type Instant, latest, plusSeconds, secondsBetween } from '../time/instant.ts'
import { missedAt, nextWarningAt, type RunningStage, runningStages, warningWakeAt } from './clock-wake.ts'
import { clockTarget, requestNotice } from './request-notice.ts'
import { stagesToName } from './stages-to-name.ts'

/** At most one message about clocks per counsel and incident in this time. */
const BETWEEN_MESSAGES_SECONDS = 900
const TRY_AGAIN_AFTER_SECONDS = 900
/** A question of SEV3 and SEV4 breaks the night only when its stage is due within this time. */
const URGENT_WITHIN_SECONDS = 86_400
/** A finding that took longer to arrive is put to Legal Counsel as a question. */
const LATE_AFTER_SECONDS = 900

type Deferral = EventOf<'ClockWarningDeferred'>['data']

/** Does everything that is due for clocks: stages missed, warnings given or put off with the reason. */
export function settleClocks(draft: Draft, context: DecisionContext): void {
  markMissed(draft, context.now)
  // Twice at most: after one message whatever else is due waits, because its counsel has just been told.
  for (let step = 0; step < 2 && isDue(warningWakeAt(draft.state), context.now); step += 1) {
    const recipient = clockRecipient(draft.state, context.directory, context.now)
    const deferral = whyWait(draft.state, context, recipient)
    if (deferral !== null) draft.emit({ type: 'ClockWarningDeferred', v: 1, data: deferral })
    else if (recipient !== null) warn(draft, context, recipient)
  }
}

function markMissed(draft: Draft, now: Instant): void {
  for (const { clock, stage } of runningStages(draft.state)) {
    if (isDue(missedAt(stage), now)) {
      draft.emit({ type: 'StageMissed', v: 1, data: { clockId: clock.id, stageId: stage.id } })
    }
  }
}

function warn(draft: Draft, context: DecisionContext, recipient: ClockRecipient): void {
  const isFirst = draft.state.clocks.every(({ stages }) => stages.every(({ warned }) => warned === 0))
  const stages = stagesToName(runningStages(draft.state), context.now).map(({ clock, stage }) => ({
    clockId: clock.id,
    stageId: stage.id,
    warned: Math.max(stage.warned, warningsPassed(stage, context.now)),
  }))
  draft.emit({ type: 'ClockWarned', v: 1, data: { ...clockTarget(draft, 'clock', recipient), stages } })
  // The question goes with the first warning: so it waits for the morning, or for somebody to tell, like that.
  if (isFirst && arrivedLate(draft.state)) requestNotice(draft, recipient, 'late-signal')
}

function arrivedLate({ occurredAt, signalReceivedAt }: IncidentState): boolean {
  return occurredAt !== null && secondsBetween(occurredAt, signalReceivedAt) > LATE_AFTER_SECONDS
}

/** Why the warning that is due must wait, and until when; null when it goes out now. */
function whyWait(state: IncidentState, context: DecisionContext, recipient: ClockRecipient | null): Deferral | null {
  const { now } = context
  if (recipient === null) {
    return { responderId: null, until: plusSeconds(now, TRY_AGAIN_AFTER_SECONDS), because: 'nobody-to-tell' }
  }
  const { responderId } = recipient
  const morning = quietUntilMorning(state, context, responderId)
  if (morning !== null) return { responderId, until: morning, because: 'night' }
  const until = messageAllowedAt(state, responderId)
  return until !== null && until > now ? { responderId, until, because: 'recent-message' } : null
}

/** One that failed told nobody anything, so that it does not count. */
function messageAllowedAt(state: IncidentState, responderId: string): Instant | null {
  const told = state.clockMessages.filter((message) => message.responderId === responderId && !message.failed)
  return latest(...told.map(({ requestedAt }) => plusSeconds(requestedAt, BETWEEN_MESSAGES_SECONDS)))
}

/** The end of the night, or the instant before it at which a warning is urgent enough to ring; null when it may ring now. */
function quietUntilMorning(
  state: IncidentState,
  { now, directory }: DecisionContext,
  responderId: string,
): Instant | null {
  const zone = findResponder(directory, responderId)?.zone
  if (zone === undefined || ringsAtNight(state.severity)) return null
  const morning = nightUntil(zone, now)
  const rings = earliest(...runningStages(state).map(ringsFrom))
  return morning === null || isDue(rings, now) ? null : earliest(morning, rings)
}

/** From when on a stage's next warning rings at night: it is due, and the stage within a day. */
function ringsFrom({ stage }: RunningStage): Instant | null {
  const urgentAt = stage.safeDueAt && plusSeconds(stage.safeDueAt, -URGENT_WITHIN_SECONDS)
  return latest(nextWarningAt(stage), urgentAt)
}

function isDue(at: Instant | null, now: Instant): boolean {
  return at !== null && at <= now
}

import { findResponder, hasLeft } from '../directory/directory.ts'
import type { ClockCommand, DecisionContext, RecordFacts, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { Clock } from '../incident/state.ts'
import { confirmClock, reanchorClock } from './anchor-clock.ts'
import { declareNotNotifiable } from './not-notifiable.ts'
import type { Obligation } from './obligation.ts'
import { recordFacts } from './record-facts.ts'
import { forbidden, notFound } from './refusals.ts'
import { holdStage, submitStage, waiveStage } from './settle-stage.ts'

/**
 * Applies what a person decided about a clock, or the facts that they recorded; null when it is done. The same decision
 * again changes nothing. Clocks of a closed incident can still be decided.
 */
export function decideClockCommand(
  draft: Draft,
  command: ClockCommand | RecordFacts,
  context: DecisionContext,
  obligations: readonly Obligation[],
): Refusal | null {
  const responder = findResponder(context.directory, command.responderId)
  if (!responder) return notFound(`responder ${command.responderId}`)
  if (hasLeft(responder, context.now)) return forbidden('this person has left')
  if (command.type === 'RecordFacts') return recordFacts(draft, command, context)
  const clock = draft.state.clocks.find(({ id }) => id === command.clockId)
  if (!clock) return notFound(`clock ${command.clockId}`)
  return decideClock(draft, clock, command, context, obligations)
}

function decideClock(
  draft: Draft,
  clock: Clock,
  command: ClockCommand,
  context: DecisionContext,
  obligations: readonly Obligation[],
): Refusal | null {
  if (command.type === 'ConfirmClock') return confirmClock(draft, clock, command, context, obligations)
  if (command.type === 'DeclareNotNotifiable') return declareNotNotifiable(draft, clock, command, context)
  const stage = clock.stages.find(({ id }) => id === command.stageId)
  if (command.type === 'ReanchorClock' && (stage || command.stageId === null)) {
    return reanchorClock(draft, clock, command, context, obligations)
  }
  if (!stage || command.type === 'ReanchorClock') return notFound(`stage ${command.stageId}`)
  if (command.type === 'SubmitStage') return submitStage(draft, stage, command, context)
  if (command.type === 'WaiveStage') return waiveStage(draft, stage, command, context)
  return holdStage(draft, command, context)
}

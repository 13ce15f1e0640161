import type { DecisionContext, HoldStage, Refusal, SubmitStage, WaiveStage } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { submissionFingerprint } from '../incident/fingerprint.ts'
import type { Stage } from '../incident/state.ts'
import { conflict, invalid } from './refusals.ts'
import { refuseUnlessDecides } from './who-decides.ts'

/**
 * A person says that something was sent, or taken back; also while the clock is provisional, and more than once. Taken
 * back, the stage runs again.
 */
export function submitStage(
  draft: Draft,
  stage: Stage,
  command: SubmitStage,
  context: DecisionContext,
): Refusal | null {
  const { clockId, stageId, responderId, submittedAt, phase, receipt, note } = command
  const refused = refuseUnlessDecides(draft.state, context, responderId)
  if (refused) return refused
  if (submittedAt > context.now) return invalid('submittedAt', 'an instant that is not in the future')
  if (stage.lastSubmission === submissionFingerprint(command)) return null
  if (phase === 'withdrawn' && stage.status !== 'submitted')
    return conflict('nothing was submitted that could be withdrawn')
  draft.emit({
    type: 'StageSubmitted',
    v: 1,
    data: { clockId, stageId, responderId, submittedAt, phase, receipt, ...note },
  })
  return null
}

export function waiveStage(draft: Draft, stage: Stage, command: WaiveStage, context: DecisionContext): Refusal | null {
  const { clockId, stageId, responderId, note } = command
  const refused = refuseUnlessDecides(draft.state, context, responderId)
  if (refused) return refused
  if (stage.status === 'waived') return null
  if (stage.status === 'submitted') return conflict('this stage is submitted; withdraw the submission first')
  if (note === null) return invalid('reason', 'why this stage is not notified')
  draft.emit({ type: 'StageWaived', v: 1, data: { clockId, stageId, responderId, ...note } })
  return null
}

/** A hold needs a provision that allows it; no obligation of the catalogue names one. */
export function holdStage(draft: Draft, command: HoldStage, context: DecisionContext): Refusal | null {
  const refused = refuseUnlessDecides(draft.state, context, command.responderId)
  return refused ?? conflict('the obligation names no provision that allows to hold this stage')
}

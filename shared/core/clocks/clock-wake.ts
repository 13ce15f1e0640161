import type { Clock, IncidentState, Stage } from '../incident/state.ts'
import { warningAt } from '../incident/warning-times.ts'
import { earliest, type Instant, latest, plusMs } from '../time/instant.ts'

/** A stage that is counted and not done. */
export interface RunningStage {
  readonly clock: Clock
  readonly stage: Stage
}

/** The earliest instant at which `settleClocks` has something to say; null when nothing is counted. */
export function clockWakeAt(state: IncidentState): Instant | null {
  return earliest(warningWakeAt(state), ...runningStages(state).map(({ stage }) => missedAt(stage)))
}

/** When the next warning is given, or weighed again. */
export function warningWakeAt(state: IncidentState): Instant | null {
  const dueAt = earliest(...runningStages(state).map(({ stage }) => nextWarningAt(stage)))
  return dueAt === null ? null : latest(dueAt, state.clockDeferredUntil)
}

/**
 * What is counted: stages running or missed, of clocks provisional or confirmed, whether the incident is open or closed.
 * Those of a merged one are counted where it lives on.
 */
export function runningStages(state: IncidentState): readonly RunningStage[] {
  if (state.mergedInto !== null) return []
  return state.clocks
    .filter(({ status }) => status === 'provisional' || status === 'confirmed')
    .flatMap((clock) => clock.stages.map((stage) => ({ clock, stage })))
    .filter(({ stage }) => stage.status === 'running' || stage.status === 'missed')
}

export function nextWarningAt(stage: Stage): Instant | null {
  return warningAt(stage, stage.warned)
}

/** A stage is missed one millisecond after it was due; null when it is known to be, or is never due. */
export function missedAt({ status, dueAt }: Stage): Instant | null {
  return status === 'running' && dueAt !== null ? plusMs(dueAt, 1) : null
}

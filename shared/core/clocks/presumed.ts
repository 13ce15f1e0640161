import type { AnchorName, StageDeadline } from '../incident/event-parts.ts'
import type { IncidentState } from '../incident/state.ts'
import type { Instant } from '../time/instant.ts'
import { stageDeadline } from './deadline.ts'
import type { ObligationStage } from './obligation.ts'

/** Until a person records these, they are presumed. */
const PRESUMED: readonly AnchorName[] = ['awareness', 'discovery', 'detection']
const FROM_AWARENESS = 'Awareness before the signal is on record for another entity: nobody is presumed to be later.'

/** From when on awareness is presumed: the signal, or what somebody has recorded for any entity, if that is earlier. */
export function presumedFrom({ signalReceivedAt, awarenessAt }: IncidentState): Instant {
  return awarenessAt !== null && awarenessAt < signalReceivedAt ? awarenessAt : signalReceivedAt
}

/** The deadline of a stage for which nobody has recorded a moment yet. */
export function presumedDeadline(stage: ObligationStage, state: IncidentState, zone: string): StageDeadline {
  const { anchor: name } = stage
  const at = PRESUMED.includes(name) ? presumedFrom(state) : null
  const deadline = stageDeadline(stage, { name, at, basis: 'presumed' }, zone)
  const isSignal = at === null || at === state.signalReceivedAt
  return isSignal ? deadline : { ...deadline, steps: [FROM_AWARENESS, ...deadline.steps] }
}

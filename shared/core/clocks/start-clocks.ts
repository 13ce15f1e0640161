import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { AnchorName, StageAnchor } from '../incident/events.ts'
import type { Instant } from '../time/instant.ts'
import { type Duty, dutiesOf } from './applies.ts'
import { clockId } from './clock-id.ts'
import { stageDeadline } from './deadline.ts'
import type { Obligation } from './obligation.ts'

/** Until a person records these, they are presumed from the signal. */
const PRESUMED_FROM_SIGNAL: readonly AnchorName[] = ['awareness', 'discovery', 'detection']

/**
 * Starts a provisional clock for every duty that may concern the incident and has none yet. To be called whenever
 * accounts or facts may have been added; again changes nothing.
 */
export function startClocks(draft: Draft, context: DecisionContext, obligations: readonly Obligation[]): void {
  for (const duty of dutiesOf(draft.state, context.directory, obligations)) startClock(draft, duty)
}

function startClock(draft: Draft, { obligation, entityId, zone }: Duty): void {
  const { id: obligationId, version: obligationVersion, who: role } = obligation
  const id = clockId(draft.state.id, obligationId, entityId, role)
  if (draft.state.clocks.some((clock) => clock.id === id)) return
  const stages = obligation.stages.map((stage) =>
    stageDeadline(stage, presumedAnchor(stage.anchor, draft.state.signalReceivedAt), zone),
  )
  draft.emit({
    type: 'ClockStarted',
    v: 1,
    data: { clockId: id, obligationId, obligationVersion, entityId, role, stages },
  })
}

function presumedAnchor(name: AnchorName, signalReceivedAt: Instant): StageAnchor {
  return { name, at: PRESUMED_FROM_SIGNAL.includes(name) ? signalReceivedAt : null, basis: 'presumed' }
}

import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { type Duty, dutiesOf } from './applies.ts'
import { clockId } from './clock-id.ts'
import type { Obligation } from './obligation.ts'
import { presumedDeadline } from './presumed.ts'

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
  const stages = obligation.stages.map((stage) => presumedDeadline(stage, draft.state, zone))
  draft.emit({
    type: 'ClockStarted',
    v: 1,
    data: { clockId: id, obligationId, obligationVersion, entityId, role, stages },
  })
}

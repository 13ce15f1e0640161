import type { EventBridgeEvent } from 'aws-lambda'
import { metricGauges } from '../../shared/adapters/powertools/metrics.ts'
import { tick } from '../../shared/app/tick.ts'
import { STORE_VARIABLES, storeDependencies } from '../../shared/doors/dependencies.ts'
import { door } from '../../shared/doors/door.ts'
import { readEnvironment } from '../../shared/doors/environment.ts'
import { outgoingQueues, QUEUE_VARIABLES } from '../../shared/doors/queues.ts'

const env = readEnvironment(...STORE_VARIABLES, ...QUEUE_VARIABLES)
const deps = { ...storeDependencies(env), queues: outgoingQueues(env) }

/** Every minute: what is due soon, what was left behind, a sign of life. */
export const handler = door(async (_event: EventBridgeEvent<'Scheduled Event', unknown>) => {
  const report = await tick(deps)
  metricGauges.count('Ticks', 1)
  metricGauges.seconds('OldestUndispatchedSeconds', report.oldestUndispatchedSeconds)
  metricGauges.seconds('OldestOverdueWakeSeconds', report.oldestOverdueWakeSeconds)
  return { wakes: report.wakes, dispatched: report.dispatched, failed: report.failed.length }
})

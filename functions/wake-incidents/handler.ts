import type { SQSEvent } from 'aws-lambda'
import { parseQueuedWake } from '../../shared/app/queued-messages.ts'
import { each, type Handled } from '../../shared/app/settle-batch.ts'
import { wakeIncident } from '../../shared/app/wake-incident.ts'
import { epochMs } from '../../shared/core/time/instant.ts'
import { STORE_VARIABLES, storeDependencies } from '../../shared/doors/dependencies.ts'
import { door } from '../../shared/doors/door.ts'
import { readEnvironment } from '../../shared/doors/environment.ts'
import { OWN_QUEUE_VARIABLES, ownQueue } from '../../shared/doors/own-queue.ts'
import { outgoingQueues, QUEUE_VARIABLES } from '../../shared/doors/queues.ts'
import { settleRecords } from '../../shared/doors/settle-records.ts'
import type { QueuedWake } from '../../shared/ports/queues.ts'

const env = readEnvironment(...STORE_VARIABLES, ...OWN_QUEUE_VARIABLES, ...QUEUE_VARIABLES)
const deps = { ...storeDependencies(env), queues: outgoingQueues(env) }
const deliveries = ownQueue(env)

/** Incidents on which something is due. */
export const handler = door((event: SQSEvent) =>
  settleRecords(
    {
      alarms: deps.alarms,
      deliveries,
      policy: { queue: 'wakes', mostReceives: 20, waitMs: [1_000, 60_000] },
      parse: parseQueuedWake,
      handle: each(wake),
    },
    event,
  ),
)

async function wake(queued: QueuedWake): Promise<Handled> {
  const outcome = await wakeIncident(deps, queued)
  if (outcome.status !== 'early') return { status: 'done' }
  return { status: 'again', afterMs: epochMs(outcome.at) - epochMs(deps.time.now()) }
}

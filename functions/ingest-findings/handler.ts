import type { SQSEvent } from 'aws-lambda'
import { newIntakeMemory } from '../../shared/app/intake-memory.ts'
import { receiveEvents } from '../../shared/app/receive-events.ts'
import { STORM } from '../../shared/app/run-command.ts'
import type { Handled } from '../../shared/app/settle-batch.ts'
import { STORE_VARIABLES, storeDependencies } from '../../shared/doors/dependencies.ts'
import { door } from '../../shared/doors/door.ts'
import { readEnvironment } from '../../shared/doors/environment.ts'
import { OWN_QUEUE_VARIABLES, ownQueue } from '../../shared/doors/own-queue.ts'
import { settleRecords } from '../../shared/doors/settle-records.ts'

const env = readEnvironment(...STORE_VARIABLES, ...OWN_QUEUE_VARIABLES)
const deps = { ...storeDependencies(env), memory: newIntakeMemory() }
const deliveries = ownQueue(env)

/** Findings from EventBridge's queue, a batch at a time. */
export const handler = door((event: SQSEvent) =>
  settleRecords(
    {
      alarms: deps.alarms,
      deliveries,
      policy: { queue: 'findings', mostReceives: 10, waitMs: [2_000, 300_000] },
      parse: readEvent,
      handle: ingest,
    },
    event,
  ),
)

/** What is no JSON is quarantined like anything else that fits no schema: as the text that it is. */
function readEvent(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

async function ingest(events: readonly unknown[]): Promise<Handled[]> {
  await receiveEvents(deps, events, { now: deps.time.now(), patience: STORM, tellsSeverity: false })
  return events.map(() => ({ status: 'done' }))
}

import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { dispatchCommits } from '../../shared/app/dispatch-commits.ts'
import { inParallel } from '../../shared/app/in-parallel.ts'
import { STORE_VARIABLES, storeDependencies } from '../../shared/doors/dependencies.ts'
import { door } from '../../shared/doors/door.ts'
import { readEnvironment } from '../../shared/doors/environment.ts'
import { outgoingQueues, QUEUE_VARIABLES } from '../../shared/doors/queues.ts'
import { type Behind, behindOf, firstFailures } from './stream-records.ts'

const AT_ONCE = 5

const env = readEnvironment(...STORE_VARIABLES, ...QUEUE_VARIABLES)
const deps = { ...storeDependencies(env), queues: outgoingQueues(env) }

/** Commits as the table's stream tells of them. It only makes dispatch faster: the tick does what is left. */
export const handler = door(async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const failed: Behind[] = []
  await inParallel(AT_ONCE, behindOf(event), async (behind) => {
    try {
      await dispatchCommits(deps, behind.incidentId, behind.sequences)
    } catch {
      deps.alarms.raise('DispatchFailed', { incidentId: behind.incidentId })
      failed.push(behind)
    }
  })
  return { batchItemFailures: firstFailures(failed) }
})

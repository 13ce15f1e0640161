import { createDynamoClient } from '../adapters/dynamodb/client.ts'
import { dynamoTable } from '../adapters/dynamodb/table.ts'
import { machineRandom } from '../adapters/node-runtime/machine-random.ts'
import { machineTime, ownTime } from '../adapters/node-runtime/machine-time.ts'
import { metricAlarms } from '../adapters/powertools/metrics.ts'
import type { Dependencies } from '../app/dependencies.ts'
import { directoryReader } from '../app/directory-versions.ts'
import { OBLIGATIONS } from '../content/obligations/catalogue.ts'
import type { Environment } from './environment.ts'

export const STORE_VARIABLES = ['AWS_REGION', 'MUSTER_INCIDENTS_TABLE', 'MUSTER_FINDINGS_TABLE'] as const
export type StoreEnvironment = Environment<(typeof STORE_VARIABLES)[number]>

/** What every door needs but for its queues: made once a process. */
export function storeDependencies(env: StoreEnvironment): Omit<Dependencies, 'queues'> {
  const names = { incidents: env.MUSTER_INCIDENTS_TABLE, findings: env.MUSTER_FINDINGS_TABLE }
  const table = dynamoTable({ client: createDynamoClient({ region: env.AWS_REGION }), names })
  return {
    table,
    time: ownTime,
    real: machineTime,
    random: machineRandom,
    directory: directoryReader(table),
    alarms: metricAlarms,
    obligations: OBLIGATIONS,
  }
}

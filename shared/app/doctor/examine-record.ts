import { deployedChannels, physicalIdOf } from '../../core/readiness/deployed-stack.ts'
import { judgeDirectory } from '../../core/readiness/judge-directory.ts'
import { judgeTick } from '../../core/readiness/judge-tick.ts'
import { strayed, type Verdict } from '../../core/readiness/verdict.ts'
import { look } from '../../ports/look.ts'
import type { Table } from '../../ports/table.ts'
import { directoryReader } from '../directory-versions.ts'
import { directoryPointerKey, heartbeatKey } from '../rows/keys.ts'
import type { Deployment } from './deployment.ts'

/** When the tick last left a sign of life. */
export async function examineTick(deployment: Deployment): Promise<Verdict[]> {
  const table = tableOf(deployment)
  if (table === null) return [strayed('tick: there is no table for its sign of life')]
  const heartbeatAt = await look('dynamodb:GetItem', async () => {
    const row = await table.get('incidents', heartbeatKey)
    return typeof row?.at === 'string' ? row.at : null
  })
  return [judgeTick(heartbeatAt, deployment.now)]
}

/** Who can be called. */
export async function examineDirectory(deployment: Deployment): Promise<Verdict[]> {
  const table = tableOf(deployment)
  if (table === null) return [strayed('directory: there is no table for it')]
  const directory = await look('dynamodb:GetItem', async () => {
    const pointer = await table.get('incidents', directoryPointerKey)
    if (pointer === null) return null
    return (await directoryReader(table).pointedAt(pointer)).directory
  })
  return judgeDirectory(directory, deployedChannels(deployment.resources), deployment.now)
}

function tableOf({ account, resources }: Deployment): Table | null {
  const [incidents, findings] = [physicalIdOf(resources, 'IncidentsTable'), physicalIdOf(resources, 'FindingsTable')]
  return incidents === null ? null : account.table({ incidents, findings: findings ?? '' })
}

import { physicalIdOf } from '../../core/readiness/deployed-stack.ts'
import { judgeKey } from '../../core/readiness/judge-key.ts'
import { judgeTable } from '../../core/readiness/judge-table.ts'
import { strayed, type Verdict } from '../../core/readiness/verdict.ts'
import type { Deployment } from './deployment.ts'

const TABLES = [
  { logicalId: 'IncidentsTable', needsStream: true },
  { logicalId: 'FindingsTable', needsStream: false },
]
const KEYS = ['DataKey', 'LinkKey', 'FormKey', 'NoteKey']

/** How the tables are kept. */
export async function examineTables({ account, resources }: Deployment): Promise<Verdict[]> {
  const { tables } = account.inspection
  const keyId = physicalIdOf(resources, 'DataKey')
  const judged = TABLES.map(async ({ logicalId, needsStream }) => {
    const name = physicalIdOf(resources, logicalId)
    if (name === null) return [strayed(`table ${logicalId}: not in the stack`)]
    const [table, recoverable] = await Promise.all([tables.table(name), tables.recoverable(name)])
    return judgeTable({ logicalId, name, table, recoverable, keyId, needsStream })
  })
  return (await Promise.all(judged)).flat()
}

/** Whether the keys can be used. */
export async function examineKeys({ account, resources }: Deployment): Promise<Verdict[]> {
  const { keys } = account.inspection
  const judged = KEYS.map(async (logicalId) => {
    const keyId = physicalIdOf(resources, logicalId)
    if (keyId === null) return [strayed(`key ${logicalId}: not in the stack`)]
    const key = await keys.key(keyId)
    const canRotate = key.status === 'seen' && (key.fact?.canRotate ?? false)
    return judgeKey({ logicalId, keyId, key, rotates: canRotate ? await keys.rotates(keyId) : null })
  })
  return (await Promise.all(judged)).flat()
}

import type { RecordedFinding } from '../core/incident/event-parts.ts'
import type { IncidentState } from '../core/incident/state.ts'
import type { Item, TableRead } from '../ports/table.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { putAll } from './put-all.ts'
import type { StoredCommit } from './rows/commit-row.ts'
import { recordedFindingRow } from './rows/finding-row.ts'

type Deps = Pick<Dependencies, 'table' | 'real'>

/** From so many on, reading them all and writing them in bulk takes fewer requests than a condition on each. */
const BULK_FROM = 4

/**
 * Writes each finding's row once, as the last of these commits has it, and only over an older one. In bulk the database
 * knows no conditions: the rows are read right before. Whoever writes a newer one in between is undone by it, which
 * costs a repeat that is recorded once more, and never a finding: the record has all of them.
 */
export async function dispatchFindingRows(
  deps: Deps,
  commits: readonly StoredCommit[],
  state: IncidentState,
): Promise<void> {
  const newest = new Map<string, RecordedFinding>()
  for (const { events } of commits) {
    for (const event of events) {
      if (event.type === 'FindingJoined' || event.type === 'FindingUpdated') {
        newest.set(event.data.finding.key, event.data)
      }
    }
  }
  const rows = [...newest.values()].map((recorded) => recordedFindingRow(recorded, state))
  await (rows.length < BULK_FROM ? writeEach(deps, rows) : writeInBulk(deps, rows))
}

async function writeEach({ table }: Deps, rows: readonly Item[]): Promise<void> {
  const older = (row: Item) =>
    ({ kind: 'absent-or-lower', attribute: 'revision', value: Number(row.revision) }) as const
  await Promise.all(rows.map((row) => table.put('findings', row, [older(row)])))
}

async function writeInBulk(deps: Deps, rows: readonly Item[]): Promise<void> {
  const reads = rows.map(({ pk, sk }): TableRead => ({ table: 'findings', key: { pk, sk } }))
  const stored = await batchRead(deps, reads)
  const isOlder = (row: Item) => Number(stored.get(keyText(row))?.revision ?? -1) < Number(row.revision)
  await putAll(deps, 'findings', rows.filter(isOlder))
}

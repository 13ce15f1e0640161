import type { RecordedFinding } from '../core/incident/event-parts.ts'
import type { IncidentState } from '../core/incident/state.ts'
import type { Item, TableRead } from '../ports/table.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { putAll } from './put-all.ts'
import type { StoredCommit } from './rows/commit-row.ts'
import { overOlder, recordedFindingRow } from './rows/finding-row.ts'

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
  const joined = new Set<string>()
  for (const event of commits.flatMap(({ events }) => events)) {
    if (event.type !== 'FindingJoined' && event.type !== 'FindingUpdated') continue
    newest.set(event.data.finding.key, event.data)
    if (event.type === 'FindingJoined') joined.add(event.data.finding.key)
  }
  const rows = [...newest].map(([key, recorded]) => ({
    row: recordedFindingRow(recorded, state),
    isNew: joined.has(key),
  }))
  if (rows.length < BULK_FROM) await Promise.all(rows.map((one) => writeOne(deps, one.row, one.isNew)))
  else
    await writeInBulk(
      deps,
      rows.map(({ row }) => row),
    )
}

/** A finding that has just joined has no row as a rule. */
async function writeOne(deps: Deps, row: Item, isNew: boolean): Promise<void> {
  if (isNew && (await deps.table.put('findings', row, [{ kind: 'absent' }]))) return
  const before = await batchRead(deps, [{ table: 'findings', key: { pk: row.pk, sk: row.sk } }])
  const older = { kind: 'absent-or-lower', attribute: 'revision', value: Number(row.revision) } as const
  await deps.table.put('findings', overOlder(row, before.get(keyText(row))), [older])
}

async function writeInBulk(deps: Deps, rows: readonly Item[]): Promise<void> {
  const reads = rows.map(({ pk, sk }): TableRead => ({ table: 'findings', key: { pk, sk } }))
  const stored = await batchRead(deps, reads)
  const storedAt = (row: Item) => stored.get(keyText(row))
  const older = rows.filter((row) => Number(storedAt(row)?.revision ?? -1) < Number(row.revision))
  await putAll(
    deps,
    'findings',
    older.map((row) => overOlder(row, storedAt(row))),
  )
}

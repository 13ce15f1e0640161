import type { IncidentState } from '../core/incident/state.ts'
import type { Table } from '../ports/table.ts'
import { heldSeatRows } from './held-seats.ts'
import { keepReplyCodes } from './reply-codes.ts'
import type { StoredCommit } from './rows/commit-row.ts'
import { causeKey, groupKey } from './rows/keys.ts'

/** Idempotency keys are remembered beyond the head; other causes are known by what they changed. */
export const REMEMBERED_CAUSE = 'request/'

/** Writes the rows that one commit leads to, those of findings left out; each only over an older one. */
export function dispatchRows(
  table: Table,
  commit: StoredCommit,
  before: IncidentState | null,
  after: IncidentState,
): Promise<unknown>[] {
  return [
    ...pointerRows(table, commit),
    ...causeRows(table, commit),
    keepReplyCodes(table, commit),
    ...heldSeatRows(before, after).map((row) =>
      table.put('incidents', row, [{ kind: 'absent-or-lower', attribute: 'sequence', value: after.sequence }]),
    ),
  ]
}

function pointerRows(table: Table, commit: StoredCommit): Promise<boolean>[] {
  return commit.events.flatMap((event) => {
    if (event.type !== 'IncidentOpened') return []
    const { groupHash, episode } = event.data
    const row = { ...groupKey(groupHash), incidentId: commit.incidentId, episode }
    return [table.put('incidents', row, [{ kind: 'absent-or-lower', attribute: 'episode', value: episode }])]
  })
}

function causeRows(table: Table, commit: StoredCommit): Promise<boolean>[] {
  return commit.causes.flatMap(({ id, answer }) => {
    if (!id.startsWith(REMEMBERED_CAUSE)) return []
    const row = {
      ...causeKey(id),
      incidentId: commit.incidentId,
      sequence: commit.sequence,
      answer: JSON.stringify(answer),
    }
    return [table.put('incidents', row, [{ kind: 'absent' }])]
  })
}

import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { incidentRest } from '../../../shared/app/incident-rest.ts'
import { headRow } from '../../../shared/app/rows/head-row.ts'
import type { IncidentState } from '../../../shared/core/incident/state.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { InMemoryMuster } from './in-memory-muster.ts'

const CLOSED_AT = '2027-03-10T12:00:00.000Z'
const LATER = '2027-04-10T12:00:00.000Z'

let table: MemoryTable
let open: IncidentState
beforeEach(async () => {
  table = new MemoryTable()
  const muster = await InMemoryMuster.start(table)
  open = await muster.state(await muster.open())
})

/** The head of an incident that is closed, with nothing left to do. */
async function closed(id: string, closedAt: string, mergedInto: string | null = null): Promise<void> {
  const quiet = { seats: [], clocks: [], unsettled: {}, lastCommitAt: closedAt, mergedInto }
  const state: IncidentState = { ...open, ...quiet, id, status: 'closed', closedAt, closedBy: 'ana' }
  await table.put('incidents', headRow(state, '0'.repeat(64)))
}

describe('incidentRest', () => {
  it('is that of a closed incident; an open one has none, nor one that never was', async () => {
    await closed('inc-a', CLOSED_AT)
    expect(await incidentRest(table, 'inc-a')).toBe(plusSeconds(CLOSED_AT, 1800))
    expect(await incidentRest(table, open.id)).toBeNull()
    expect(await incidentRest(table, 'inc-never')).toBeNull()
  })

  it('of a merged incident is that of the one that it lives on in, whichever is later', async () => {
    await closed('inc-a', CLOSED_AT, 'inc-b')
    await closed('inc-b', LATER)
    await closed('inc-c', LATER, 'inc-d')
    await closed('inc-d', CLOSED_AT)
    expect(await incidentRest(table, 'inc-a')).toBe(plusSeconds(LATER, 1800))
    expect(await incidentRest(table, 'inc-c')).toBe(plusSeconds(LATER, 1800))
  })

  it('there is none while that one is open, is not there, or is never reached', async () => {
    await closed('inc-a', CLOSED_AT, open.id)
    await closed('inc-b', CLOSED_AT, 'inc-never')
    await closed('inc-c', CLOSED_AT, 'inc-c')
    expect(await Promise.all(['inc-a', 'inc-b', 'inc-c'].map((id) => incidentRest(table, id)))).toEqual([
      null,
      null,
      null,
    ])
  })
})

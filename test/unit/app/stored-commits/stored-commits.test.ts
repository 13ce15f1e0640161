import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../../shared/adapters/memory/table.ts'
import { loadIncident } from '../../../../shared/app/load-incident.ts'
import { verifyIncident } from '../../../../shared/app/verify-record.ts'
import { seatStatus } from '../../../../shared/core/incident/state.ts'
import type { Item } from '../../../../shared/ports/table.ts'

interface StoredRecord {
  readonly incidentId: string
  readonly commits: readonly (Item & { readonly body: string })[]
}

const record = JSON.parse(readFileSync(new URL('./2026-11.json', import.meta.url), 'utf8')) as StoredRecord
let table: MemoryTable

beforeEach(async () => {
  table = new MemoryTable()
  for (const item of record.commits) await table.put('incidents', item)
})

describe('a record that was stored in November 2026 keeps opening', () => {
  it('with the same chain, to the byte', async () => {
    const { commits, faults } = await verifyIncident(table, record.incidentId, '2027-04-01T00:00:00.000Z')
    expect(commits).toBe(record.commits.length)
    expect(faults).toEqual([])
  })

  it('as the incident that it was', async () => {
    const { state } = await loadIncident(table, record.incidentId)
    expect(state).toMatchObject({
      status: 'closed',
      closedBy: 'incident-commander-1',
      severity: 'SEV2',
      findingCount: 2,
      refusedChannels: ['communications-coordinator-2/mail'],
      facts: { dataCategories: ['health'], residents: ['DE'] },
      clocks: [{ obligationId: 'eu-gdpr-art33-authority', status: 'confirmed', stages: [{ status: 'submitted' }] }],
    })
    expect(state?.awarenessAt).not.toBeNull()
    expect(state?.seats.map(({ role, holder }) => [role, holder])).toEqual([
      ['incident-commander', 'incident-commander-1'],
      ['cloud-security-engineer', 'cloud-security-engineer-1'],
      ['communications-coordinator', 'communications-coordinator-1'],
      ['legal-counsel', 'legal-counsel-1'],
    ])
  })

  it('at every moment in between', async () => {
    for (let kept = 1; kept <= record.commits.length; kept += 1) {
      const then = new MemoryTable()
      for (const item of record.commits.slice(0, kept)) await then.put('incidents', item)
      const { state } = await loadIncident(then, record.incidentId)
      expect(state?.sequence).toBe(kept)
      expect(state?.seats.map(seatStatus)).toHaveLength(4)
    }
  })
})

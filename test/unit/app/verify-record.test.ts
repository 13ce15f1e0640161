import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { type Commit, commitRow } from '../../../shared/app/rows/commit-row.ts'
import { headRow, readHead } from '../../../shared/app/rows/head-row.ts'
import { commitKey, headKey, sha256 } from '../../../shared/app/rows/keys.ts'
import { askForSeat } from '../../../shared/app/seat-commands.ts'
import { verifyIncident, verifyRecord } from '../../../shared/app/verify-record.ts'
import type { Item } from '../../../shared/ports/table.ts'
import { InMemoryMuster } from './in-memory-muster.ts'

let table: MemoryTable
let muster: InMemoryMuster
let incidentId: string
beforeEach(async () => {
  table = new MemoryTable()
  muster = await InMemoryMuster.start(table)
  incidentId = await muster.open()
  const seat = {
    incidentId,
    role: 'incident-commander',
    action: 'acknowledge',
    to: null,
    reason: null,
    via: 'api',
  } as const
  await askForSeat(
    muster.deps,
    { ...seat, responderId: 'incident-commander-1' },
    { now: muster.now, idempotencyKey: 'k' },
  )
  await muster.follow(incidentId)
})

const faults = async () =>
  (await verifyIncident(table, incidentId, muster.now)).faults.map(({ sequence, what }) => `${sequence}: ${what}`)

async function change(key: { pk: string; sk: string }, edit: (item: Item) => Item): Promise<void> {
  const item = await table.get('incidents', key)
  if (item === null) throw new Error(`no ${key.sk}`)
  await table.put('incidents', edit(item))
}

/** The table without one row. */
async function without(key: { pk: string; sk: string }): Promise<MemoryTable> {
  const copy = new MemoryTable()
  for await (const item of table.scan('incidents')) {
    if (item.pk !== key.pk || item.sk !== key.sk) await copy.put('incidents', item)
  }
  return copy
}

describe('verifyRecord', () => {
  it('finds nothing wrong with a record that nobody touched, dispatched or not', async () => {
    const report = await verifyRecord(muster.deps)
    expect(report).toEqual({ incidents: 1, commits: expect.any(Number), faults: [] })
    expect(report.commits).toBeGreaterThan(2)
    const started = await InMemoryMuster.start()
    await started.ingest()
    expect(await verifyRecord(started.deps)).toEqual({ incidents: 0, commits: 0, faults: [] })
  })

  it('finds a changed byte', async () => {
    await change(commitKey(incidentId, 1), (item) => ({ ...item, body: String(item.body).replace('SEV1', 'SEV2') }))
    expect(await faults()).toContain('1: its hash does not fit its bytes')
    expect(await faults()).toContain('null: the head is not what its commits make')
  })

  it('finds a commit that was replaced together with its hash', async () => {
    await change(commitKey(incidentId, 1), (item) => {
      const body = String(item.body).replace('SEV1', 'SEV2')
      return { ...item, body, hash: sha256(body) }
    })
    expect(await faults()).toContain('2: it does not continue the commit before it')
  })

  it('finds a missing commit, in between and at the end', async () => {
    const { commits } = await verifyIncident(table, incidentId, muster.now)
    const gap = await verifyIncident(await without(commitKey(incidentId, 2)), incidentId, muster.now)
    expect(gap.faults).toContainEqual({ incidentId, sequence: 2, what: 'commit 2 is missing' })
    const cut = await verifyIncident(await without(commitKey(incidentId, commits)), incidentId, muster.now)
    expect(cut.faults.map(({ what }) => what)).toContain(`commit ${commits}, which the head stands on, is missing`)
  })

  it('finds a head that says something else, or nothing', async () => {
    await change(headKey(incidentId), (item) => {
      const head = readHead(item)
      if (head === null) throw new Error('no head')
      const { state, hash } = head
      return { ...item, body: headRow({ ...state, severity: 'SEV3' }, hash).body ?? '' }
    })
    expect(await faults()).toEqual([
      'null: the head is not what its commits make',
      'null: what stands beside the head is not what it says',
    ])
    await change(headKey(incidentId), (item) => ({ ...item, hash: 'f'.repeat(64) }))
    expect(await faults()).toContain('null: the head stands on another commit than the one stored')
    await change(headKey(incidentId), (item) => ({ ...item, body: '{' }))
    expect(await faults()).toEqual(['null: the head cannot be read, or its commits make no state'])
  })

  it('finds a severity or status beside the head that the head does not have', async () => {
    await change(headKey(incidentId), (item) => ({ ...item, severity: 'SEV4' }))
    expect(await faults()).toEqual(['null: what stands beside the head is not what it says'])
    await change(headKey(incidentId), (item) => ({ ...item, severity: 'SEV1', status: 'closed' }))
    expect(await faults()).toEqual(['null: what stands beside the head is not what it says'])
  })

  it('finds commits out of place, out of time, of another incident, or unreadable', async () => {
    const last = (await verifyIncident(table, incidentId, muster.now)).commits
    await change(commitKey(incidentId, last), (item) => {
      const commit = JSON.parse(String(item.body)) as Commit
      const { body, hash } = commitRow({ ...commit, at: '2020-01-01T00:00:00.000Z', incidentId: 'inc-0' })
      return { ...item, body, hash }
    })
    expect(await faults()).toEqual(
      expect.arrayContaining([`${last}: it belongs to inc-0`, `${last}: it is earlier than the commit before it`]),
    )
    await change(commitKey(incidentId, 1), (item) => ({ ...item, body: 'no JSON' }))
    expect(await faults()).toEqual(['1: the commit cannot be read'])
  })

  it('finds a request that is forgotten, or was carried out twice', async () => {
    const commits = (await verifyIncident(table, incidentId, muster.now)).commits
    const cause = `request/incidents/${incidentId}/seats/incident-commander/acknowledge/k`
    const forgotten = await verifyIncident(
      await without({ pk: `CAUSE#${sha256(cause)}`, sk: 'A' }),
      incidentId,
      muster.now,
    )
    expect(forgotten.faults.map(({ what }) => what)).toEqual(['its request is not remembered'])
    const top = JSON.parse(String((await table.get('incidents', commitKey(incidentId, commits)))?.body)) as Commit
    const previousHash = String((await table.get('incidents', commitKey(incidentId, commits)))?.hash)
    const again = { ...top, sequence: commits + 1, previousHash, events: [], causes: [{ id: cause, answer: null }] }
    await table.put('incidents', commitRow(again))
    expect(await faults()).toEqual([`${commits + 1}: a request was carried out twice`])
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { countingTable } from '../../../shared/adapters/counting/table.ts'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { ingestFindings } from '../../../shared/app/ingest-findings.ts'
import { newIntakeMemory } from '../../../shared/app/intake-memory.ts'
import { loadHistory } from '../../../shared/app/load-incident.ts'
import { readFinding } from '../../../shared/app/rows/finding-row.ts'
import { findingKey } from '../../../shared/app/rows/keys.ts'
import { STORM } from '../../../shared/app/run-command.ts'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

let counting: ReturnType<typeof countingTable>
let muster: InMemoryMuster

beforeEach(async () => {
  counting = countingTable(new MemoryTable())
  muster = await InMemoryMuster.start(counting.table)
  await muster.deps.directory.current()
})

const later = (one: Finding, change: Partial<Finding> = {}): Finding => ({
  ...one,
  version: { updatedAt: plusSeconds(one.version.updatedAt, 900), state: 'active' },
  lastSeenAt: plusSeconds(one.lastSeenAt, 900),
  count: (one.count ?? 1) + 5,
  ...change,
})

/** As the queue's door takes it: nobody waits for an answer. */
async function fromQueue(...findings: Finding[]) {
  counting.reset()
  const door = { now: muster.now, patience: STORM, tellsSeverity: false }
  const results = await ingestFindings(muster.deps, findings, door)
  const { reads, writes } = counting.counts()
  return { outcomes: results.map(({ outcome }) => outcome), reads, writes }
}

describe('what a finding costs', () => {
  it('an unchanged repeat: one read of one item, once this process knows it', async () => {
    const one = finding('a', 'user', muster.now)
    await muster.open('a')
    expect(await fromQueue(one)).toEqual({ outcomes: ['duplicate'], reads: 1, writes: 0 })
    expect(counting.counts().itemsRead).toBe(1)
  })

  it('a process that knows nothing asks for everything in the same one request', async () => {
    await muster.open('a')
    muster.deps.memory.seen.clear()
    expect(await fromQueue(finding('a', 'user', muster.now))).toEqual({ outcomes: ['duplicate'], reads: 1, writes: 0 })
  })

  it('a raised count: its row, and nothing on the incident', async () => {
    const one = finding('a', 'user', muster.now)
    const incidentId = await muster.open('a')
    const before = (await loadHistory(muster.table, incidentId)).length
    expect(await fromQueue(later(one))).toEqual({ outcomes: ['updated'], reads: 2, writes: 1 })
    expect((await loadHistory(muster.table, incidentId)).length).toBe(before)
    expect(await fromQueue(later(one))).toMatchObject({ outcomes: ['duplicate'], writes: 0 })
    const row = await muster.table.get('findings', findingKey(one.key))
    expect(row && readFinding(row)).toMatchObject({ revision: 1, incidentId, finding: { count: 6 } })
  })
})

it('many raised counts at once: one bulk write', async () => {
  const all = Array.from({ length: 6 }, (_, n) => finding(`f${n}`, 'user', muster.now))
  const [opened] = await muster.ingest(...all)
  await muster.follow(opened?.incidentId ?? '')
  const newer = all.map((one) => later(one))
  expect(await fromQueue(...newer)).toEqual({ outcomes: newer.map(() => 'updated'), reads: 2, writes: 1 })
  expect((await fromQueue(...newer)).outcomes).toEqual(newer.map(() => 'duplicate'))
})

describe('a repeat goes by the incident where it says more', () => {
  const says: [string, Partial<Finding>][] = [
    ['worse', { severity: 'CRITICAL', nativeSeverity: '9' }],
    ['better', { severity: 'LOW', nativeSeverity: '2' }],
    ['of somebody else', { principals: ['111122223333:user/someone'] }],
    ['of something else', { resources: [{ type: 'AwsS3Bucket', id: 'arn:aws:s3:::other' }] }],
    ['archived', { version: { updatedAt: '2027-03-10T10:30:00.000Z', state: 'archived' }, ignoredReason: 'Archived' }],
    ['another title', { title: 'Something else' }],
    ['another wrapping', { wrapping: 'asff' }],
  ]

  it.each(says)('%s', async (_, change) => {
    const one = { ...finding('a', 'user', muster.now), severity: 'HIGH', nativeSeverity: '8' } as const
    const [opened] = await muster.ingest(one)
    const incidentId = opened?.incidentId ?? ''
    await muster.follow(incidentId)
    const before = (await loadHistory(muster.table, incidentId)).length
    expect((await fromQueue(later(one, change))).outcomes).toEqual(['updated'])
    expect((await loadHistory(muster.table, incidentId)).length).toBe(before + 1)
  })

  it('of a closed incident: it reopens', async () => {
    const one = finding('a', 'user', muster.now)
    const incidentId = await muster.open('a')
    const head = await muster.table.get('incidents', { pk: `INC#${incidentId}`, sk: 'HEAD' })
    await muster.table.put('incidents', { ...head, pk: `INC#${incidentId}`, sk: 'HEAD', status: 'closed' })
    const before = (await loadHistory(muster.table, incidentId)).length
    await fromQueue(later(one))
    expect((await loadHistory(muster.table, incidentId)).length).toBe(before + 1)
  })

  it('whose row has changed since it was read', async () => {
    const one = finding('a', 'user', muster.now)
    const incidentId = await muster.open('a')
    const before = (await loadHistory(muster.table, incidentId)).length
    const put = counting.table.put.bind(counting.table)
    counting.table.put = async (name, item, conditions) =>
      name === 'findings' && conditions?.some(({ kind }) => kind === 'equal') ? false : put(name, item, conditions)
    expect((await fromQueue(later(one))).outcomes).toEqual(['updated'])
    expect((await loadHistory(muster.table, incidentId)).length).toBe(before + 1)
  })
})

describe('a new group', () => {
  it('is opened without reading its record, which is read when somebody was faster', async () => {
    expect((await fromQueue(finding('a', 'user', muster.now))).outcomes).toEqual(['opened'])
    // Nothing was dispatched: the other process sees neither pointer nor head, and its commit collides.
    const other = { ...muster.deps, memory: newIntakeMemory() }
    const door = { now: muster.now, patience: STORM, tellsSeverity: true }
    const results = await ingestFindings(
      other,
      [finding('b', 'user', muster.now), finding('a', 'user', muster.now)],
      door,
    )
    expect(results.map(({ outcome }) => outcome)).toEqual(['joined', 'duplicate'])
  })
})

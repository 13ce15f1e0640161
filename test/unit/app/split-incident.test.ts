import { beforeEach, describe, expect, it } from 'vitest'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { linkIncidents } from '../../../shared/app/link-incidents.ts'
import { loadHistory, loadIncident } from '../../../shared/app/load-incident.ts'
import { readIncident, readTimeline } from '../../../shared/app/read-incident.ts'
import { readFinding } from '../../../shared/app/rows/finding-row.ts'
import { findingKey } from '../../../shared/app/rows/keys.ts'
import { askToSplit, type SplitRequest } from '../../../shared/app/split-incident.ts'
import { verifyRecord } from '../../../shared/app/verify-record.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { PROOF_ACCOUNTS } from '../../proof/proof-organisation.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'
import { ANA, acknowledge, act, BEN, merge, openSeveral } from './two-incidents.ts'

const USER = 'one-user-0'
let muster: InMemoryMuster
let id: string
/** Of the finding that leaves. */
let key: string
beforeEach(async () => {
  muster = await InMemoryMuster.start()
  const [only = ''] = await openSeveral(muster, 1)
  id = only
  muster.now = plusSeconds(muster.now, 600)
  const second = finding('second', USER, muster.now, undefined, ({ detail }) => {
    detail.severity = 7.5
  })
  key = second.key
  expect(await muster.ingest(second)).toMatchObject([{ outcome: 'joined', incidentId: id }])
  await muster.follow(id)
  await acknowledge(muster, id, ANA)
})

function split(change: Partial<SplitRequest> = {}, idempotencyKey: string | null = null) {
  const request = { incidentId: id, responderId: ANA, reason: 'another thing', findings: [key], ...change }
  return askToSplit(muster.deps, request, { now: muster.now, idempotencyKey })
}
const splitOff = async (change: Partial<SplitRequest> = {}): Promise<string> => {
  const answered = await split(change)
  if (!answered.ok) throw new Error(JSON.stringify(answered))
  return answered.answer.incidentId
}
const viewOf = async (incidentId: string) => (await readIncident(muster.deps, incidentId)) ?? { id: 'none' }

describe('a split', () => {
  it('opens an incident of the findings, with their severity and calls of its own; each shows the other', async () => {
    const joinedAt = muster.now
    muster.now = plusSeconds(muster.now, 600)
    const fresh = await splitOff()
    await muster.follow(fresh)
    expect(await viewOf(fresh)).toMatchObject({
      status: 'open',
      severity: 'SEV2',
      openedAt: muster.now,
      signalReceivedAt: joinedAt,
      findings: { distinct: 1 },
      linked: [id],
      seats: expect.arrayContaining([expect.objectContaining({ status: 'engaging', holder: null })]),
    })
    expect(await viewOf(id)).toMatchObject({ severity: 'SEV1', findings: { distinct: 1 }, linked: [fresh] })
    const rows = (await readTimeline(muster.deps, id)) ?? []
    expect(rows.filter(({ type }) => type === 'FindingsSplitOff')).toMatchObject([
      { actor: ANA, data: { incidentId: fresh, findings: [key] } },
    ])
    expect(muster.sent.some(({ incidentId, kind }) => incidentId === fresh && kind === 'page')).toBe(true)
  })

  it('starts the clocks of its own accounts, from when Muster first had the findings', async () => {
    const [opened] = await muster.ingest(
      finding('eu', 'eu-user', muster.now, PROOF_ACCOUNTS[0]),
      finding('eu-2', 'eu-user', muster.now, PROOF_ACCOUNTS[0]),
    )
    const incidentId = opened?.incidentId ?? ''
    await muster.follow(incidentId)
    await acknowledge(muster, incidentId, BEN)
    const since = muster.now
    muster.now = plusSeconds(muster.now, 3600)
    const leaving = finding('eu-2', 'eu-user', since, PROOF_ACCOUNTS[0])
    const fresh = await splitOff({ incidentId, responderId: BEN, findings: [leaving.key] })
    expect((await muster.state(fresh)).clocks).toMatchObject([{ stages: [{ anchor: { at: since } }] }])
    expect((await muster.state(incidentId)).clocks).toHaveLength(1)
  })

  it('takes findings by the provider’s id as well, and later repeats with it', async () => {
    const { findingId } = finding('second', USER, muster.now)
    const fresh = await splitOff({ findings: [findingId, key] })
    for (const one of [fresh, id]) await muster.follow(one)
    muster.now = plusSeconds(muster.now, 60)
    const repeated = finding('second', USER, muster.now)
    expect(await muster.ingest(repeated)).toMatchObject([{ outcome: 'updated', incidentId: fresh, severity: 'SEV1' }])
    expect(await muster.ingest(finding('one-0', USER, muster.now))).toMatchObject([
      { outcome: 'updated', incidentId: id },
    ])
    const row = await muster.table.get('findings', findingKey(key))
    expect(row && readFinding(row)).toMatchObject({ incidentId: fresh, group: { episode: 1 } })
  })

  it.each<[string, Partial<SplitRequest>, object]>([
    ['of what is not on it', { findings: ['sample-none'] }, { reason: 'Invalid', field: 'findings' }],
    ['by whoever may not close it', { responderId: BEN }, { reason: 'Forbidden' }],
    ['by whom nobody knows', { responderId: 'nobody' }, { reason: 'NotFound' }],
    ['of what is not there', { incidentId: 'inc-none' }, { reason: 'NotFound' }],
  ])('%s is refused', async (_what, change, expected) => {
    expect(await split(change)).toMatchObject({ ok: false, ...expected })
  })

  it('of everything is refused: at least one stays', async () => {
    const all = [key, finding('one-0', USER, muster.now).key]
    expect(await split({ findings: all })).toMatchObject({
      reason: 'Invalid',
      expected: expect.stringContaining('stay'),
    })
    expect((await muster.state(id)).findingCount).toBe(2)
  })

  it('of what is over is refused, merged with where it went', async () => {
    await act(muster, id, { type: 'CloseIncident', responderId: ANA, note: 'over' })
    expect(await split()).toMatchObject({ reason: 'Conflict' })
    const [b = '', a = ''] = await openSeveral(muster, 2, 'more')
    await acknowledge(muster, a, BEN)
    await merge(muster, a, b, BEN)
    const [joined] = [...(await loadHistory(muster.table, a))].flatMap(({ events }) =>
      events.flatMap(({ type, data }) => (type === 'FindingJoined' ? [data.finding.key] : [])),
    )
    const asked = { incidentId: a, responderId: BEN, findings: [joined ?? ''] }
    expect(await split(asked)).toMatchObject({ reason: 'Merged', into: b })
    expect(await split({ ...asked, incidentId: b })).toMatchObject({ ok: true })
    expect((await muster.state(b)).findingCount).toBe(1)
  })

  it('again finds the same incident, with or without a key, and changes nothing', async () => {
    const fresh = await splitOff()
    const before = [await loadHistory(muster.table, fresh), await loadHistory(muster.table, id)].map(
      (one) => one.length,
    )
    expect(await split()).toEqual({ ok: true, answer: { incidentId: fresh } })
    expect(await split({}, 'key-1')).toEqual({ ok: true, answer: { incidentId: fresh } })
    expect(await split({}, 'key-1')).toEqual({ ok: true, answer: { incidentId: fresh } })
    expect(
      [await loadHistory(muster.table, fresh), await loadHistory(muster.table, id)].map((one) => one.length),
    ).toEqual(before)
    for (const one of [fresh, id]) await muster.follow(one)
    expect((await verifyRecord(muster.deps)).faults).toEqual([])
  })

  it('can be taken back by merging, and be made again', async () => {
    const fresh = await splitOff()
    const [into = '', from = ''] = [fresh, id].sort()
    expect(await merge(muster, from, into)).toMatchObject({ ok: true })
    expect((await muster.state(into)).findingCount).toBe(2)
    const again = await splitOff({ incidentId: into })
    expect([fresh, id]).not.toContain(again)
    expect(await muster.state(into)).toMatchObject({ findingCount: 1 })
    expect(await splitOff({ incidentId: into })).toBe(again)
  })

  it('is finished by dispatch when the process dies between both commits', async () => {
    const { put } = muster.table
    muster.table.put = (name, item, conditions) =>
      item.pk === `INC#${id}` ? Promise.reject(new Error('died')) : put.call(muster.table, name, item, conditions)
    await expect(split()).rejects.toThrow('died')
    muster.table.put = put
    expect((await muster.state(id)).findingCount).toBe(2)
    const fresh = (await splitId()) ?? ''
    await dispatchCommits(muster.deps, fresh)
    expect(await muster.state(id)).toMatchObject({ findingCount: 1, linked: [fresh] })
    await dispatchCommits(muster.deps, fresh, [1])
    expect((await muster.state(id)).findingCount).toBe(1)
  })
})

async function splitId(): Promise<string | undefined> {
  for await (const { pk } of muster.table.scan('incidents')) {
    const one = pk.slice('INC#'.length)
    if (!pk.startsWith('INC#') || one === id) continue
    if ((await loadIncident(muster.table, one)).state?.linked.includes(id)) return one
  }
  return undefined
}

describe('linked incidents', () => {
  it('are shown together, each with the other, and stay apart', async () => {
    const [other = ''] = await openSeveral(muster, 1, 'more')
    const shared = { incidentIds: [id, other], indicators: ['ip:198.51.100.7'] } as const
    await linkIncidents(muster.deps, shared, muster.now)
    await linkIncidents(muster.deps, shared, muster.now)
    expect(await viewOf(id)).toMatchObject({ linked: [other], absorbed: [], findings: { distinct: 2 } })
    expect(await viewOf(other)).toMatchObject({ linked: [id], absorbed: [] })
    expect(
      (await loadHistory(muster.table, other)).filter(({ events }) => events[0]?.type === 'IncidentsLinked'),
    ).toHaveLength(1)
  })

  it('are those that they live on in, and not one with itself', async () => {
    const [b = '', a = '', c = ''] = await openSeveral(muster, 3, 'more')
    await acknowledge(muster, a, BEN)
    await merge(muster, a, b, BEN)
    await linkIncidents(muster.deps, { incidentIds: [a, c], indicators: [] }, muster.now)
    await linkIncidents(muster.deps, { incidentIds: [a, b], indicators: [] }, muster.now)
    expect((await muster.state(b)).linked).toEqual([c])
    expect((await muster.state(c)).linked).toEqual([b])
    expect((await muster.state(a)).linked).toEqual([])
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { loadHistory } from '../../../shared/app/load-incident.ts'
import { readIncident, readTimeline } from '../../../shared/app/read-incident.ts'
import { headKey } from '../../../shared/app/rows/keys.ts'
import { sendMessages } from '../../../shared/app/send-messages.ts'
import { tick } from '../../../shared/app/tick.ts'
import { verifyRecord } from '../../../shared/app/verify-record.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { PROOF_ACCOUNTS } from '../../proof/proof-organisation.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'
import { ANA, acknowledge, act, BEN, beginMerge, holderOf, IC, merge, openSeveral } from './two-incidents.ts'

let muster: InMemoryMuster
let b: string
let a: string
beforeEach(async () => {
  muster = await InMemoryMuster.start()
  const [lower = '', higher = ''] = await openSeveral(muster)
  b = lower
  a = higher
  await acknowledge(muster, b, ANA)
})

const typesOf = async (id: string) => (await readTimeline(muster.deps, id))?.map(({ type }) => type) ?? []
const viewOf = async (id: string) => {
  const view = await readIncident(muster.deps, id)
  if (view === null) throw new Error(id)
  return view
}
const pagesFor = (id: string) => muster.sent.filter(({ incidentId, kind }) => incidentId === id && kind === 'page')

describe('a merge', () => {
  it('is two commits, the absorbing one first; the incident that goes on has everything', async () => {
    const ben = await holderOf(muster, b)
    expect(await merge(muster, a, b)).toEqual({ ok: true, answer: { incidentId: b } })
    const [absorbed] = (await loadHistory(muster.table, b)).flatMap(({ events }) =>
      events.flatMap(({ type, data }) => (type === 'IncidentAbsorbed' ? [data] : [])),
    )
    expect(absorbed).toMatchObject({ incidentId: a, responderId: ANA, note: 'one attack', findings: { added: 1 } })
    expect(await viewOf(b)).toMatchObject({
      status: 'open',
      findings: { distinct: 2 },
      absorbed: [a],
      mergedInto: null,
    })
    expect(await viewOf(a)).toMatchObject({ status: 'closed', closedBy: ANA, mergedInto: b, absorbed: [] })
    expect(await holderOf(muster, b)).toBe(ben)
  })

  it.each([
    ['was asked for a sign of life', 1900],
    ['has left a check-in unanswered', 2300],
  ])('is finished also by a holder who %s', async (_, seconds) => {
    const { directory } = await muster.deps.directory.current()
    const policies = directory.policies.map((policy) => ({ ...policy, checkInAfterSeconds: 1800 }))
    await muster.use({ ...directory, policies })
    const [own] = await muster.ingest(finding('late', 'late-user', muster.now))
    a = own?.incidentId ?? ''
    expect(a > b).toBe(true)
    await acknowledge(muster, a, BEN)
    await muster.follow(a)
    await muster.advance(a, seconds)
    expect(await typesOf(a)).toContain(seconds > 2000 ? 'CheckInMissed' : 'CheckInRequested')
    expect(await merge(muster, a, b, BEN)).toEqual({ ok: true, answer: { incidentId: b } })
    expect(await viewOf(a)).toMatchObject({ status: 'closed', mergedInto: b })
  })

  it('stops the calls of the one that ends, and what was on its way is withheld with the reason', async () => {
    await muster.follow(a)
    muster.now = plusSeconds(muster.now, 400)
    await dispatchCommits(muster.deps, a)
    const late = [...muster.effects]
    await merge(muster, a, b)
    const before = pagesFor(a).length
    await sendMessages(muster.deps, late)
    await muster.follow(a)
    await muster.advance(a, 7200)
    expect(pagesFor(a)).toHaveLength(before)
    expect((await typesOf(a)).filter((type) => type === 'AttemptEnded').length).toBeGreaterThan(0)
    expect((await muster.table.get('incidents', headKey(a)))?.wakeAt).toBeUndefined()
  })

  it('by somebody else, the other way round, of what is not there: refused, and nothing is written', async () => {
    const before = [await loadHistory(muster.table, a), await loadHistory(muster.table, b)]
    expect(await merge(muster, a, b, BEN)).toMatchObject({ ok: false, reason: 'Forbidden' })
    expect(await merge(muster, b, a)).toMatchObject({ ok: false, reason: 'Conflict' })
    expect(await merge(muster, a, a)).toMatchObject({ ok: false, reason: 'Conflict' })
    expect(await merge(muster, 'inc-none', b)).toMatchObject({ ok: false, reason: 'NotFound' })
    expect(await merge(muster, a, 'inc-none')).toMatchObject({ ok: false, reason: 'NotFound' })
    expect([await loadHistory(muster.table, a), await loadHistory(muster.table, b)]).toEqual(before)
  })

  it('again, with or without a key, is fine and changes nothing', async () => {
    await merge(muster, a, b, ANA, 'key-1')
    const before = [await loadHistory(muster.table, a), await loadHistory(muster.table, b)]
    expect(await merge(muster, a, b, ANA, 'key-1')).toMatchObject({ ok: true })
    expect(await merge(muster, a, b, ANA, 'key-2')).toMatchObject({ ok: true })
    expect(await merge(muster, a, b, BEN)).toMatchObject({ ok: true })
    await muster.follow(a)
    await muster.follow(b)
    expect(await merge(muster, a, b, ANA, 'key-1')).toMatchObject({ ok: true })
    expect([await loadHistory(muster.table, a), await loadHistory(muster.table, b)].map((one) => one.length)).toEqual(
      before.map((one) => one.length),
    )
    const other = { incidentId: a, into: b, responderId: ANA, reason: 'another reason' }
    const { askToMerge } = await import('../../../shared/app/merge-incidents.ts')
    expect(await askToMerge(muster.deps, other, { now: muster.now, idempotencyKey: 'key-1' })).toMatchObject({
      reason: 'KeyReused',
    })
  })

  it('leaves a record that fits to the byte', async () => {
    await merge(muster, a, b)
    await muster.follow(a)
    await muster.follow(b)
    expect((await verifyRecord(muster.deps)).faults).toEqual([])
  })

  it('counts a clock of both as one, and of the other goes on with it', async () => {
    const [result] = await muster.ingest(finding('in-eu', 'eu-user', muster.now, PROOF_ACCOUNTS[0]))
    const eu = result?.incidentId ?? ''
    await muster.follow(eu)
    const [into = '', from = ''] = [b, eu].sort()
    await acknowledge(muster, eu, BEN)
    const due = (await viewOf(eu)).clocks[0]?.stages[0]?.safeDueAt
    expect(due).toBeDefined()
    expect(await merge(muster, from, into)).toMatchObject({ ok: true })
    const { clocks } = await viewOf(into)
    expect(clocks).toHaveLength(1)
    expect(clocks[0]?.stages[0]).toMatchObject({ safeDueAt: due, steps: expect.arrayContaining([expect.any(String)]) })
  })
})

describe('when the process dies between both commits', () => {
  beforeEach(() => beginMerge(muster, a, b))

  it('the other goes on calling, and the same merge again finishes it', async () => {
    await muster.advance(a, 400)
    expect(pagesFor(a).map(({ responderId }) => responderId)).toContain(BEN)
    expect(await viewOf(a)).toMatchObject({ status: 'open', mergedInto: null })
    expect(await merge(muster, a, b, BEN)).toMatchObject({ ok: true })
    expect(await viewOf(a)).toMatchObject({ status: 'closed', mergedInto: b })
    expect((await typesOf(b)).filter((type) => type === 'IncidentAbsorbed')).toHaveLength(1)
  })

  it('dispatch of the first one makes the second, by itself', async () => {
    await dispatchCommits(muster.deps, b)
    expect(await viewOf(a)).toMatchObject({ mergedInto: b })
    expect(await viewOf(b)).toMatchObject({ absorbed: [a], findings: { distinct: 2 } })
  })

  it('the tick does, also when the head has passed the first one already', async () => {
    const { put } = muster.table
    muster.table.put = (name, item, conditions) =>
      item.pk === `INC#${a}` && item.sk !== 'HEAD'
        ? Promise.reject(new Error('not now'))
        : put.call(muster.table, name, item, conditions)
    await expect(dispatchCommits(muster.deps, b)).rejects.toThrow('not now')
    muster.table.put = put
    expect(await viewOf(a)).toMatchObject({ mergedInto: null })
    muster.now = plusSeconds(muster.now, 60)
    expect(await tick(muster.deps)).toMatchObject({ failed: [] })
    expect(await viewOf(a)).toMatchObject({ mergedInto: b })
    muster.now = plusSeconds(muster.now, 60)
    const { length } = await loadHistory(muster.table, b)
    await tick(muster.deps)
    expect(await loadHistory(muster.table, b)).toHaveLength(length)
  })

  it('what happens to the other in between is brought along before it points there', async () => {
    await muster.ingest(finding('late-0', 'one-user-0', muster.now), finding('late-1', 'one-user-1', muster.now))
    await acknowledge(muster, a, 'cloud-security-engineer-1', 'cloud-security-engineer')
    await dispatchCommits(muster.deps, b)
    const [view, ended] = [await viewOf(b), await viewOf(a)]
    expect(ended.mergedInto).toBe(b)
    expect(view.findings.distinct).toBe(4)
    expect(await holderOf(muster, b, 'cloud-security-engineer')).toBe('cloud-security-engineer-1')
    expect((await typesOf(b)).filter((type) => type === 'IncidentAbsorbed')).toHaveLength(2)
  })

  it('the other stays open where it knows more than one that was closed meanwhile', async () => {
    await acknowledge(muster, a, BEN)
    await act(muster, b, { type: 'CloseIncident', responderId: ANA, note: 'over' })
    await muster.follow(b)
    expect(await viewOf(a)).toMatchObject({ status: 'open', mergedInto: null })
    expect(muster.alarms).not.toContain('DispatchFailed')
  })
})

describe('a chain', () => {
  it('is followed: what was merged twice lives on in the last', async () => {
    const [c = '', second = '', third = ''] = (await openSeveral(muster, 1, 'more')).concat(b, a).sort()
    for (const id of [second, c]) if ((await holderOf(muster, id)) === null) await acknowledge(muster, id, ANA)
    expect(await merge(muster, third, second)).toMatchObject({ ok: true })
    expect(await merge(muster, second, c)).toMatchObject({ ok: true })
    expect(await viewOf(c)).toMatchObject({ absorbed: [second, third], findings: { distinct: 3 } })
    expect(await merge(muster, third, second)).toEqual({ ok: true, answer: { incidentId: c } })
    expect(await merge(muster, third, c)).toEqual({ ok: true, answer: { incidentId: c } })
  })

  it('where it went is said to whoever merges it elsewhere, and of one that ended itself', async () => {
    const more = await openSeveral(muster, 9, 'more')
    const other = more.find((id) => id < a && id !== b) ?? ''
    expect(other).not.toBe('')
    await merge(muster, a, b)
    expect(await merge(muster, a, other, ANA)).toMatchObject({ ok: false, reason: 'Merged', into: b })
  })
})

describe('seats', () => {
  it('whoever has answered the one that ends keeps an empty seat, and nobody is called for it again', async () => {
    muster = await InMemoryMuster.start()
    const [into = '', from = ''] = await openSeveral(muster)
    await acknowledge(muster, from, BEN)
    await merge(muster, from, into, BEN)
    expect(await holderOf(muster, into)).toBe(BEN)
    await muster.follow(into)
    const before = pagesFor(into).filter(({ seats }) => seats.some(({ role }) => role === IC)).length
    await muster.advance(into, 600)
    expect(pagesFor(into).filter(({ seats }) => seats.some(({ role }) => role === IC))).toHaveLength(before)
  })
})

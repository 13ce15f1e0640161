import { beforeEach, describe, expect, it } from 'vitest'
import { openLink, pressLink } from '../../../shared/app/acknowledge-by-link.ts'
import { acknowledgeByText } from '../../../shared/app/acknowledge-by-text.ts'
import { signLink } from '../../../shared/app/acknowledge-link.ts'
import { readIncident } from '../../../shared/app/read-incident.ts'
import { recordIncidentFacts } from '../../../shared/app/record-facts.ts'
import { readFinding } from '../../../shared/app/rows/finding-row.ts'
import { findingKey, incidentIdOf } from '../../../shared/app/rows/keys.ts'
import { askForSeat, type SeatAction } from '../../../shared/app/seat-commands.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { finding, type InMemoryMuster } from './in-memory-muster.ts'
import { textMuster } from './text-muster.ts'
import { ANA, acknowledge, act, BEN, holderOf, IC, merge, openSeveral } from './two-incidents.ts'

const CSE = 'cloud-security-engineer'

let muster: InMemoryMuster
let b: string
let a: string
let group: { groupHash: string; episode: number }
let own: { name: string; user: string }
beforeEach(async () => {
  muster = await textMuster()
  const [lower = '', higher = ''] = await openSeveral(muster)
  b = lower
  a = higher
  const { groupHash, episode } = await muster.state(a)
  group = { groupHash, episode }
  const place = (await muster.ingest(finding('one-0', 'one-user-0', muster.now)))[0]?.incidentId === a ? 0 : 1
  own = { name: `one-${place}`, user: `one-user-${place}` }
})

/** Merged by its second Commander, who has answered the one that ends; nobody has answered the other. */
async function mergeAway(): Promise<void> {
  await acknowledge(muster, b, BEN)
  expect(await merge(muster, a, b, BEN)).toMatchObject({ ok: true })
}

const seat = (role: string, responderId: string, action: SeatAction = 'acknowledge') =>
  askForSeat(
    muster.deps,
    { incidentId: a, role, action, responderId, to: null, reason: null, via: 'api' },
    { now: muster.now, idempotencyKey: 'key-1' },
  )
const later = (seconds: number, change: (event: { detail: Record<string, unknown> }) => void = () => {}) => {
  muster.now = plusSeconds(muster.now, seconds)
  // It says more than that it goes on.
  return finding(own.name, own.user, muster.now, undefined, (event) => {
    event.detail.title = `Sample finding at ${muster.now}`
    change(event)
  })
}
const rowOf = async (key: string) => {
  const row = await muster.table.get('findings', findingKey(key))
  return row === null ? null : readFinding(row)
}

describe('late for a merged incident', () => {
  it('an acknowledgement by the API takes the same seat of the one that goes on, which the answer names', async () => {
    await mergeAway()
    const answered = { ok: true, answer: { incidentId: b, role: CSE, responderId: `${CSE}-1` } }
    expect(await seat(CSE, `${CSE}-1`)).toMatchObject(answered)
    expect(await seat(CSE, `${CSE}-1`)).toMatchObject(answered)
    expect(await holderOf(muster, b, CSE)).toBe(`${CSE}-1`)
  })

  it('by a link: its page shows the other, and a press takes the seat there', async () => {
    const { signer } = muster.deps
    const link = { incidentId: a, role: CSE, responderId: `${CSE}-2`, channel: 'sms' }
    const token = await signLink(signer, link, muster.now)
    const deps = { ...muster.deps, verifier: { verify: async () => true } }
    await mergeAway()
    const view = await openLink(deps, token)
    if (view.status !== 'open') throw new Error(view.status)
    expect(view.state.id).toBe(b)
    expect(await pressLink(deps, view)).toMatchObject({ ok: true, answer: { incidentId: b } })
    expect(await holderOf(muster, b, CSE)).toBe(`${CSE}-2`)
    await act(muster, b, { type: 'CloseIncident', responderId: BEN, note: 'over' })
    expect(await openLink(deps, token)).toMatchObject({ status: 'closed', state: { id: b } })
  })

  it.each(['with its code', 'without one'])('by text, %s', async (how) => {
    const called = muster.sent.filter(({ responderId }) => responderId === `${CSE}-1`)
    expect(new Set(called.map(({ incidentId }) => incidentId))).toEqual(new Set([a, b]))
    const code = called.find(({ incidentId }) => incidentId === a)?.seats[0]?.replyCode
    await mergeAway()
    const body = how === 'without one' ? 'ACK' : `ACK ${code}`
    await acknowledgeByText(muster.deps, { kind: 'text', id: 'text-1', from: '+12025550104', body })
    expect(await holderOf(muster, b, CSE)).toBe(`${CSE}-1`)
    await acknowledgeByText(muster.deps, { kind: 'text', id: 'text-2', from: '+12025550104', body })
    expect(muster.alarms).toEqual([])
  })

  it('facts, too', async () => {
    await mergeAway()
    const facts = { dataCategories: ['health'], residents: ['DE'] } as const
    const asked = { now: muster.now, idempotencyKey: null }
    const answer = await recordIncidentFacts(muster.deps, { incidentId: a, responderId: BEN, facts }, asked)
    expect(answer).toMatchObject({ ok: true, answer: { incidentId: b } })
    expect((await muster.state(b)).facts.dataCategories).toEqual(['health'])
  })

  it('a decline of a seat that is held there is told whose it is', async () => {
    await mergeAway()
    expect(await seat(IC, ANA, 'decline')).toMatchObject({ ok: false, reason: 'HeldByAnother', holder: BEN })
  })
})

describe('a late finding', () => {
  it('repeated unchanged is a duplicate of the one that goes on', async () => {
    const first = finding(own.name, own.user, muster.now)
    await mergeAway()
    await muster.follow(a)
    await muster.follow(b)
    expect(await muster.ingest(first)).toMatchObject([{ outcome: 'duplicate', incidentId: b, severity: 'SEV1' }])
  })

  it.each([true, false])('of a newer version is noted there, once (dispatched before: %s)', async (isDispatched) => {
    await mergeAway()
    if (isDispatched) for (const id of [a, b]) await muster.follow(id)
    const newer = later(60)
    const [first, second] = [await muster.ingest(newer), await muster.ingest(newer)]
    expect(first).toMatchObject([{ outcome: 'updated', incidentId: b }])
    expect(second).toMatchObject([{ outcome: 'duplicate', incidentId: b }])
    expect(await muster.state(b)).toMatchObject({ findingCount: 2, status: 'open' })
    for (const id of [a, b]) await muster.follow(id)
    expect(await rowOf(newer.key)).toMatchObject({ incidentId: b, group, revision: 2 })
    expect(await muster.ingest(newer)).toMatchObject([{ outcome: 'duplicate', incidentId: b }])
    expect((await muster.state(a)).status).toBe('closed')
  })

  it('of the group that is new joins there, and so does what a provider says of it later', async () => {
    await mergeAway()
    const fresh = finding('fresh', own.user, muster.now)
    expect(await muster.ingest(fresh)).toMatchObject([{ outcome: 'joined', incidentId: b }])
    expect((await muster.state(b)).findingCount).toBe(3)
    muster.now = plusSeconds(muster.now, 60)
    const archived = finding('fresh', own.user, muster.now, undefined, ({ detail }) => {
      detail.service = { ...(detail.service as object), archived: true }
    })
    expect(await muster.ingest(archived)).toMatchObject([{ outcome: 'updated', incidentId: b }])
    for (const id of [a, b]) await muster.follow(id)
    expect(await rowOf(fresh.key)).toMatchObject({ incidentId: b, group, revision: 2 })
    expect((await readIncident(muster.deps, b))?.findings).toEqual({ distinct: 3 })
  })

  it('follows a chain', async () => {
    const [c = ''] = (await openSeveral(muster, 30, 'more')).filter((id) => id < b)
    expect(c).not.toBe('')
    await mergeAway()
    expect(await merge(muster, b, c, BEN)).toMatchObject({ ok: true })
    expect(await muster.ingest(later(60))).toMatchObject([{ outcome: 'updated', incidentId: c }])
    expect(await muster.ingest(finding('fresh', own.user, muster.now))).toMatchObject([
      { outcome: 'joined', incidentId: c },
    ])
    expect((await muster.state(c)).findingCount).toBe(4)
  })

  it('reopens the one that goes on soon after it was closed; later it opens the next episode of its own group', async () => {
    await mergeAway()
    await act(muster, b, { type: 'CloseIncident', responderId: BEN, note: 'over' })
    expect(await muster.ingest(later(600))).toMatchObject([{ outcome: 'updated', incidentId: b }])
    expect((await muster.state(b)).status).toBe('open')
    await act(muster, b, { type: 'CloseIncident', responderId: BEN, note: 'over' })
    const next = incidentIdOf(group.groupHash, group.episode + 1)
    expect(await muster.ingest(later(2400))).toMatchObject([{ outcome: 'opened', incidentId: next }])
    await muster.follow(next)
    expect(await muster.ingest(later(60))).toMatchObject([{ outcome: 'updated', incidentId: next }])
    expect((await muster.state(next)).findingCount).toBe(1)
  })

  it('of the group that is new a day later opens the next episode of its own group', async () => {
    await mergeAway()
    muster.now = plusSeconds(muster.now, 25 * 3600)
    const next = incidentIdOf(group.groupHash, group.episode + 1)
    expect(await muster.ingest(finding('fresh', own.user, muster.now))).toMatchObject([
      { outcome: 'opened', incidentId: next },
    ])
  })
})

import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { askToClose } from '../../../shared/app/close-incident.ts'
import { keepAnswer } from '../../../shared/app/kept-answers.ts'
import { listQuarantine, quarantine, readQuarantine } from '../../../shared/app/quarantine.ts'
import { commitKey, headKey, noteKey, receiptKey, retentionKey } from '../../../shared/app/rows/keys.ts'
import { askForSeat } from '../../../shared/app/seat-commands.ts'
import { type SweepLimits, sweepRetention } from '../../../shared/app/sweep-retention.ts'
import { verifyIncident } from '../../../shared/app/verify-record.ts'
import { type Instant, plusSeconds } from '../../../shared/core/time/instant.ts'
import { PermanentFault, TransientFault } from '../../../shared/ports/faults.ts'
import type { Attribute, Item, TableName } from '../../../shared/ports/table.ts'
import { PROOF_ROLES } from '../../proof/proof-organisation.ts'
import { finding, type InMemoryMuster } from './in-memory-muster.ts'
import { COMMANDER, textMuster } from './text-muster.ts'

const DAY = 24 * 3600
const NOTHING = { deleted: {}, changed: 0, unclear: 0, interrupted: null }

let table: MemoryTable
let muster: InMemoryMuster
beforeEach(async () => {
  table = new MemoryTable()
  muster = await textMuster(table)
})

const sweep = (limits?: SweepLimits) => sweepRetention(muster.deps, limits)

async function keys(name: TableName = 'incidents'): Promise<string[]> {
  const found: string[] = []
  for await (const { pk, sk } of table.scan(name)) found.push(`${pk}|${sk}`)
  return found
}

const ofKind = async (prefix: string, name?: TableName) => (await keys(name)).filter((key) => key.startsWith(prefix))

/** An incident with a row of each family, closed; when it was at rest. */
async function closedIncident(): Promise<{ incidentId: string; restsAt: Instant }> {
  const incidentId = await muster.open()
  const take = { incidentId, action: 'acknowledge', to: null, reason: null, via: 'api' } as const
  for (const role of PROOF_ROLES) {
    const asked = { now: muster.now, idempotencyKey: role }
    await askForSeat(muster.deps, { ...take, role, responderId: `${role}-1` }, asked)
  }
  await muster.follow(incidentId)
  const effectId = muster.sent[0]?.effectId ?? ''
  const receipt = { type: 'Delivery', meaning: 'noted', at: muster.now, receivedAt: muster.now }
  await table.put('incidents', { ...receiptKey(effectId, 'r'), ...receipt })
  await table.put('incidents', { ...noteKey(incidentId, 'note-1'), sealed: 'x' })
  const close = { incidentId, responderId: COMMANDER, reason: 'done' }
  const closed = await askToClose(muster.deps, close, { now: muster.now, idempotencyKey: 'close' })
  if (!closed.ok) throw new Error(JSON.stringify(closed))
  await muster.follow(incidentId)
  return { incidentId, restsAt: plusSeconds((await muster.state(incidentId)).lastCommitAt, 1800) }
}

describe('what belongs to an incident', () => {
  it('goes 400 days after the incident came to rest, and not a second before', async () => {
    const { incidentId, restsAt } = await closedIncident()
    const record = [
      ...(await ofKind('INC#')),
      ...(await ofKind('NOTE#')),
      ...(await ofKind('GRP#')),
      ...(await ofKind('DIR')),
    ]
    muster.now = plusSeconds(restsAt, 400 * DAY - 1)
    const before = await sweep()
    expect(before).toMatchObject({ ...NOTHING, deleted: { 'reply-code': expect.any(Number) } })
    expect(Object.keys(before.deleted)).toEqual(['reply-code'])
    for (const family of ['FX#', 'CAUSE#', 'PERSON#']) expect((await ofKind(family)).length).toBeGreaterThan(0)

    muster.now = plusSeconds(restsAt, 401 * DAY)
    const after = await sweep()
    expect(after.deleted).toEqual({
      'incident-finding': 1,
      claim: expect.any(Number),
      receipt: 1,
      answer: PROOF_ROLES.length + 1,
      'let-go-seat': PROOF_ROLES.length,
    })
    for (const family of ['FX#', 'CAUSE#', 'PERSON#', 'CODE#']) expect(await ofKind(family)).toEqual([])
    expect(await keys('findings')).toEqual([])
    expect((await keys()).sort()).toEqual([...record, `${retentionKey.pk}|${retentionKey.sk}`].sort())
    expect((await verifyIncident(table, incidentId, muster.now)).faults).toEqual([])
  })

  it('stays while the incident is open, however old it is', async () => {
    await muster.open()
    await muster.table.delete('incidents', retentionKey)
    muster.now = plusSeconds(muster.now, 5000 * DAY)
    const { deleted } = await sweep()
    expect(Object.keys(deleted)).toEqual(['reply-code'])
    expect(await ofKind('F#', 'findings')).toHaveLength(1)
  })

  it('stays where its incident cannot be read, and says so', async () => {
    const { incidentId, restsAt } = await closedIncident()
    await table.delete('incidents', headKey(incidentId))
    await table.delete('incidents', commitKey(incidentId, 1))
    muster.now = plusSeconds(restsAt, 500 * DAY)
    const { deleted, unclear } = await sweep()
    expect(Object.keys(deleted)).toEqual(['reply-code'])
    expect(unclear).toBe(1)
  })

  it('is known again after it went: the finding opens the next episode', async () => {
    const { incidentId, restsAt } = await closedIncident()
    muster.now = plusSeconds(restsAt, 400 * DAY)
    await sweep()
    const [again] = await muster.ingest(finding('first', 'user', muster.now))
    expect(again).toMatchObject({ outcome: 'opened' })
    expect(again?.incidentId).not.toBe(incidentId)
  })
})

describe('what stands for itself', () => {
  it('a quarantined event goes with all its parts after 90 days', async () => {
    const id = await quarantine(muster.deps, { text: 'x'.repeat(200_000) }, [], muster.now)
    expect((await keys('findings')).length).toBeGreaterThan(1)
    muster.now = plusSeconds(muster.now, 90 * DAY - 1)
    expect(await sweep()).toMatchObject(NOTHING)
    expect((await readQuarantine(muster.deps, id))?.id).toBe(id)
    muster.now = plusSeconds(muster.now, DAY)
    expect((await sweep()).deleted).toEqual({ quarantine: 3 })
    expect(await readQuarantine(muster.deps, id)).toBeNull()
    expect(await listQuarantine(muster.deps, 10)).toEqual([])
  })

  it('an ignored finding goes 90 days after its last sight', async () => {
    const quiet = (at: Instant) =>
      finding('quiet', 'ana', at, undefined, ({ detail }) => {
        Object.assign(detail.service as object, { archived: true })
      })
    await muster.ingest(quiet(muster.now))
    muster.now = plusSeconds(muster.now, 80 * DAY)
    expect((await muster.ingest(quiet(muster.now)))[0]).toMatchObject({ outcome: 'ignored' })
    const seenAt = muster.now
    muster.now = plusSeconds(seenAt, 90 * DAY - 1)
    expect(await sweep()).toMatchObject(NOTHING)
    muster.now = plusSeconds(seenAt, 92 * DAY)
    expect((await sweep()).deleted).toEqual({ 'ignored-finding': 1 })
    expect((await muster.ingest(quiet(muster.now)))[0]).toMatchObject({ outcome: 'ignored' })
  })

  it('an answer of no incident goes 400 days after it was given; one of old without an instant stays', async () => {
    const kept = { sent: null, answer: 1 }
    await keepAnswer(table, 'request/events/a', kept, { state: null, now: muster.now })
    await table.put('incidents', { pk: 'CAUSE#old', sk: 'A', answer: '{}' })
    muster.now = plusSeconds(muster.now, 400 * DAY)
    expect((await sweep()).deleted).toEqual({ answer: 1 })
    expect(await ofKind('CAUSE#')).toEqual(['CAUSE#old|A'])
  })
})

const code = (name: string, at: Instant): Item => ({
  pk: `CODE#ana#${name}`,
  sk: 'P',
  at,
  incidentId: 'inc-1',
  role: 'legal-counsel',
})

describe('a sweep', () => {
  it('does not delete what has changed since it was read', async () => {
    await table.put('incidents', code('1000', muster.now))
    muster.now = plusSeconds(muster.now, 31 * DAY)
    const scanPage = table.scanPage.bind(table)
    table.scanPage = async (name, page) => {
      const answer = await scanPage(name, page)
      if (name === 'incidents') await table.put('incidents', code('1000', muster.now))
      return answer
    }
    expect(await sweep()).toMatchObject({ ...NOTHING, changed: 1 })
    expect(await ofKind('CODE#')).toEqual(['CODE#ana#1000|P'])
  })

  it('does a bounded part in one run, goes on in the next, and rests for a day when it is through', async () => {
    const names = Array.from({ length: 23 }, (_, n) => String(1000 + n))
    for (const name of names) await table.put('incidents', code(name, muster.now))
    muster.now = plusSeconds(muster.now, 31 * DAY)
    const limits = { itemsAPage: 5, pagesATable: 2, workMs: 1000 }
    const deleted: number[] = []
    const rounds: number[] = []
    for (let run = 0; run < 6; run += 1) {
      const report = await sweep(limits)
      deleted.push(report.deleted['reply-code'] ?? 0)
      rounds.push(report.pages)
      muster.now = plusSeconds(muster.now, 3600)
    }
    expect(deleted.every((count) => count <= 10)).toBe(true)
    expect(deleted.reduce((sum, count) => sum + count, 0)).toBe(23)
    expect(rounds.at(-1)).toBe(0)
    await table.put('incidents', code('9999', plusSeconds(muster.now, -31 * DAY)))
    expect((await sweep()).pages).toBe(0)
    muster.now = plusSeconds(muster.now, DAY)
    expect((await sweep()).deleted).toEqual({ 'reply-code': 1 })
  })

  it('stops when its time is over, and has kept its place', async () => {
    for (let n = 0; n < 12; n += 1) await table.put('incidents', code(String(1000 + n), muster.now))
    muster.now = plusSeconds(muster.now, 31 * DAY)
    let ms = 0
    const deps = { ...muster.deps, real: { ...muster.deps.real, nowMs: () => (ms += 400) } }
    const limits = { itemsAPage: 4, pagesATable: 20, workMs: 1000 }
    const first = await sweepRetention(deps, limits)
    expect(first.pages).toBeLessThanOrEqual(2)
    for (let run = 0; run < 10; run += 1) await sweepRetention(deps, limits)
    expect(await ofKind('CODE#')).toEqual([])
  })

  it('that is interrupted says so, keeps what it did, and goes on', async () => {
    for (let n = 0; n < 9; n += 1) await table.put('incidents', code(String(1000 + n), muster.now))
    muster.now = plusSeconds(muster.now, 31 * DAY)
    const remove = table.delete.bind(table)
    let calls = 0
    table.delete = async (...given) => {
      calls += 1
      if (calls === 5) throw new TransientFault('throttled')
      return remove(...given)
    }
    const first = await sweep({ itemsAPage: 3, pagesATable: 20, workMs: 1000 })
    expect(first.interrupted).toBeInstanceOf(TransientFault)
    expect(first.deleted).toEqual({ 'reply-code': 4 })
    expect((await sweep()).deleted).toEqual({ 'reply-code': 5 })
  })

  it('that may not delete is a fault', async () => {
    await table.put('incidents', code('1000', muster.now))
    muster.now = plusSeconds(muster.now, 31 * DAY)
    table.delete = async () => Promise.reject(new PermanentFault('delete: AccessDeniedException'))
    await expect(sweep()).rejects.toThrow(PermanentFault)
  })

  it('keeps a row that cannot be read, and counts it', async () => {
    await table.put('findings', { pk: 'F#a', sk: 'F', revision: 0, body: 'no JSON' })
    muster.now = plusSeconds(muster.now, 5000 * DAY)
    expect(await sweep()).toMatchObject({ ...NOTHING, unclear: 1 })
    expect(await keys('findings')).toEqual(['F#a|F'])
  })

  it('begins anew when nobody can read where it stood', async () => {
    await table.put('incidents', { ...retentionKey, body: 'no JSON' })
    expect((await sweep()).pages).toBeGreaterThan(0)
  })
})

describe('whatever the tables hold', () => {
  it('no commit, head, note, directory or pointer is ever deleted', async () => {
    const pk = fc.constantFrom(
      'INC#inc-1',
      'NOTE#inc-1',
      'DIR',
      'DIR#1',
      'GRP#1',
      'SYS#tick',
      'FX#inc-1.1.1',
      'CODE#a#1',
    )
    const sk = fc.constantFrom('HEAD', 'C#000001', 'NOW', 'PART#1', 'P', 'A', 'FX', 'STATE', 'note-1')
    const value = fc.constantFrom<Attribute>('2020-01-01T00:00:00.000Z', 'inc-1', 1, '{}')
    const names = fc.constantFrom('at', 'answer', 'takeover', 'sequence', 'incidentId', 'role', 'receivedAt')
    const items = fc.array(fc.tuple(pk, sk, fc.dictionary(names, value)), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(items, async (given) => {
        table = new MemoryTable()
        for (const [one, other, attributes] of given)
          await table.put('incidents', { ...attributes, pk: one, sk: other })
        const isKept = (key: string) => /^(INC|NOTE|DIR|GRP|SYS#tick)/.test(key)
        const before = (await keys()).filter(isKept)
        await sweepRetention({ ...muster.deps, table })
        expect((await keys()).filter(isKept)).toEqual(before)
      }),
    )
  })
})

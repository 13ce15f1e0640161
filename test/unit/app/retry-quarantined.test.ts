import { beforeEach, describe, expect, it } from 'vitest'
import { listQuarantine, quarantine, readQuarantine } from '../../../shared/app/quarantine.ts'
import { type KeepRefused, receiveEvents } from '../../../shared/app/receive-events.ts'
import { retryQuarantined } from '../../../shared/app/retry-quarantined.ts'
import { PERSON } from '../../../shared/app/run-command.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { sampleEvent } from '../sources/sample-events.ts'
import { InMemoryMuster } from './in-memory-muster.ts'

const WAS_WRONG = [{ findingId: null, path: 'detail', expected: 'what an older version knew' }]
let muster: InMemoryMuster
beforeEach(async () => {
  muster = await InMemoryMuster.start()
})

const put = (name: string) => quarantine(muster.deps, sampleEvent(name), WAS_WRONG, muster.now)
const intake = (events: readonly unknown[], keep: KeepRefused) =>
  receiveEvents(muster.deps, events, { now: muster.now, patience: PERSON, tellsSeverity: true }, keep)
const retry = (id: string) => retryQuarantined({ ...muster.deps, intake }, id)

describe('retryQuarantined', () => {
  it('takes in what fits now, and marks the event as settled', async () => {
    const id = await put('guardduty/leaked-access-key')
    muster.now = '2027-03-10T11:00:00.000Z'
    const retried = await retry(id)
    expect(retried?.results).toMatchObject([{ outcome: 'opened', incidentId: expect.any(String) }])
    const [{ findingId, incidentId } = {}] = retried?.results ?? []
    const settled = {
      settledAt: muster.now,
      triedAt: muster.now,
      results: [{ findingId, outcome: 'opened', incidentId }],
    }
    expect(retried?.quarantined).toMatchObject(settled)
    expect(await listQuarantine(muster.deps, 10)).toMatchObject([{ id, ...settled }])
    expect(await listQuarantine(muster.deps, 10, 'open')).toEqual([])
    expect(await listQuarantine(muster.deps, 10, 'settled')).toHaveLength(1)
  })

  it('is found among many: each list goes on where the last one ended', async () => {
    const ids: string[] = []
    for (let count = 0; count < 7; count += 1) {
      ids.unshift(await put('guardduty/leaked-access-key'))
      muster.now = plusSeconds(muster.now, 9 * 3600)
    }
    await retry(ids[2] ?? '')
    const listed: string[] = []
    for (let before: string | null = null; ; ) {
      const page: string[] = (await listQuarantine(muster.deps, 2, 'open', before)).map(({ id }) => id)
      if (page.length === 0) break
      listed.push(...page)
      before = page.at(-1) ?? null
    }
    expect(listed).toEqual(ids.filter((_, index) => index !== 2))
    expect(await listQuarantine(muster.deps, 2, null, 'no-such-id')).toEqual([])
  })

  it('may be repeated: nothing is taken in twice, and the first settlement stands', async () => {
    const id = await put('guardduty/leaked-access-key')
    await retry(id)
    const before = await readQuarantine(muster.deps, id)
    muster.now = '2027-03-10T11:00:00.000Z'
    expect((await retry(id))?.results).toMatchObject([{ outcome: 'duplicate' }])
    expect(await readQuarantine(muster.deps, id)).toEqual(before)
  })

  it('keeps what still does not fit, with why as of now, and puts no second one beside it', async () => {
    const id = await put('securityhub/broken-one-of-two-without-id')
    const alarms = muster.alarms.length
    const retried = await retry(id)
    expect(retried?.results).toMatchObject([{ outcome: 'opened' }, { outcome: 'rejected', quarantineId: id }])
    const open = await listQuarantine(muster.deps, 10, 'open')
    expect(open).toMatchObject([{ id, settledAt: null, triedAt: muster.now, results: null }])
    expect(open[0]?.reason).toMatch(/^detail\.findings\[1\]\.Id: expected /)
    expect(muster.alarms).toHaveLength(alarms)
    expect((await retry(id))?.results).toMatchObject([{ outcome: 'duplicate' }, { outcome: 'rejected' }])
  })

  it('may be broken off in between: the event stays open and is settled by the next', async () => {
    const id = await put('guardduty/leaked-access-key')
    const { update } = muster.table
    muster.table.update = async () => {
      throw new Error('no answer')
    }
    await expect(retry(id)).rejects.toThrow('no answer')
    muster.table.update = update
    expect(await listQuarantine(muster.deps, 10, 'open')).toHaveLength(1)
    expect(await retry(id)).toMatchObject({
      results: [{ outcome: 'duplicate' }],
      quarantined: { settledAt: muster.now },
    })
  })

  it('takes in again an event that was kept as its text', async () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)
    const event = { ...(sampleEvent('guardduty/leaked-access-key') as object), deep }
    const id = await quarantine(muster.deps, event, WAS_WRONG, muster.now)
    expect(await retry(id)).toMatchObject({ results: [{ outcome: 'opened' }], quarantined: { settledAt: muster.now } })
    const text = await quarantine(muster.deps, 'no event', WAS_WRONG, muster.now)
    expect(await retry(text)).toMatchObject({ results: [{ outcome: 'rejected' }], quarantined: { event: 'no event' } })
  })

  it('takes in again an event that was kept in parts, and knows no other ids', async () => {
    const event = { ...(sampleEvent('guardduty/leaked-access-key') as object), resources: ['x'.repeat(200_000)] }
    const id = await quarantine(muster.deps, event, WAS_WRONG, muster.now)
    expect(await retry(id)).toMatchObject({ results: [{ outcome: 'opened' }], quarantined: { settledAt: muster.now } })
    expect(await retry('q-mmmmmmmm-000000000000')).toBeNull()
  })
})

import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { loadHistory, loadIncident } from '../../../shared/app/load-incident.ts'
import { commitKey, headKey } from '../../../shared/app/rows/keys.ts'
import { PermanentFault } from '../../../shared/ports/faults.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

let muster: InMemoryMuster
let incidentId: string

beforeEach(async () => {
  muster = await InMemoryMuster.start()
  incidentId = (await muster.ingest(finding('first', 'user', muster.now)))[0]?.incidentId ?? ''
})

async function join(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await muster.ingest(finding(`more-${index}`, 'user', muster.now))
}

describe('loadIncident', () => {
  it('of nothing is nothing', async () => {
    expect(await loadIncident(muster.table, 'inc-none')).toMatchObject({ head: null, commits: [], state: null })
  })

  it('folds all commits while there is no head', async () => {
    await join(3)
    const loaded = await loadIncident(muster.table, incidentId)
    expect(loaded.head).toBeNull()
    expect(loaded.commits.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
    expect(loaded.state).toMatchObject({ findingCount: 4, sequence: 4 })
  })

  it('takes the head and what was committed after it', async () => {
    await dispatchCommits(muster.deps, incidentId)
    await join(2)
    const loaded = await loadIncident(muster.table, incidentId)
    expect(loaded.head?.sequence).toBe(1)
    expect(loaded.commits.map(({ sequence }) => sequence)).toEqual([2, 3])
    expect(loaded.hash).toBe(loaded.commits[1]?.hash)
  })

  it.each([2, 3, 4, 5, 40])('reaches back to a head %d commits behind', async (count) => {
    await dispatchCommits(muster.deps, incidentId)
    await join(count)
    const loaded = await loadIncident(muster.table, incidentId)
    expect(loaded.commits).toHaveLength(count)
    expect(loaded.state).toMatchObject({ findingCount: count + 1 })
  })

  it('is the same with and without a head', async () => {
    await join(5)
    const without = await loadIncident(muster.table, incidentId)
    await dispatchCommits(muster.deps, incidentId)
    const withHead = await loadIncident(muster.table, incidentId)
    expect(withHead.commits).toEqual([])
    expect(withHead.state).toEqual(without.state)
    expect(withHead.hash).toBe(without.hash)
  })

  it('does not trust a head that the next commit does not continue', async () => {
    await dispatchCommits(muster.deps, incidentId)
    await muster.table.update('incidents', headKey(incidentId), { set: { hash: 'f'.repeat(64) } })
    await join(1)
    const loaded = await loadIncident(muster.table, incidentId)
    expect(loaded.state).toMatchObject({ findingCount: 2 })
  })

  it('does not trust a head of another format', async () => {
    await dispatchCommits(muster.deps, incidentId)
    await muster.table.update('incidents', headKey(incidentId), { set: { format: 0, body: 'of another shape' } })
    await join(1)
    expect((await loadIncident(muster.table, incidentId)).state).toMatchObject({ findingCount: 2 })
  })

  it('a gap in the record is a fault', async () => {
    await join(2)
    await muster.table.put('incidents', { ...commitKey(incidentId, 9), body: '{"events":[]}', hash: 'x' })
    await expect(loadIncident(muster.table, incidentId)).rejects.toBeInstanceOf(PermanentFault)
  })

  it('reads a history longer than a page', async () => {
    await join(30)
    const history = await loadHistory(muster.table, incidentId)
    expect(history.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1))
  })
})

type Load = typeof import('../../../shared/app/load-incident.ts')

/** As a process that has just started would load it. */
async function coldLoad(): Promise<unknown> {
  vi.resetModules()
  const { loadHistory: history, loadIncident: load }: Load = await import('../../../shared/app/load-incident.ts')
  return [await load(muster.table, incidentId), await history(muster.table, incidentId)]
}

/** Whatever alters what loads share throws from then on. */
function deepFreeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value
  Object.values(Object.freeze(value)).forEach(deepFreeze)
  return value
}

const STEPS = {
  join: (place: number) => muster.ingest(finding(`step-${place}`, 'user', muster.now)),
  dispatch: () => dispatchCommits(muster.deps, incidentId),
  follow: () => muster.follow(incidentId),
  wait: () => muster.advance(incidentId, 120),
  lose: () => muster.table.delete('incidents', headKey(incidentId)),
}

describe('a process that has loaded the incident before', () => {
  it('loads the same as one that has not, and nothing alters what it keeps', { timeout: 60_000 }, async () => {
    const names = fc.array(fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[])), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(names, async (steps) => {
        muster = await InMemoryMuster.start()
        incidentId = (await muster.ingest(finding('first', 'user', muster.now)))[0]?.incidentId ?? ''
        for (const [place, name] of steps.entries()) {
          await STEPS[name](place)
          deepFreeze([await loadIncident(muster.table, incidentId), await loadHistory(muster.table, incidentId)])
        }
        const warm = [await loadIncident(muster.table, incidentId), await loadHistory(muster.table, incidentId)]
        expect(warm).toEqual(await coldLoad())
      }),
      { numRuns: 25 },
    )
  })

  it('folds only what is new', async () => {
    await join(3)
    const before = await loadIncident(muster.table, incidentId)
    const again = await loadIncident(muster.table, incidentId)
    expect(again.state).toBe(before.state)
    await join(4)
    const after = await loadIncident(muster.table, incidentId)
    expect(after.commits[0]).toBe(before.commits[0])
  })

  it('reads a commit that was changed in place as it stands now', async () => {
    await join(2)
    const before = await loadIncident(muster.table, incidentId)
    const key = commitKey(incidentId, 2)
    const item = await muster.table.get('incidents', key)
    const body = String(item?.body).replace('"actor":"muster"', '"actor":"somebody"')
    await muster.table.update('incidents', key, { set: { body } })
    const after = await loadIncident(muster.table, incidentId)
    expect(after.commits[1]?.actor).toBe('somebody')
    expect(after.commits[0]).toBe(before.commits[0])
    await muster.table.update('incidents', key, { set: { body: String(item?.body) } })
    expect(await loadIncident(muster.table, incidentId)).toEqual(before)
  })
})

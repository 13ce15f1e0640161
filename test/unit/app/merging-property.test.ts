import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { loadSurvivor } from '../../../shared/app/follow-merged.ts'
import { loadIncident } from '../../../shared/app/load-incident.ts'
import { verifyRecord } from '../../../shared/app/verify-record.ts'
import type { IncidentState } from '../../../shared/core/incident/state.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { PROOF_ACCOUNTS } from '../../proof/proof-organisation.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'
import { ANA, acknowledge, beginMerge, IC, merge } from './two-incidents.ts'

const GROUPS = 3
const group = fc.integer({ min: 0, max: GROUPS - 1 })
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('finding' as const), group, key: fc.integer({ min: 0, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge' as const), group, other: group, dies: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('dispatch' as const), group }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('acknowledge' as const), group, who: fc.integer({ min: 1, max: 3 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** Three groups, one of them with personal data, over steps in any order. */
class Lived {
  readonly muster: InMemoryMuster
  readonly keys = new Set<string>()
  ids: string[] = []

  constructor(muster: InMemoryMuster) {
    this.muster = muster
  }

  async begin(): Promise<void> {
    for (let place = 0; place < GROUPS; place += 1) this.ids.push(await this.find(place, 0))
    await acknowledge(this.muster, this.ids[0] ?? '', ANA)
  }

  async find(place: number, key: number): Promise<string> {
    this.muster.now = plusSeconds(this.muster.now, 1)
    const account = PROOF_ACCOUNTS[place === 0 ? 0 : 1]
    const one = finding(`group-${place}-${key}`, `user-${place}`, this.muster.now, account)
    const [result] = await this.muster.ingest(one)
    if (!result?.incidentId) throw new Error(JSON.stringify(result))
    this.keys.add(one.key)
    return result.incidentId
  }

  async live(given: Step): Promise<void> {
    const id = this.ids[given.group] ?? ''
    if (given.kind === 'finding') await this.find(given.group, given.key)
    if (given.kind === 'dispatch') await dispatchCommits(this.muster.deps, id)
    if (given.kind === 'acknowledge') await acknowledge(this.muster, id, `${IC}-${given.who}`).catch(() => undefined)
    if (given.kind !== 'merge') return
    const [into, from] = [id, this.ids[given.other] ?? ''].sort() as [string, string]
    if (given.dies) await beginMerge(this.muster, from, into).catch(() => undefined)
    else await merge(this.muster, from, into, await this.#leader(from, into))
  }

  async #leader(...ids: string[]): Promise<string> {
    for (const id of ids) {
      const holder = (await this.state(id)).seats.find(({ role }) => role === IC)?.holder
      if (holder) return holder
    }
    return ANA
  }

  async state(id: string): Promise<IncidentState> {
    const { state } = await loadIncident(this.muster.table, id)
    if (state === null) throw new Error(id)
    return state
  }
}

describe('merging in any order, with deaths in between', () => {
  it('loses no finding and no clock, and nobody holds seats that exclude each other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const lived = new Lived(await InMemoryMuster.start())
        await lived.begin()
        for (const one of steps) await lived.live(one)
        for (let round = 0; round < 2; round += 1) for (const id of lived.ids) await lived.muster.follow(id)
        const anyDied = steps.some((one) => one.kind === 'merge' && one.dies)
        await expectNothingLost(lived, anyDied)
      }),
      { numRuns: 60 },
    )
  }, 120_000)
})

async function expectNothingLost(lived: Lived, anyDied: boolean): Promise<void> {
  const all = await Promise.all(lived.ids.map((id) => lived.state(id)))
  const living = all.filter(({ mergedInto }) => mergedInto === null)
  const counted = living.reduce((sum, { findingCount }) => sum + findingCount, 0)
  // What was begun to merge into one, and then merged into another, is counted by both.
  if (anyDied) expect(counted).toBeGreaterThanOrEqual(lived.keys.size)
  else expect(counted).toBe(lived.keys.size)
  for (const state of all) {
    const { state: home } = await loadSurvivor(lived.muster.table, state.id)
    expect(home?.status).toBe('open')
    for (const { obligationId, entityId, stages } of state.clocks) {
      const same = home?.clocks.find((one) => one.obligationId === obligationId && one.entityId === entityId)
      expect(same?.stages[0]?.safeDueAt?.localeCompare(stages[0]?.safeDueAt ?? '')).toBeLessThanOrEqual(0)
    }
    const holders = state.seats
      .filter(({ role }) => role === IC || role === 'legal-counsel')
      .map(({ holder }) => holder)
    expect(new Set(holders.filter(Boolean)).size).toBe(holders.filter(Boolean).length)
    if (state.seats.find(({ role }) => role === IC)?.holder && home !== null) {
      expect(home.seats.find(({ role }) => role === IC)?.holder).not.toBeNull()
    }
  }
  expect((await verifyRecord(lived.muster.deps)).faults).toEqual([])
}

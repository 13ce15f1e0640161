import { afterAll, describe, expect, it } from 'vitest'
import { judge } from './judge/judge.ts'
import type { Violation } from './judge/violation.ts'
import { FAULTS, type Fault } from './world/faults.ts'
import { type Played, simulate } from './world/simulate.ts'

const COUNT = Number(process.env.SIMULATION_SEEDS ?? 200)
const FIRST = Number(process.env.SIMULATION_FIRST_SEED ?? 1)
const ONLY = process.env.SEED === undefined ? null : Number(process.env.SEED)
const A_TEST = 20
const MS_A_SEED = 3_000
const TRACED_LINES = 120
/** From so many seeds on each kind of fault must have happened. */
const ENOUGH_SEEDS = 90

/** Plays every second seed, so that two files have the work of two cores. */
export function playSeeds(remainder: 0 | 1): void {
  const seeds = chosen().filter((seed) => seed % 2 === remainder)
  const counts = new Map<Fault, number>()

  describe('whatever goes wrong, nothing is lost', () => {
    for (let start = 0; start < seeds.length; start += A_TEST) {
      const some = seeds.slice(start, start + A_TEST)
      it(`seeds ${some[0]} to ${some.at(-1)}`, { timeout: some.length * MS_A_SEED + 10_000 }, async () => {
        for (const seed of some) await playOne(seed, counts)
      })
    }
    if (seeds.length >= ENOUGH_SEEDS) {
      it('each kind of fault happened', () => expect(FAULTS.filter((fault) => !counts.has(fault))).toEqual([]))
    }
    if (seeds.length === 0) it('the other file has this seed', () => expect(seeds).toEqual([]))
  })
  afterAll(() =>
    console.info(`${seeds.length} seeds; ${[...counts].map(([fault, times]) => `${fault} ${times}`).join(', ')}`),
  )
}

function chosen(): number[] {
  return ONLY === null ? Array.from({ length: COUNT }, (_, index) => FIRST + index) : [ONLY]
}

async function playOne(seed: number, counts: Map<Fault, number>): Promise<void> {
  const played = await simulate(seed)
  for (const [fault, times] of played.faults.counts) counts.set(fault, (counts.get(fault) ?? 0) + times)
  const violations = await judge(played)
  if (violations.length > 0) expect.fail(await report(played, violations))
}

/** The same seed once more, with every step written down. */
async function report({ seed, profile }: Played, violations: readonly Violation[]): Promise<string> {
  const { trace } = await simulate(seed, { traced: true })
  const [first] = violations
  return [
    `seed ${seed} (${profile.name}): ${violations.length} violations`,
    ...violations
      .slice(0, 10)
      .map(({ invariant, incidentId, detail }) => `  ${invariant}: ${incidentId ?? '-'} ${detail}`),
    `again: SEED=${seed} npx vitest run test/simulation/seeds`,
    trace?.last(TRACED_LINES, first?.incidentId ?? null) ?? '',
  ].join('\n')
}

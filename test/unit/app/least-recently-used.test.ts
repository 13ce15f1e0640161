import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LeastRecentlyUsed } from '../../../shared/app/least-recently-used.ts'

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f']
const step = fc.oneof(
  fc.record({ does: fc.constant('get' as const), key: fc.constantFrom(...KEYS) }),
  fc.record({
    does: fc.constant('set' as const),
    key: fc.constantFrom(...KEYS),
    weight: fc.integer({ min: 0, max: 12 }),
  }),
)

/** The same, with a list: the last used last. */
function model(used: readonly (readonly [string, number])[]): readonly (readonly [string, number])[] {
  const weight = used.reduce((sum, [, one]) => sum + one, 0)
  return used.length > 3 || weight > 10 ? model(used.slice(1)) : used
}

describe('what was used last', () => {
  it('is kept, up to a number and a sum of weights, and nothing else is', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const kept = new LeastRecentlyUsed<number>({ entries: 3, weight: 10 })
        let expected: readonly (readonly [string, number])[] = []
        for (const [place, one] of steps.entries()) {
          const before = expected.find(([key]) => key === one.key)
          const others = expected.filter(([key]) => key !== one.key)
          if (one.does === 'set') {
            kept.set(one.key, one.weight, one.weight)
            expected = one.weight > 10 ? others : model([...others, [one.key, one.weight]])
          } else {
            expect(kept.get(one.key), `step ${place}`).toBe(before?.[1])
            expected = before === undefined ? expected : [...others, before]
          }
        }
        for (const key of KEYS) expect(kept.get(key)).toBe(expected.find(([name]) => name === key)?.[1])
      }),
      { numRuns: 500 },
    )
  })
})

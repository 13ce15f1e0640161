import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../../shared/app/rows/commit-row.ts'
import { inKeyOrder, UNSURE } from '../../../../shared/app/rows/key-order.ts'
import { PermanentFault } from '../../../../shared/ports/faults.ts'

const key = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'toJSON', '10', '9', '09', '-1', 'a', 'B', 'é', '\uffee', '😀', ''),
)
const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null))
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.constantFrom(undefined, '\ud800', '\\ud800', 'a\udc00b', -0, Number.NaN, Number.POSITIVE_INFINITY),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6 }),
  ),
}))

function outcome(write: () => string | undefined): string {
  try {
    return write() ?? 'nothing'
  } catch {
    return 'refused'
  }
}

describe('canonical text', () => {
  it('is to the byte what the reference writes, and is refused where it refuses', () => {
    fc.assert(
      fc.property(value, (one) => {
        const expected = outcome(() => canonicalize(one))
        expect(outcome(() => canonicalJson(one))).toBe(expected === 'nothing' ? 'refused' : expected)
      }),
      { numRuns: 3000 },
    )
  })

  it.each<[string, unknown]>([
    ['a date', { at: new Date(0) }],
    ['keys that are whole numbers', { b: 1, 10: 2, 9: 3 }],
    ['a map', { map: new Map([[1, 2]]) }],
    ['a nothing in a list', { b: [undefined, 1], a: 2 }],
    ['a key that sets a prototype', JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}')],
    ['an escape that is only spelt out', { b: '\\ud800', a: 1 }],
  ])('of %s too', (_, one) => {
    expect(canonicalJson(one)).toBe(canonicalize(one))
  })

  it('of nothing, of a circle and of half a character is refused', () => {
    const circle: Record<string, unknown> = { b: 1, a: 2 }
    circle.self = circle
    expect(() => canonicalJson(undefined)).toThrow(PermanentFault)
    expect(() => canonicalJson(circle)).toThrow('Circular')
    expect(() => canonicalJson({ b: '\ud800', a: 1 })).toThrow('surrogate')
  })
})

describe('the order of keys', () => {
  it('copies nothing that is in order, and alters nothing that is not', () => {
    const sorted = { a: [{ b: 1, c: 2 }], d: 'x' }
    expect(inKeyOrder(sorted)).toBe(sorted)
    const inside = Object.freeze({ a: 1, z: Object.freeze({ d: 1, c: 2 }) })
    expect(JSON.stringify(inKeyOrder(inside))).toBe('{"a":1,"z":{"c":2,"d":1}}')
    const given = Object.freeze({ z: Object.freeze([1, Object.freeze({ d: 1, c: 2 })]), a: sorted })
    expect(JSON.stringify(inKeyOrder(given))).toBe('{"a":{"a":[{"b":1,"c":2}],"d":"x"},"z":[1,{"c":2,"d":1}]}')
  })

  it('is unsure of what is no plain JSON', () => {
    for (const one of [new Date(0), () => 1, 1n, Number.NaN, [Symbol('x')]]) expect(inKeyOrder(one)).toBe(UNSURE)
  })
})

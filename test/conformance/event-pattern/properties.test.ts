import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isObject, type JsonObject } from '../json-object.ts'
import { matches, validatePattern } from './matches.ts'
import { event, pattern, patternOfLeaves, withFields } from './random-events.ts'

const RUNS = { numRuns: 1_000 }
const unknownFields = fc.dictionary(fc.constantFrom('zz', 'b-2', '1'), fc.oneof(event, fc.array(event), fc.string()))

test("a pattern made of an event's own leaves matches it", () => {
  fc.assert(
    fc.property(event, fc.nat({ max: 5 }), (given, nth) => {
      const own = patternOfLeaves(given, nth)
      fc.pre(own !== null)
      expect(matches(own, given)).toBe(true)
    }),
    RUNS,
  )
})

test('fields that a pattern does not name never change the result', () => {
  fc.assert(
    fc.property(event, pattern, unknownFields, (given, asked, extra) => {
      expect(matches(asked, withFields(given, extra))).toBe(matches(asked, given))
    }),
    RUNS,
  )
})

test('an alternative more, or a field less, never takes a match away', () => {
  fc.assert(
    fc.property(event, pattern, fc.constantFrom('a', 'b', 'c'), (given, asked, name) => {
      fc.pre(matches(asked, given))
      const { [name]: left, ...fewer } = asked
      if (Object.keys(fewer).length > 0) expect(matches(fewer, given)).toBe(true)
      if (Array.isArray(left)) expect(matches({ ...asked, [name]: [...left, 'more'] }, given)).toBe(true)
    }),
    RUNS,
  )
})

test('$or is the "or" of its patterns, whichever stands first', () => {
  fc.assert(
    fc.property(event, pattern, pattern, (given, one, other) => {
      const either = matches(one, given) || matches(other, given)
      expect(matches({ $or: [one, other] }, given)).toBe(either)
      expect(matches({ $or: [other, one] }, given)).toBe(either)
    }),
    RUNS,
  )
})

test('without lists it is the plain comparison, field by field', () => {
  fc.assert(
    fc.property(event, pattern, (given, asked) => {
      const plain = withoutLists(given)
      expect(matches(asked, plain)).toBe(matchesPlainly(asked, plain))
    }),
    RUNS,
  )
})

test('only what is refused is thrown at', () => {
  const somePattern = fc.oneof(pattern, fc.jsonValue({ maxDepth: 4 }), fc.record({ a: fc.array(fc.jsonValue()) }))
  fc.assert(
    fc.property(somePattern, event, (asked, given) => {
      const isPattern = validatePattern(asked).length === 0
      if (isPattern) expect(typeof matches(asked, given)).toBe('boolean')
      else expect(() => matches(asked, given)).toThrow('no event pattern')
    }),
    RUNS,
  )
})

function withoutLists(value: JsonObject): JsonObject {
  const entries = Object.entries(value).filter(([, inner]) => !Array.isArray(inner))
  return Object.fromEntries(entries.map(([name, inner]) => [name, isObject(inner) ? withoutLists(inner) : inner]))
}

function matchesPlainly(asked: JsonObject, given: unknown): boolean {
  return Object.entries(asked).every(([name, wanted]) => {
    const value = isObject(given) ? given[name] : undefined
    if (isObject(wanted)) return matchesPlainly(wanted, value)
    return matches({ value: wanted }, isObject(value) || value === undefined ? {} : { value })
  })
}

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import {
  camelKeys,
  exactPart,
  isRecord,
  list,
  lowerFirst,
  optionalInstant,
  optionalText,
  part,
} from '../../../shared/sources/tolerant-schema.ts'

const shape = () => ({
  id: optionalText(8),
  at: optionalInstant,
  names: list(optionalText(8), 2),
  inner: part({ id: optionalText(8), ids: list(optionalText(8), 2) }),
})
const keys = fc.oneof(
  fc.constantFrom('id', 'Id', 'at', 'names', 'Names', 'inner', 'Inner', 'ids', 'Éa', '_a', '1'),
  fc.string(),
)
const json = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(keys, fc.oneof(fc.dictionary(keys, fc.jsonValue()), fc.jsonValue())),
)

describe('an absent part', () => {
  const schema = part(shape())

  test.each([undefined, null, 7, 'text', [[]]])('of %j reads as an empty object', (value) => {
    expect(z.parse(schema, value)).toStrictEqual({ names: [], inner: { ids: [] } })
    expect(JSON.stringify(z.parse(schema, value))).toBe(JSON.stringify(z.parse(schema, {})))
    expect(JSON.stringify(z.parse(exactPart(shape()), value))).toBe(JSON.stringify(z.parse(exactPart(shape()), {})))
  })

  test('is shared, so nobody can change it', () => {
    const empty = z.parse(schema, undefined)
    expect(z.parse(schema, null)).toBe(empty)
    expect(() => empty.names.push('a')).toThrow(TypeError)
    expect(() => Object.assign(empty.inner, { id: 'a' })).toThrow(TypeError)
  })

  test('is read not before it is needed, and once', () => {
    let reads = 0
    const counted = part({ id: z.transform(() => ++reads) })
    expect(reads).toBe(0)
    z.parse(list(counted, 3), [null, undefined, 1])
    expect(reads).toBe(1)
  })
})

test('a part reads as an object of its keys in camel case', () => {
  const [schema, exact, object] = [part(shape()), exactPart(shape()), z.object(shape())]
  fc.assert(
    fc.property(json, (value) => {
      expect(z.parse(schema, value)).toStrictEqual(z.parse(object, isRecord(value) ? rebuilt(value) : {}))
      expect(z.parse(exact, value)).toStrictEqual(z.parse(object, isRecord(value) ? value : {}))
    }),
  )
})

describe('camelKeys', () => {
  test('writes keys in camel case, in their order; a key that is so already wins', () => {
    expect(Object.entries(camelKeys({ Id: 1, b: 2, id: 3, AB: 4, É: 5 }))).toEqual([
      ['id', 3],
      ['b', 2],
      ['aB', 4],
      ['é', 5],
    ])
  })

  test('builds nothing where all keys are so already', () => {
    const value = { id: 1, aRN: 2, _: 3, 4: 5 }
    expect(camelKeys(value)).toBe(value)
  })

  test('gives the same entries, built anew or not', () => {
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), (value) => {
        expect(JSON.stringify(camelKeys(value))).toBe(JSON.stringify(rebuilt(value)))
      }),
    )
  })
})

function rebuilt(value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value)
  const lowered = entries.map(([key, member]) => [lowerFirst(key), member] as const)
  return Object.fromEntries([...lowered, ...entries.filter(([key]) => key === lowerFirst(key))])
}

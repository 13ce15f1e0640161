import * as fc from 'fast-check'
import { isObject, type JsonObject } from '../json-object.ts'

const NAMES = ['a', 'b', 'c']
const leaf = fc.constantFrom<unknown>('x', 'xy', 'Y', '', '10.0.0.1', 0, 1, -2.5, 12, true, false, null)

/** Events with few names and values, so that random patterns meet them. */
export const { event } = fc.letrec<{ event: JsonObject; value: unknown }>((tie) => ({
  event: fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 3 }),
  value: fc.oneof({ maxDepth: 3 }, leaf, tie('event'), fc.array(tie('value'), { maxLength: 3 })),
}))

const alternative = fc.oneof(
  leaf,
  fc.constantFrom<unknown>(
    { exists: true },
    { exists: false },
    { prefix: 'x' },
    { prefix: { 'equals-ignore-case': 'X' } },
    { suffix: 'y' },
    { 'equals-ignore-case': 'y' },
    { wildcard: 'x*' },
    { 'anything-but': 'x' },
    { 'anything-but': [0, 1] },
    { 'anything-but': { wildcard: '*y' } },
    { numeric: ['>', 0, '<=', 12] },
    { numeric: ['<', 0] },
    { cidr: '10.0.0.0/8' },
  ),
)
const alternatives = fc.array(alternative, { minLength: 1, maxLength: 2 })

/** Patterns over the same names, without `$or`. */
export const { pattern } = fc.letrec<{ pattern: JsonObject; field: unknown }>((tie) => ({
  pattern: fc.dictionary(fc.constantFrom(...NAMES), tie('field'), { minKeys: 1, maxKeys: 3 }),
  field: fc.oneof({ maxDepth: 2 }, alternatives, tie('pattern')),
}))

/** The pattern that names every leaf of an event; of a list, one element (the nth, counted around). Null without leaves. */
export function patternOfLeaves(value: unknown, nth: number): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : patternOfLeaves(value[nth % value.length], nth)
  if (!isObject(value)) return [value]
  const entries = Object.entries(value).map(([name, inner]) => [name, patternOfLeaves(inner, nth)] as const)
  const named = entries.filter(([, inner]) => inner !== null)
  return named.length === 0 ? null : Object.fromEntries(named)
}

/** The same value with these fields in every object of it. */
export function withFields(value: unknown, extra: JsonObject): unknown {
  if (Array.isArray(value)) return value.map((element) => withFields(element, extra))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([name, inner]) => [name, withFields(inner, extra)] as const)
  return { ...extra, ...Object.fromEntries(entries) }
}

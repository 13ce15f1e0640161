import { isObject, type JsonObject } from '../json-object.ts'
import { COMPARABLE, isComparable } from './numeric.ts'
import { readEqualsIgnoreCase, readPrefix, readSuffix, readWildcard } from './text-operators.ts'
import type { ReadOperand, ValueTest } from './value-test.ts'

const EXCLUDABLE: ReadonlyMap<string, ReadOperand> = new Map([
  ['prefix', readPrefix],
  ['suffix', readSuffix],
  ['equals-ignore-case', readEqualsIgnoreCase],
  ['wildcard', readWildcard],
])

/**
 * A string, a number, a list of either, or one of the operators above with a string or a list of them. Matches every
 * other value, of whatever type; a field that is missing has no value.
 */
export const readAnythingBut: ReadOperand = (operand) => {
  if (isObject(operand)) return readExcludedTexts(operand)
  const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand]
  const values = new Set(excluded)
  const texts = excluded.every((value) => typeof value === 'string')
  if (values.size === 0 || !(texts || excluded.every(isComparable))) {
    return `"anything-but" takes strings, or numbers (each ${COMPARABLE}), not both, or an operator`
  }
  return (value) => !values.has(value)
}

function readExcludedTexts(operand: JsonObject): ValueTest | string {
  const [[name, inner] = [], ...more] = Object.entries(operand)
  const read = EXCLUDABLE.get(name ?? '')
  if (!read || more.length > 0) return `"anything-but" takes one operator of ${[...EXCLUDABLE.keys()].join(', ')}`
  const texts: readonly unknown[] = Array.isArray(inner) ? inner : [inner]
  const emptyEnd = (name === 'prefix' || name === 'suffix') && texts.includes('')
  if (texts.length === 0 || emptyEnd || texts.some((text) => typeof text !== 'string')) {
    return `"anything-but" takes "${name}" with a string or a list of them, a prefix or suffix not empty`
  }
  const tests = texts.map(read)
  const refusal = tests.find((test) => typeof test === 'string')
  if (refusal !== undefined) return refusal
  return (value) => !tests.some((test) => typeof test === 'function' && test(value))
}

import { addressBlock } from '../address-block.ts'
import { isObject } from '../json-object.ts'
import { readAnythingBut } from './anything-but.ts'
import { isLeaf } from './event-fields.ts'
import { readNumeric } from './numeric.ts'
import { readEqualsIgnoreCase, readPrefix, readSuffix, readWildcard } from './text-operators.ts'
import type { ReadOperand, ValueTest } from './value-test.ts'

/** The one alternative that holds where there is no value. */
export const ABSENT = Symbol('absent')

const readCidr: ReadOperand = (operand) => {
  const block = typeof operand === 'string' && operand.includes('/') ? addressBlock(operand) : null
  if (block === null || block.prefixLength >= block.width)
    return '"cidr" takes an address with a prefix below its width'
  return (value) => typeof value === 'string' && block.has(value)
}

const OPERATORS: ReadonlyMap<string, ReadOperand> = new Map([
  ['prefix', readPrefix],
  ['suffix', readSuffix],
  ['equals-ignore-case', readEqualsIgnoreCase],
  ['wildcard', readWildcard],
  ['anything-but', readAnythingBut],
  ['numeric', readNumeric],
  ['cidr', readCidr],
])

/** Names that AWS keeps for operators, present and future: a field inside `$or` cannot be called so. (Event Ruler) */
export const RESERVED_INSIDE_OR: readonly string[] = [
  ...[...OPERATORS.keys(), 'exists', 'exactly', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['=', '<', '<=', '>', '>=', 'date-after', 'date-on-or-after', 'date-before', 'date-on-or-before'],
  ...['in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
]

/** One element of a field's list: its test, `ABSENT`, or in words what is wrong with it. */
export function readAlternative(alternative: unknown): ValueTest | typeof ABSENT | string {
  if (isLeaf(alternative)) return (value) => value === alternative
  if (!isObject(alternative)) return 'a string, a number, true, false, null or an operator belongs here'
  const [[name, operand] = [], ...more] = Object.entries(alternative)
  if (name === undefined || more.length > 0) return 'an operator has exactly one name'
  if (name === 'exists') return readExists(operand)
  return OPERATORS.get(name)?.(operand) ?? `there is no operator "${name}"`
}

function readExists(operand: unknown): ValueTest | typeof ABSENT | string {
  if (typeof operand !== 'boolean') return '"exists" takes true or false'
  return operand ? () => true : ABSENT
}

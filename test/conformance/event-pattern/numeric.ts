import type { ReadOperand, ValueTest } from './value-test.ts'

/** AWS: "between -5.0e9 and +5.0e9 inclusive, with … six digits to the right of the decimal point". */
const BOUND = 5e9
const DECIMALS = 6
export const COMPARABLE = `a number from -${BOUND} to ${BOUND} with at most ${DECIMALS} decimals`

const COMPARISONS: ReadonlyMap<unknown, (value: number, bound: number) => boolean> = new Map([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
])

export function isComparable(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= BOUND && Number(value.toFixed(DECIMALS)) === value
}

/** `["=", 5]`, or a range, its lower end first: `[">", 0, "<=", 5]`. Numbers out of bounds match nothing. */
export const readNumeric: ReadOperand = (operand) => {
  if (!Array.isArray(operand)) return '"numeric" takes a list'
  const [operator, bound, upperOperator, upperBound] = operand
  const first = readComparison(operator, bound)
  if (operand.length === 2 || typeof first === 'string') return first
  if (operator !== '>' && operator !== '>=') return `"numeric" takes nothing after "${operator}" and its number`
  if (upperOperator !== '<' && upperOperator !== '<=') return '"numeric" takes "<" or "<=" for the upper end of a range'
  const second = readComparison(upperOperator, upperBound)
  if (typeof second === 'string') return second
  if (operand.length > 4) return '"numeric" takes two comparisons at most'
  if (bound >= upperBound) return '"numeric" takes a range whose lower end is below its upper end'
  return (value) => first(value) && second(value)
}

function readComparison(operator: unknown, bound: unknown): ValueTest | string {
  const compare = COMPARISONS.get(operator)
  if (!compare) return '"numeric" takes one of = < <= > >= before a number'
  if (!isComparable(bound)) return `"numeric" takes ${COMPARABLE}`
  return (value) => isComparable(value) && compare(value, bound)
}

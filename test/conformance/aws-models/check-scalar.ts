import { javaPattern } from './java-pattern.ts'
import type { Ref, Shape } from './model.ts'
import { type Place, shown, type Violation, violation } from './violation.ts'

const INTEGER_END = 2 ** 31
const LONG_END = 2 ** 63
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/
const NOT_NUMBERS = ['NaN', 'Infinity', '-Infinity']

export function checkBoolean(place: Place, value: unknown): Violation[] {
  return typeof value === 'boolean' ? [] : wrongType(place, value, 'true or false')
}

export function checkString(place: Place, shape: Shape, value: unknown): Violation[] {
  if (typeof value !== 'string') return wrongType(place, value, 'a string')
  return [
    ...checkLength(place, shape, [...value].length, 'characters'),
    ...checkPattern(place, shape, value),
    ...checkEnum(place, shape, value),
  ]
}

function checkPattern(place: Place, { pattern }: Shape, value: string): Violation[] {
  if (pattern === undefined) return []
  const matches = javaPattern(pattern)
  if (matches === null) return [violation(place, 'unreadable-pattern', pattern, 'a pattern that can be read here')]
  return matches(value) ? [] : [violation(place, 'pattern', shown(value), pattern)]
}

function checkEnum(place: Place, shape: Shape, value: string): Violation[] {
  if (shape.enum === undefined || shape.enum.includes(value)) return []
  return [violation(place, 'enum', shown(value), `one of ${shape.enum.join(', ')}`)]
}

/** A whole number of 32 bits (`integer`) or 64 (`long`), or any (`float`, `double`). */
export function checkNumber(place: Place, shape: Shape, value: unknown): Violation[] {
  const whole = shape.type === 'integer' || shape.type === 'long'
  if (!whole && typeof value === 'string' && NOT_NUMBERS.includes(value)) return []
  if (typeof value !== 'number') return wrongType(place, value, 'a number')
  if (!whole) return checkRange(place, shape, value)
  const end = shape.type === 'integer' ? INTEGER_END : LONG_END
  if (!Number.isInteger(value) || value < -end || value >= end) {
    return wrongType(place, value, `a whole number of ${shape.type === 'integer' ? 32 : 64} bits`)
  }
  return checkRange(place, shape, value)
}

function checkRange(place: Place, shape: Shape, value: number): Violation[] {
  return isWithin(shape, value) ? [] : [violation(place, 'range', shown(value), span(shape))]
}

/** Base64 in a JSON body or a form; bytes when it is the whole body. */
export function checkBlob(place: Place, shape: Shape, value: unknown): Violation[] {
  if (value instanceof Uint8Array) return checkLength(place, shape, value.length, 'bytes')
  if (typeof value !== 'string' || !BASE64.test(value)) return wrongType(place, value, 'base64')
  return checkLength(place, shape, Buffer.from(value, 'base64').length, 'bytes')
}

export function checkTimestamp(place: Place, ref: Ref, shape: Shape, value: unknown): Violation[] {
  const format = ref.timestampFormat ?? shape.timestampFormat ?? place.timestamps
  if (format === 'unixTimestamp') {
    return typeof value === 'number' ? [] : wrongType(place, value, 'a number of seconds since 1970')
  }
  const readable = typeof value === 'string' && !Number.isNaN(Date.parse(value))
  const written = format === 'iso8601' ? ISO_8601.test(String(value)) : / GMT$/.test(String(value))
  return readable && written ? [] : wrongType(place, value, `an instant as ${format}`)
}

export function checkLength(place: Place, shape: Shape, length: number, unit: string): Violation[] {
  return isWithin(shape, length) ? [] : [violation(place, 'length', `${length} ${unit}`, span(shape))]
}

export function wrongType(place: Place, value: unknown, expected: string): Violation[] {
  return [violation(place, 'type', shown(value), expected)]
}

function isWithin({ min = -Infinity, max = Infinity }: Shape, size: number): boolean {
  return size >= min && size <= max
}

function span({ min, max }: Shape): string {
  const bounds = [min !== undefined && `at least ${min}`, max !== undefined && `at most ${max}`]
  return bounds.filter(Boolean).join(', ')
}

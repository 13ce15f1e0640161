/** The value is none of which the order of its text is sure: the slow way is to be taken. */
export const UNSURE: unique symbol = Symbol('unsure')

/** Deeper than anything that is stored; also where a circle ends. */
const DEEPEST = 64

/**
 * The same value with the keys of every object in order (by UTF-16 code units, as RFC 8785 says), so that plain
 * `JSON.stringify` writes it canonically, and reading that gives the same again. What is in order already, as what was
 * read from canonical text is, is not copied. `UNSURE` for anything but plain JSON, and where an object would not keep the order.
 */
export function inKeyOrder(value: unknown, depth = 0): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : UNSURE
  if (typeof value !== 'object' || depth > DEEPEST) return UNSURE
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return UNSURE
  if (Array.isArray(value)) return arrayInOrder(value, depth)
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return UNSURE
  return objectInOrder(value as Readonly<Record<string, unknown>>, depth)
}

function arrayInOrder(values: readonly unknown[], depth: number): unknown {
  let copy: unknown[] | null = null
  for (let index = 0; index < values.length; index += 1) {
    const ordered = inKeyOrder(values[index], depth + 1)
    if (ordered === UNSURE) return UNSURE
    if (copy === null && ordered !== values[index]) copy = values.slice(0, index)
    copy?.push(ordered)
  }
  return copy ?? values
}

function objectInOrder(object: Readonly<Record<string, unknown>>, depth: number): unknown {
  const keys = Object.keys(object)
  if (isSorted(keys)) return valuesInOrder(object, keys, depth)
  if (keys.some(isKeptElsewhere)) return UNSURE
  const copy: Record<string, unknown> = {}
  for (const key of keys.sort()) copy[key] = object[key]
  return valuesInOrder(copy, keys, depth)
}

function valuesInOrder(object: Readonly<Record<string, unknown>>, keys: readonly string[], depth: number): unknown {
  let copy: Record<string, unknown> | null = null
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string
    const value = object[key]
    // No text has what is undefined.
    const ordered = value === undefined ? undefined : inKeyOrder(value, depth + 1)
    if (ordered === UNSURE || key === '__proto__') return UNSURE
    if (copy === null && (ordered !== value || value === undefined)) copy = firstOf(object, keys, index)
    if (copy !== null && ordered !== undefined) copy[key] = ordered
  }
  return copy ?? object
}

function firstOf(object: Readonly<Record<string, unknown>>, keys: readonly string[], count: number) {
  const first: Record<string, unknown> = {}
  for (let index = 0; index < count; index += 1) first[keys[index] as string] = object[keys[index] as string]
  return first
}

function isSorted(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index - 1] as string) > (keys[index] as string)) return false
  }
  return true
}

/** Whole numbers come before all other keys of an object, in the order of numbers; a prototype is no key of a copy. */
function isKeptElsewhere(key: string): boolean {
  const first = key.charCodeAt(0)
  return (first >= 48 && first <= 57) || key === '__proto__'
}

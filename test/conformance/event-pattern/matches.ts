import { isObject } from '../json-object.ts'
import { type EventField, fieldsOf, type Places, together } from './event-fields.ts'
import { type Branch, type Requirement, readPattern } from './read-pattern.ts'

/**
 * What is wrong with a pattern, as `path: what`; empty when EventBridge would take it. Somewhat stricter than AWS: a
 * `$or` that is none (AWS would take it for a field's name) and a field named twice are wrong as well.
 *
 * Source: Amazon EventBridge User Guide, "Comparison operators for use in event patterns", and AWS Event Ruler.
 */
export function validatePattern(pattern: unknown): readonly string[] {
  return readPattern(pattern).errors
}

/**
 * Whether a rule with this pattern would pass the event on.
 * @throws on a pattern that EventBridge would refuse, and on an event that is no object.
 */
export function matches(pattern: unknown, event: unknown): boolean {
  const { branches, errors } = readPattern(pattern)
  if (errors.length > 0) throw new Error(`no event pattern: ${errors.join('; ')}`)
  if (!isObject(event)) throw new Error('an event is an object')
  const fields = fieldsOf(event)
  return branches.some((branch) => holds(branch.toSorted(byPath), fields, new Map()))
}

/** All requirements, by fields of which no two lie in different elements of the same list. */
function holds([first, ...rest]: Branch, fields: readonly EventField[], places: Places): boolean {
  if (!first) return true
  return placesAfter(first, fields, places).some((after) => holds(rest, fields, after))
}

function placesAfter({ path, tests, absent }: Requirement, fields: readonly EventField[], places: Places): Places[] {
  const candidates = fields.filter((field) => field.path === path && together(places, field.places))
  if (candidates.length === 0) return absent ? [places] : []
  return candidates
    .filter(({ value }) => tests.some((test) => test(value)))
    .map((field) => together(places, field.places))
    .filter((after) => after !== null)
}

/** AWS takes fields by name. It matters to `exists: false`, which looks only at elements that are still possible. */
function byPath(one: Requirement, other: Requirement): number {
  if (one.path === other.path) return 0
  return one.path < other.path ? -1 : 1
}

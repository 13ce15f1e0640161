import { isObject, type JsonObject } from '../json-object.ts'

export type Leaf = string | number | boolean | null

/** One leaf of an event: a pattern sees nothing else of it. */
export interface EventField {
  /** The names on the way, joined by dots. Lists leave no trace in it. */
  readonly path: string
  readonly value: Leaf
  readonly places: Places
}

/** In which element of which list a leaf lies (lists are numbered as they are met). A leaf right in a list lies in none. */
export type Places = ReadonlyMap<number, number>

/**
 * Flattens an event as EventBridge does (AWS Event Ruler, "JSON Array Matching"): `{"a": [{"b": 1}, {"b": 2}]}` has the
 * field `a.b` twice. Empty objects and lists have no fields.
 */
export function fieldsOf(event: JsonObject): readonly EventField[] {
  const fields: EventField[] = []
  let lists = 0

  function visit(names: readonly string[], value: unknown, places: Places): void {
    if (Array.isArray(value)) visitList(names, value, places)
    else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) visit([...names, name], inner, places)
    } else if (isLeaf(value)) fields.push({ path: names.join('.'), value, places })
  }

  function visitList(names: readonly string[], elements: readonly unknown[], places: Places): void {
    const list = lists++
    for (const [index, element] of elements.entries()) {
      visit(names, element, isLeaf(element) ? places : new Map([...places, [list, index]]))
    }
  }

  visit([], event, new Map())
  return fields
}

export function isLeaf(value: unknown): value is Leaf {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/** Both together, or null when they lie in different elements of one list. */
export function together(some: Places, others: Places): Places | null {
  for (const [list, index] of others) {
    if ((some.get(list) ?? index) !== index) return null
  }
  return new Map([...some, ...others])
}

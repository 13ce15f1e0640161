import {
  checkBlob,
  checkBoolean,
  checkLength,
  checkNumber,
  checkString,
  checkTimestamp,
  wrongType,
} from './check-scalar.ts'
import { type Ref, type Shape, shapeOf } from './model.ts'
import { inElement, inMember, type Place, type Violation, violation } from './violation.ts'

/** The members that were given, by the model's names, and the names that the model does not have. */
export interface Members {
  readonly values: Readonly<Record<string, unknown>>
  readonly unknown: readonly string[]
}

const LOCATION_TIMESTAMPS = { header: 'rfc822', headers: 'rfc822', uri: 'iso8601', querystring: 'iso8601' } as const

/** Whether the given members are those of the structure, and each is what it should be. */
export function checkMembers(place: Place, shape: Shape, { values, unknown }: Members): Violation[] {
  const names = Object.keys(shape.members ?? {})
  const given = names.filter((name) => values[name] !== undefined)
  const missing = (shape.required ?? []).filter((name) => !given.includes(name))
  return [
    ...unknown.map((name) =>
      violation(inMember(place, name), 'unknown-member', name, names.length === 0 ? 'no member' : names.join(', ')),
    ),
    ...missing.map((name) => violation(inMember(place, name), 'required', 'nothing', 'a value')),
    ...(shape.union && given.length !== 1
      ? [violation(place, 'union', given.join(', ') || 'nothing', `exactly one of ${names.join(', ')}`)]
      : []),
    ...given.flatMap((name) => checkMember(place, name, shape.members?.[name], values[name])),
  ]
}

function checkMember(place: Place, name: string, ref: Ref | undefined, value: unknown): Violation[] {
  if (ref === undefined) return []
  const written = LOCATION_TIMESTAMPS[(ref.location ?? '') as keyof typeof LOCATION_TIMESTAMPS]
  return checkValue({ ...inMember(place, name), timestamps: written ?? place.timestamps }, ref, value)
}

function checkValue(place: Place, ref: Ref, value: unknown): Violation[] {
  const shape = shapeOf(place.model, ref)
  if (ref.jsonvalue) return []
  switch (shape.type) {
    case 'structure':
      return checkStructure(place, shape, value)
    case 'list':
      return checkList(place, shape, value)
    case 'map':
      return checkMap(place, shape, value)
    case 'string':
      return checkString(place, shape, value)
    case 'boolean':
      return checkBoolean(place, value)
    case 'blob':
      return checkBlob(place, shape, value)
    case 'timestamp':
      return checkTimestamp(place, ref, shape, value)
    default:
      return checkNumber(place, shape, value)
  }
}

function checkStructure(place: Place, shape: Shape, value: unknown): Violation[] {
  if (shape.document) return []
  return isObject(value) ? checkMembers(place, shape, membersOf(shape, value)) : wrongType(place, value, 'an object')
}

function checkList(place: Place, shape: Shape, value: unknown): Violation[] {
  if (!Array.isArray(value)) return wrongType(place, value, 'a list')
  return [
    ...checkLength(place, shape, value.length, 'elements'),
    ...value.flatMap((element, index) => checkElement(inElement(place, index), shape, shape.member, element)),
  ]
}

function checkMap(place: Place, shape: Shape, value: unknown): Violation[] {
  if (!isObject(value)) return wrongType(place, value, 'an object')
  return [
    ...checkLength(place, shape, Object.keys(value).length, 'entries'),
    ...Object.entries(value).flatMap(([key, element]) => [
      ...checkElement(inElement(place, key), shape, shape.key, key),
      ...checkElement(inElement(place, key), shape, shape.value, element),
    ]),
  ]
}

function checkElement(place: Place, { sparse }: Shape, ref: Ref | undefined, element: unknown): Violation[] {
  if (ref === undefined || (sparse && element === null)) return []
  return checkValue(place, ref, element)
}

/** Sorts an object of a JSON body by the structure's members; null says that a member is not given. */
export function membersOf(shape: Shape, body: Readonly<Record<string, unknown>>): Members {
  const members = Object.entries(shape.members ?? {}).filter(([, { location }]) => location === undefined)
  const onWire = new Map(members.map(([name, { locationName }]) => [locationName ?? name, name]))
  const given = Object.entries(body).filter(([, value]) => value !== null)
  const values: Record<string, unknown> = {}
  const unknown: string[] = []
  for (const [key, value] of given) {
    const name = onWire.get(key)
    if (name === undefined) unknown.push(key)
    else values[name] = value
  }
  return { values, unknown }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

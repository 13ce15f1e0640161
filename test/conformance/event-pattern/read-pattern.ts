import { isObject, type JsonObject } from '../json-object.ts'
import { ABSENT, RESERVED_INSIDE_OR, readAlternative } from './read-alternative.ts'
import type { ValueTest } from './value-test.ts'

/** What a pattern asks of one field: any of the tests, or that it is absent. */
export interface Requirement {
  readonly path: string
  readonly tests: readonly ValueTest[]
  readonly absent: boolean
}

/** Requirements that must hold together. `$or` makes several branches; one that holds is enough. */
export type Branch = readonly Requirement[]

export interface ReadPattern {
  readonly branches: readonly Branch[]
  /** `detail.state[0]: what is wrong`. */
  readonly errors: readonly string[]
}

interface Place {
  /** The names of the fields on the way. */
  readonly names: readonly string[]
  /** The way as it is written, for errors. */
  readonly at: string
  readonly insideOr: boolean
}

/** AWS: a pattern "may return an error if … $or conditions lead to over 1000 rule combinations". */
const MOST_COMBINATIONS = 1_000
/** AWS's quota for the size of an event pattern, in characters, unless it was raised. */
const MOST_CHARACTERS = 2_048

export function readPattern(pattern: unknown): ReadPattern {
  if (!isObject(pattern)) return { branches: [], errors: ['a pattern is an object'] }
  const size = JSON.stringify(pattern).length
  if (size > MOST_CHARACTERS) return { branches: [], errors: [`${size} characters, at most ${MOST_CHARACTERS}`] }
  const combinations = combinationsOf(pattern)
  if (combinations > MOST_COMBINATIONS) {
    return { branches: [], errors: [`${combinations} combinations of $or, at most ${MOST_COMBINATIONS}`] }
  }
  const errors: string[] = []
  const branches = readObject(pattern, { names: [], at: '', insideOr: false }, errors)
  const repeated = new Set(branches.flatMap(repeatedPaths))
  return { branches, errors: [...errors, ...[...repeated].map((path) => `${path}: stands in the pattern twice`)] }
}

/** "Multiply the total number of arguments from each $or array in the event pattern." */
function combinationsOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((product: number, element) => product * combinationsOf(element), 1)
  if (!isObject(value)) return 1
  return Object.entries(value).reduce((product, [name, inner]) => {
    const own = name === '$or' && Array.isArray(inner) ? Math.max(inner.length, 1) : 1
    return product * own * combinationsOf(inner)
  }, 1)
}

function readObject(object: JsonObject, place: Place, errors: string[]): readonly Branch[] {
  const entries = Object.entries(object)
  if (entries.length === 0) errors.push(`${place.at || 'the pattern'}: an object names at least one field`)
  return entries.reduce<readonly Branch[]>(
    (branches, [name, value]) => {
      const more = name === '$or' ? readOr(value, place, errors) : readField(name, value, place, errors)
      return branches.flatMap((branch) => more.map((requirements) => [...branch, ...requirements]))
    },
    [[]],
  )
}

function readField(name: string, value: unknown, place: Place, errors: string[]): readonly Branch[] {
  const inner = { ...place, names: [...place.names, name], at: place.at === '' ? name : `${place.at}.${name}` }
  if (place.insideOr && RESERVED_INSIDE_OR.includes(name)) {
    errors.push(`${inner.at}: no field inside $or can have the name of an operator`)
  }
  if (isObject(value)) return readObject(value, inner, errors)
  if (Array.isArray(value)) return [[readAlternatives(value, inner, errors)]]
  errors.push(`${inner.at}: a list of alternatives or an object belongs here`)
  return []
}

function readOr(members: unknown, place: Place, errors: string[]): readonly Branch[] {
  const at = place.at === '' ? '$or' : `${place.at}.$or`
  if (!Array.isArray(members) || members.length < 2 || !members.every(isObject)) {
    errors.push(`${at}: takes a list of at least two objects`)
    return []
  }
  return members.flatMap((member, index) =>
    readObject(member, { ...place, at: `${at}[${index}]`, insideOr: true }, errors),
  )
}

function readAlternatives(alternatives: readonly unknown[], place: Place, errors: string[]): Requirement {
  if (alternatives.length === 0) errors.push(`${place.at}: names at least one alternative`)
  const read = alternatives.map(readAlternative)
  for (const [index, one] of read.entries()) {
    if (typeof one === 'string') errors.push(`${place.at}[${index}]: ${one}`)
  }
  return {
    path: place.names.join('.'),
    tests: read.filter((one) => typeof one === 'function'),
    absent: read.includes(ABSENT),
  }
}

/** AWS lets the last one win in silence, so that the first would be lost. */
function repeatedPaths(branch: Branch): readonly string[] {
  const paths = branch.map(({ path }) => path)
  return paths.filter((path, index) => paths.indexOf(path) < index)
}

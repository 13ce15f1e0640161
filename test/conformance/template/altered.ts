import type { Template } from './template.ts'

/** An object or a list of the copy, to be written to. */
type Container = Record<string, unknown>

/** What a value is altered to: a value, nothing, or what becomes of the one that is there. */
export type Alteration = string | number | boolean | object | undefined | ((before: unknown) => unknown)

/**
 * A copy of the template with one thing in it altered, added, or taken away. The way begins with a logical id; elements
 * of a list are named by index, or by their Sid or Id: `GuardDutyRule/Properties/Targets/findings/Arn`.
 * @throws where the way leads nowhere, or nothing is altered.
 */
export function altered(template: Template, way: string, alteration: Alteration): Template {
  const copy = structuredClone(template)
  const segments = way.split('/')
  const last = segments.pop() ?? ''
  const parent = segments.reduce<Container>((value, segment) => child(value, segment, way), copy.Resources)
  const key = keyIn(parent, last)
  const after = typeof alteration === 'function' ? alteration(parent[key]) : alteration
  if (JSON.stringify(after) === JSON.stringify(parent[key])) throw new Error(`${way}: nothing is altered`)
  if (after !== undefined) parent[key] = after
  else if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
  return copy
}

function child(value: Container, segment: string, way: string): Container {
  const found = value[keyIn(value, segment)]
  if (typeof found !== 'object' || found === null) throw new Error(`${way}: there is no ${segment}`)
  return found as Container
}

function keyIn(value: Container, segment: string): string {
  if (!Array.isArray(value)) return segment
  const place = value.findIndex((element) => element?.Sid === segment || element?.Id === segment)
  return place < 0 ? segment : String(place)
}

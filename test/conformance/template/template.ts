import { partOf } from '../iam-policy/template-values.ts'
import { isObject, type JsonObject } from '../json-object.ts'

/** A CloudFormation template as JSON: short forms such as `!Ref` are written out. */
export interface Template {
  readonly Resources: Readonly<Record<string, JsonObject>>
  readonly Parameters: Readonly<Record<string, JsonObject>>
  readonly Conditions: Readonly<Record<string, unknown>>
}

/** One resource of a template; nothing in it is resolved. */
export interface Resource {
  readonly id: string
  readonly type: string
  /** The condition under which it is made; null: always. */
  readonly condition: string | null
  readonly body: JsonObject
  /** A property, or one inside it: `property('KeyPolicy', 'Statement')`; undefined where there is none. */
  property(...way: readonly string[]): unknown
}

/** What is wrong with a template, one line each: `FindingsQueue: has no dead letters`. */
export type Check = (template: Template) => readonly string[]

export function resourcesOf(template: Template, ...types: readonly string[]): readonly Resource[] {
  return Object.entries(template.Resources)
    .filter(([, body]) => types.includes(String(body.Type)))
    .map(([id, body]) => asResource(id, body))
}

/** Null where there is none of this logical id. */
export function resourceNamed(template: Template, id: string | null): Resource | null {
  const body = id === null ? undefined : template.Resources[id]
  return id === null || body === undefined ? null : asResource(id, body)
}

function asResource(id: string, body: JsonObject): Resource {
  const condition = typeof body.Condition === 'string' ? body.Condition : null
  return { id, type: String(body.Type), condition, body, property: (...way) => partOf(body, ['Properties', ...way]) }
}

/** The logical id that a `Ref` or `Fn::GetAtt` names; null for anything else. */
export function referenced(value: unknown): string | null {
  if (!isObject(value)) return null
  if (typeof value.Ref === 'string') return value.Ref
  const named = value['Fn::GetAtt']
  const [id] = Array.isArray(named) ? named : [typeof named === 'string' ? named.split('.')[0] : null]
  return typeof id === 'string' ? id : null
}

/** What may be a list or stand alone, as a list; nothing as an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** The fault, where it is one. */
export function faultIf(isWrong: boolean, fault: string): readonly string[] {
  return isWrong ? [fault] : []
}

/** A property of the only element of a list; undefined where there are none or several. */
export function partOfOnly(list: unknown, key: string): unknown {
  const elements = listOf(list)
  return elements.length === 1 ? partOf(elements[0], [key]) : undefined
}

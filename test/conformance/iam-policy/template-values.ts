import { isObject, type JsonObject } from '../json-object.ts'
import { type ResourceIdentity, resourceType } from './resource-identity.ts'

/** What a stack would know when it is created. */
export interface TemplateValues {
  /** `{ 'AWS::Region': 'eu-central-1', 'AWS::AccountId': …, 'AWS::Partition': …, 'AWS::URLSuffix': … }` */
  readonly pseudo: Readonly<Record<string, string>>
  /** By name; a parameter that is not here has its default. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Every condition that `Fn::If` asks for. */
  readonly conditions?: Readonly<Record<string, boolean>>
  /** By logical id: resources whose type is not known, or whose identity a test chooses. */
  readonly resources?: Readonly<Record<string, ResourceIdentity>>
}

/** What `AWS::NoValue` leaves behind: the property, or the element of a list, is not there. */
export const NO_VALUE = Symbol('no value')

export interface NamedValues {
  ref(name: string, at: string): unknown
  /** `Queue.Arn`; an attribute may have dots of its own. */
  attribute(text: string, at: string): string
}

/** Looks up what `Ref` and `Fn::GetAtt` name. Names of resources may have functions in them: `resolve` carries them out. */
export function namedValues(
  template: JsonObject,
  values: TemplateValues,
  resolve: (value: unknown, at: string) => unknown,
): NamedValues {
  const pending = new Set<string>()

  function pseudo(name: string, at: string): string {
    const value = own(values.pseudo, name)
    if (value === undefined) throw new Error(`${at}: ${name} has no value`)
    return value
  }

  function identityOf(logicalId: string, at: string): ResourceIdentity {
    const given = own(values.resources, logicalId)
    if (given) return given
    const resource = partOf(template, ['Resources', logicalId])
    if (!isObject(resource)) throw new Error(`${at}: there is no ${logicalId}`)
    if (pending.has(logicalId)) throw new Error(`${at}: ${logicalId} is named after itself`)
    const { nameProperty, identity } = resourceType(textOf(resource.Type, `${at}: ${logicalId}`), at)
    pending.add(logicalId)
    const name = nameProperty === null ? logicalId : propertyOf(logicalId, nameProperty, logicalId)
    const path = propertyOf(logicalId, 'Path', '/')
    pending.delete(logicalId)
    return identity({ name, path, pseudo: (pseudoName) => pseudo(`AWS::${pseudoName}`, at) })
  }

  function propertyOf(logicalId: string, name: string, otherwise: string): string {
    const way = ['Resources', logicalId, 'Properties', name]
    const value = resolve(partOf(template, way) ?? otherwise, way.join('.'))
    return value === NO_VALUE ? otherwise : textOf(value, way.join('.'))
  }

  return {
    ref(name, at) {
      if (name === 'AWS::NoValue') return NO_VALUE
      if (name.startsWith('AWS::')) return pseudo(name, at)
      const parameter = partOf(template, ['Parameters', name])
      if (!isObject(parameter)) return identityOf(name, at).ref
      const value = own(values.parameters, name) ?? parameter.Default
      if (value === undefined) throw new Error(`${at}: the parameter ${name} has no value`)
      return value
    },
    attribute(text, at) {
      const [, logicalId = '', attribute = ''] = /^([^.]+)\.(.+)$/.exec(text) ?? []
      const value = own(identityOf(logicalId, at).attributes, attribute)
      if (value === undefined) throw new Error(`${at}: ${text} is not known`)
      return value
    },
  }
}

export function partOf(template: unknown, way: readonly string[]): unknown {
  return way.reduce<unknown>((value, key) => {
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }, template)
}

/** What a table itself has, not what every object has. */
export function own<Value>(table: Readonly<Record<string, Value>> = {}, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

export function textOf(value: unknown, at: string): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') throw new Error(`${at}: takes a text`)
  return value
}

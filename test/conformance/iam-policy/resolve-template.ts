import { isObject, type JsonObject } from '../json-object.ts'
import { type NamedValues, NO_VALUE, namedValues, own, partOf, type TemplateValues, textOf } from './template-values.ts'

type Resolve = (value: unknown, at: string) => unknown
type Intrinsic = (operand: unknown, at: string) => unknown

/**
 * A part of a CloudFormation template (all of it, if none is named) with its intrinsic functions carried out: `Ref`,
 * `Fn::GetAtt`, `Fn::Sub`, `Fn::Join` and `Fn::If`.
 *
 * Source: CloudFormation Template Reference, "Intrinsic function reference".
 * @throws on any other function, and on whatever has no value, with the way to it: `Resources.Queue.Properties…`.
 */
export function resolveTemplate(template: unknown, values: TemplateValues, part: readonly string[] = []): unknown {
  if (!isObject(template)) throw new Error('a template is an object')
  const resolve: Resolve = (value, at) => {
    if (Array.isArray(value)) {
      return value.map((element, index) => resolve(element, `${at}[${index}]`)).filter((one) => one !== NO_VALUE)
    }
    return isObject(value) ? resolveObject(value, intrinsics, resolve, at) : value
  }
  const intrinsics = intrinsicsOf(namedValues(template, values, resolve), values, resolve)
  const at = part.join('.')
  const resolved = resolve(partOf(template, part), at)
  if (resolved === undefined || resolved === NO_VALUE) throw new Error(`${at}: there is nothing`)
  return resolved
}

function resolveObject(
  object: JsonObject,
  intrinsics: ReadonlyMap<string, Intrinsic>,
  resolve: Resolve,
  at: string,
): unknown {
  const prefix = at === '' ? '' : `${at}.`
  const name = Object.keys(object).find((key) => key === 'Ref' || key.startsWith('Fn::'))
  if (name === undefined) {
    const entries = Object.entries(object).map(([key, value]) => [key, resolve(value, `${prefix}${key}`)] as const)
    return Object.fromEntries(entries.filter(([, value]) => value !== NO_VALUE))
  }
  const intrinsic = intrinsics.get(name)
  if (!intrinsic) throw new Error(`${prefix}${name}: is not understood`)
  if (Object.keys(object).length > 1) throw new Error(`${prefix}${name}: stands beside other keys`)
  return intrinsic(object[name], `${prefix}${name}`)
}

function intrinsicsOf(named: NamedValues, values: TemplateValues, resolve: Resolve): ReadonlyMap<string, Intrinsic> {
  return new Map<string, Intrinsic>([
    ['Ref', (operand, at) => named.ref(textOf(operand, at), at)],
    [
      'Fn::GetAtt',
      (operand, at) => named.attribute(Array.isArray(operand) ? operand.join('.') : textOf(operand, at), at),
    ],
    ['Fn::Sub', (operand, at) => substitute(operand, named, resolve, at)],
    ['Fn::Join', (operand, at) => join(operand, resolve, at)],
    ['Fn::If', (operand, at) => choose(operand, values, resolve, at)],
  ])
}

/** `${Name}`, `${Name.Attribute}`, `${AWS::Region}`; `${!Name}` stays, as `${Name}`. */
function substitute(operand: unknown, named: NamedValues, resolve: Resolve, at: string): string {
  const [text, variables = {}] = Array.isArray(operand) ? operand : [operand]
  if (!isObject(variables)) throw new Error(`${at}: takes a text and its variables`)
  return textOf(text, at).replaceAll(/\$\{([^}]*)\}/g, (_whole, inner: string) => {
    if (inner.startsWith('!')) return `\${${inner.slice(1)}}`
    const name = inner.trim()
    const way = `${at}: \${${name}}`
    if (Object.hasOwn(variables, name)) return textOf(resolve(variables[name], way), way)
    return name.includes('.') ? named.attribute(name, way) : textOf(named.ref(name, way), way)
  })
}

function join(operand: unknown, resolve: Resolve, at: string): string {
  const [delimiter, list] = Array.isArray(operand) ? operand : []
  const parts = resolve(list, at)
  if (!Array.isArray(parts)) throw new Error(`${at}: takes a delimiter and a list`)
  return parts.map((part) => textOf(part, at)).join(textOf(delimiter, at))
}

function choose(operand: unknown, values: TemplateValues, resolve: Resolve, at: string): unknown {
  const [condition, then, otherwise] = Array.isArray(operand) && operand.length === 3 ? operand : []
  const holds = own(values.conditions, textOf(condition, at))
  if (holds === undefined) throw new Error(`${at}: whether ${condition} holds is not given`)
  return resolve(holds ? then : otherwise, at)
}

import { type AwsRequest, bodyText, queryOf } from './aws-request.ts'
import { type Members, membersOf } from './check-value.ts'
import type { FoundOperation } from './find-operation.ts'
import { inputShape, type Ref, type ServiceModel, type Shape, shapeOf } from './model.ts'
import { parseObject } from './parse-object.ts'
import { uriTemplate } from './request-uri.ts'
import { valueOfText } from './value-of-text.ts'
import type { Place, Violation } from './violation.ts'

/** The members of a `rest-json` request, from path, query, headers and body. */
export function readRestMembers(place: Place, found: FoundOperation, request: AwsRequest): Members | Violation {
  const shape = inputShape(place.model, found.operation)
  const body = bodyMembers(place, shape, request)
  if ('rule' in body) return body
  const located = Object.entries(shape.members ?? {}).map(([name, ref]) => [
    name,
    locatedValue(place.model, ref, ref.locationName ?? name, found, request),
  ])
  return {
    values: { ...body.values, ...Object.fromEntries(located.filter(([, value]) => value !== undefined)) },
    unknown: [...body.unknown, ...unknownParameters(place.model, shape, found, request)],
  }
}

function locatedValue(model: ServiceModel, ref: Ref, name: string, found: FoundOperation, request: AwsRequest) {
  switch (ref.location) {
    case 'uri':
      return optional(found.labels[name], (text) => valueOfText(model, ref, text))
    case 'header':
      return optional(request.headers[name.toLowerCase()], (text) => headerValue(model, ref, text))
    case 'headers':
      return headersWithPrefix(request, name.toLowerCase())
    case 'querystring':
      return queryValue(model, ref, name, queryOf(request), found)
    default:
      return undefined
  }
}

function headerValue(model: ServiceModel, ref: Ref, text: string): unknown {
  const { member } = shapeOf(model, ref)
  return member ? text.split(',').map((part) => valueOfText(model, member, part.trim())) : valueOfText(model, ref, text)
}

function headersWithPrefix({ headers }: AwsRequest, prefix: string): Record<string, string> | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix))
  return found.length === 0
    ? undefined
    : Object.fromEntries(found.map(([name, text]) => [name.slice(prefix.length), text]))
}

function queryValue(model: ServiceModel, ref: Ref, name: string, query: URLSearchParams, found: FoundOperation) {
  const shape = shapeOf(model, ref)
  if (shape.type === 'map') return restOfQuery(model, shape, query, found)
  const texts = query.getAll(name)
  const { member } = shape
  if (texts.length === 0) return undefined
  return member ? texts.map((text) => valueOfText(model, member, text)) : valueOfText(model, ref, texts[0] ?? '')
}

/** A map in the query takes every parameter that is nobody else's. */
function restOfQuery(model: ServiceModel, { value }: Shape, query: URLSearchParams, found: FoundOperation) {
  const names = [...new Set(query.keys())].filter((name) => !knownParameters(model, found).includes(name))
  const isList = value !== undefined && shapeOf(model, value).type === 'list'
  const entries = names.map((name) => [name, isList ? query.getAll(name) : query.get(name)])
  return names.length === 0 ? undefined : Object.fromEntries(entries)
}

function unknownParameters(model: ServiceModel, shape: Shape, found: FoundOperation, request: AwsRequest): string[] {
  const refs = Object.values(shape.members ?? {})
  const takesAll = refs.some((ref) => ref.location === 'querystring' && shapeOf(model, ref).type === 'map')
  const given = [...new Set(queryOf(request).keys())]
  return takesAll ? [] : given.filter((name) => !knownParameters(model, found).includes(name))
}

function knownParameters(model: ServiceModel, { operation }: FoundOperation): string[] {
  const members = Object.entries(inputShape(model, operation).members ?? {})
  const named = members.filter(([, ref]) => ref.location === 'querystring' && shapeOf(model, ref).type !== 'map')
  const constants = uriTemplate(operation.http.requestUri).constants.map(([name]) => name)
  return [...constants, ...named.map(([name, { locationName }]) => locationName ?? name)]
}

function bodyMembers(place: Place, shape: Shape, request: AwsRequest): Members | Violation {
  const payload = shape.payload === undefined ? undefined : shape.members?.[shape.payload]
  if (request.body.length === 0) return { values: {}, unknown: [] }
  if (shape.payload === undefined || payload === undefined) {
    const body = parseObject(place, request)
    return 'rule' in body ? body : membersOf(shape, body.object)
  }
  const { type } = shapeOf(place.model, payload)
  if (type === 'blob') return { values: { [shape.payload]: request.body }, unknown: [] }
  if (type === 'string') return { values: { [shape.payload]: bodyText(request) }, unknown: [] }
  const body = parseObject(place, request)
  return 'rule' in body ? body : { values: { [shape.payload]: body.object }, unknown: [] }
}

function optional<Value>(text: string | undefined, read: (text: string) => Value): Value | undefined {
  return text === undefined ? undefined : read(text)
}

import type { AwsRequest } from './aws-request.ts'
import { checkMembers, type Members, membersOf } from './check-value.ts'
import { type FoundOperation, findOperation } from './find-operation.ts'
import { inputShape, type ServiceModel } from './model.ts'
import { parseObject } from './parse-object.ts'
import { readQueryMembers } from './read-query-members.ts'
import { readRestMembers } from './read-rest-members.ts'
import { type Place, type Violation, violation } from './violation.ts'

/** What a request asks for. */
export interface Call {
  readonly operation: string
  /** By the model's names at the top, as on the wire below; null when the body can't be read. */
  readonly input: Readonly<Record<string, unknown>> | null
}

/** All that a request has against the model of the service that it is for; nothing when the service would take it. */
export function checkRequest(model: ServiceModel, request: AwsRequest): Violation[] {
  const found = findOperation(model, request)
  if ('rule' in found) return [found]
  const place = placeOf(model, found)
  const members = readMembers(place, found, request)
  const header = checkContentType(place, found, request)
  if ('rule' in members) return [...header, members]
  return [...header, ...checkMembers(place, inputShape(model, found.operation), members)]
}

/** The operation and its input; null when the service has no such operation. */
export function readCall(model: ServiceModel, request: AwsRequest): Call | null {
  const found = findOperation(model, request)
  if ('rule' in found) return null
  const members = readMembers(placeOf(model, found), found, request)
  return { operation: found.operation.name, input: 'rule' in members ? null : members.values }
}

function placeOf(model: ServiceModel, { operation, protocol }: FoundOperation): Place {
  const timestamps = protocol === 'query' ? 'iso8601' : 'unixTimestamp'
  return { model, operation: `${model.name}.${operation.name}`, member: '', timestamps }
}

function readMembers(place: Place, found: FoundOperation, request: AwsRequest): Members | Violation {
  if (found.protocol === 'query') return readQueryMembers(place.model, found, request)
  if (found.protocol === 'rest-json') return readRestMembers(place, found, request)
  const body = parseObject(place, request)
  return 'rule' in body ? body : membersOf(inputShape(place.model, found.operation), body.object)
}

/** A raw payload may have any type; the type of a form has been seen already. */
function checkContentType(place: Place, { protocol, operation }: FoundOperation, request: AwsRequest): Violation[] {
  const isPayload = inputShape(place.model, operation).payload !== undefined
  if (protocol === 'query' || (protocol === 'rest-json' && (isPayload || request.body.length === 0))) return []
  const expected =
    protocol === 'json' ? `application/x-amz-json-${place.model.metadata.jsonVersion ?? '1.0'}` : 'application/json'
  const given = request.headers['content-type'] ?? 'nothing'
  if (given.split(';')[0]?.trim() === expected) return []
  return [violation({ ...place, member: 'content-type' }, 'header', given, expected)]
}

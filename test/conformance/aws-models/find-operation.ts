import { type AwsRequest, bodyText, pathOf, queryOf } from './aws-request.ts'
import type { Operation, ServiceModel } from './model.ts'
import { uriTemplate } from './request-uri.ts'
import { type Violation, violation } from './violation.ts'

export type Protocol = 'json' | 'rest-json' | 'query'

export interface FoundOperation {
  readonly protocol: Protocol
  readonly operation: Operation
  /** Values in the path, by their label (`rest-json` only). */
  readonly labels: Readonly<Record<string, string>>
}

const FORM = 'application/x-www-form-urlencoded'

/** The operation that a request calls, or why it calls none that the service has. */
export function findOperation(model: ServiceModel, request: AwsRequest): FoundOperation | Violation {
  const allowed = model.metadata.protocols ?? [model.metadata.protocol]
  const protocol = protocolOf(request)
  if (protocol === null || !allowed.includes(protocol)) {
    return atService(model, 'protocol', protocol ?? 'a protocol that is not read here', allowed.join(', '))
  }
  if (protocol === 'json') return byTarget(model, request)
  return protocol === 'query' ? byAction(model, request) : byPath(model, request)
}

function protocolOf({ headers }: AwsRequest): Protocol | null {
  if (headers['smithy-protocol'] !== undefined) return null
  if (headers['x-amz-target'] !== undefined) return 'json'
  return headers['content-type']?.startsWith(FORM) ? 'query' : 'rest-json'
}

function byTarget(model: ServiceModel, request: AwsRequest): FoundOperation | Violation {
  const target = request.headers['x-amz-target'] ?? ''
  const end = target.lastIndexOf('.')
  const operation = model.operations[target.slice(end + 1)]
  if (operation === undefined || target.slice(0, end) !== model.metadata.targetPrefix || request.method !== 'POST') {
    const expected = `POST with the target ${model.metadata.targetPrefix}.<an operation of ${model.name}>`
    return atService(model, 'operation', `${request.method} with the target ${target}`, expected)
  }
  return { protocol: 'json', operation, labels: {} }
}

function byAction(model: ServiceModel, request: AwsRequest): FoundOperation | Violation {
  const form = new URLSearchParams(bodyText(request))
  const [action, version] = [form.get('Action') ?? '', form.get('Version')]
  const operation = model.operations[action]
  if (operation === undefined || version !== model.metadata.apiVersion) {
    const expected = `an operation of ${model.name} in version ${model.metadata.apiVersion}`
    return atService(model, 'operation', `${action || 'no action'} in version ${version}`, expected)
  }
  return { protocol: 'query', operation, labels: {} }
}

function byPath(model: ServiceModel, request: AwsRequest): FoundOperation | Violation {
  const [{ method }, path, query] = [request, pathOf(request), queryOf(request)]
  const candidates = Object.values(model.operations).flatMap((operation) => {
    const template = uriTemplate(operation.http.requestUri)
    const labels = operation.http.method === method ? template.match(path) : null
    const fits = template.constants.every(([name, value]) => query.getAll(name).includes(value))
    return labels !== null && fits ? [{ template, found: { protocol: 'rest-json' as const, operation, labels } }] : []
  })
  const best = candidates.toSorted((one, other) => rank(other.template) - rank(one.template))[0]
  if (best !== undefined) return best.found
  return atService(model, 'operation', `${method} ${path}`, `an operation of ${model.name}`)
}

function rank({ literalCharacters, constants }: ReturnType<typeof uriTemplate>): number {
  return literalCharacters + constants.length
}

function atService(model: ServiceModel, rule: Violation['rule'], found: string, expected: string): Violation {
  return violation({ operation: model.name, member: '' }, rule, found, expected)
}

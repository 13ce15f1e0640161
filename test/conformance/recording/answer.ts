import { type Operation, type ServiceModel, shapeOf } from '../aws-models/model.ts'
import { sampleOutput } from '../aws-models/sample-output.ts'
import type { RecordedCall } from './recorded-call.ts'

/** What goes back. An object becomes what the service's protocol would write. */
export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>> | string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

const THROTTLED = /Throttl|TooManyRequests/
const CLIENT_FAULT = 400

/** The least that the operation may answer. */
export function defaultAnswer(model: ServiceModel, operation: Operation, idOf: (member: string) => string): Answer {
  return { status: operation.http.responseCode ?? 200, body: sampleOutput(model, operation, idOf) }
}

/** The error by which the operation says that it is called too often. */
export function throttleAnswer(model: ServiceModel | undefined, operation: Operation | undefined): Answer {
  const errors = model && operation ? (operation.errors ?? []).map((ref) => ({ ref, shape: shapeOf(model, ref) })) : []
  const error = errors.find(({ ref, shape }) => shape.retryable?.throttling || THROTTLED.test(ref.shape))
  return errorAnswer(error?.shape.error?.httpStatusCode ?? CLIENT_FAULT, error?.ref.shape ?? 'ThrottlingException')
}

/** An error as the JSON protocols write it; the SDK finds its code in the header or in the body. */
export function errorAnswer(status: number, code: string): Answer {
  return {
    status,
    body: { __type: code, message: `${code}, as the test asked for` },
    headers: { 'x-amzn-errortype': code },
  }
}

/** The bytes of an answer to a call, and their type. */
export function written(answer: Answer, model: ServiceModel | undefined, call: RecordedCall) {
  const { body } = answer
  if (typeof body === 'string' || body instanceof Uint8Array) return { type: null, bytes: Buffer.from(body) }
  if (!isForm(call)) return { type: jsonType(call), bytes: Buffer.from(JSON.stringify(body)) }
  const xml = answer.status >= CLIENT_FAULT ? errorXml(body) : resultXml(body, model, call)
  return { type: 'text/xml', bytes: Buffer.from(xml) }
}

function isForm({ request }: RecordedCall): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
}

function jsonType({ request }: RecordedCall): string {
  return request.headers['x-amz-target'] === undefined
    ? 'application/json'
    : (request.headers['content-type'] ?? 'application/x-amz-json-1.0')
}

function resultXml(body: object, model: ServiceModel | undefined, { operation }: RecordedCall): string {
  const wrapper = model?.operations[operation ?? '']?.output?.resultWrapper ?? `${operation}Result`
  const result = `<${wrapper}>${elements(body)}</${wrapper}><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>`
  return `<${operation}Response xmlns="${model?.metadata.xmlNamespace ?? ''}">${result}</${operation}Response>`
}

function errorXml({ __type, message }: Readonly<Record<string, unknown>>): string {
  return `<ErrorResponse><Error>${elements({ Type: 'Sender', Code: __type, Message: message })}</Error></ErrorResponse>`
}

function elements(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<member>${elements(one)}</member>`).join('')
  if (typeof value !== 'object' || value === null) return escaped(String(value))
  return Object.entries(value)
    .map(([name, one]) => `<${name}>${elements(one)}</${name}>`)
    .join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
}

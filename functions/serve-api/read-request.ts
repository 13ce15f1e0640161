import * as z from 'zod'
import { readJson } from '../../shared/sources/json-text.ts'
import { pathText } from '../../shared/sources/parse-event.ts'
import { badRequest, type FieldError, tooLarge } from './problem.ts'

export const MOST_EVENT_BYTES = 1_048_576
const MOST_BODY_BYTES = 65_536
export const MOST_DIRECTORY_BYTES = 1_048_576
export const MOST_FORM_BYTES = 4_096

/** What was read, or the answer that says why not. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly answer: Response }

/** The body as text. A larger one is read to its end, so that the caller hears why, but not kept. */
export async function readText(request: Request, mostBytes: number): Promise<Read<string>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes <= mostBytes) chunks.push(chunk)
  }
  if (bytes > mostBytes) return { ok: false, answer: tooLarge(mostBytes) }
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) }
  } catch {
    const error = { path: '', line: null, found: 'bytes that are not UTF-8', expected: 'text in UTF-8' }
    return { ok: false, answer: badRequest('The body is not text in UTF-8.', [error]) }
  }
}

export interface JsonBody {
  readonly value: unknown
  readonly lineOf: (path: readonly (string | number)[]) => number
  readonly text: string
}

export async function readJsonBody(request: Request, mostBytes: number): Promise<Read<JsonBody>> {
  const text = await readText(request, mostBytes)
  if (!text.ok) return text
  const json = readJson(text.value)
  if (json.ok) return { ok: true, value: { value: json.value, lineOf: json.lineOf, text: text.value } }
  const { line, expected } = json
  const errors = [{ path: '', line, found: 'something else', expected }]
  return { ok: false, answer: badRequest(`The body is not JSON: line ${line}, expected ${expected}.`, errors) }
}

/** The body as its schema has it, or every error with path and line. */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  mostBytes = MOST_BODY_BYTES,
): Promise<Read<z.output<Schema>>> {
  const body = await readJsonBody(request, mostBytes)
  return body.ok ? check(schema, body.value.value, 'body', body.value.lineOf) : body
}

export function check<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  where: string,
  lineOf: (path: readonly (string | number)[]) => number | null = () => null,
): Read<z.output<Schema>> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return { ok: true, value: parsed.data }
  const errors = parsed.error.issues.map((issue): FieldError => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
    return { path: pathText(path), line: lineOf(path), found: foundAt(given, path), expected: issue.message }
  })
  const [first] = errors
  const detail = `The ${where} is not valid: ${first?.path || where}: expected ${first?.expected}.`
  return { ok: false, answer: badRequest(detail, errors) }
}

function foundAt(given: unknown, path: readonly (string | number)[]): string {
  let value = given
  for (const step of path) {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    value = isThere ? (value as Record<string | number, unknown>)[step] : undefined
  }
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > 80 ? `${text.slice(0, 77).toWellFormed()}...` : text
}

const KEY = z.string().regex(/^[\x21-\x7e]{1,255}$/, { error: 'at most 255 visible ASCII characters without spaces' })

/** The caller's own name for this request; null when there is none. */
export function readIdempotencyKey(request: Request): Read<string | null> {
  const given = request.headers.get('idempotency-key')
  if (given === null || given === '') return { ok: true, value: null }
  return check(KEY, given, 'Idempotency-Key')
}

import * as z from 'zod'
import type { ExitCode, Terminal } from './terminal.ts'

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT'
  /** From `/v1` on, perhaps with a query, its parts already encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

export type Answer<T> =
  | { readonly ok: true; readonly content: T; readonly nextPath: string | null }
  | { readonly ok: false; readonly exit: ExitCode; readonly problem: string; readonly errors: readonly FileError[] }

const FILE_ERROR = z.object({
  path: z.string(),
  line: z.number().nullish().default(null),
  found: z.string(),
  expected: z.string(),
})
/** One thing that is wrong in a directory file. */
export type FileError = z.infer<typeof FILE_ERROR>

const PROBLEM = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  holder: z.string().optional(),
  errors: z.array(FILE_ERROR).optional().catch(undefined),
})
/** Understood and refused as things stand; other refusals mean that the words were wrong. */
const REFUSED = [403, 409, 410]

/** Asks for a list, page by page, until there is no further one. */
export async function askAll<T>(terminal: Terminal, shape: z.ZodType<T>, question: Question): Promise<Answer<T[]>> {
  const all: T[] = []
  for (let next: Question | null = question; next; ) {
    const page: Answer<T[]> = await ask(terminal, z.array(shape), next)
    if (!page.ok) return page
    all.push(...page.content)
    next = page.nextPath === null ? null : { path: page.nextPath }
  }
  return { ok: true, content: all, nextPath: null }
}

/** Asks Muster; what is not of the expected shape is not Muster's answer. */
export async function ask<T>(terminal: Terminal, shape: z.ZodType<T>, question: Question): Promise<Answer<T>> {
  const response = await send(terminal, question)
  if (typeof response === 'string') return failure(2, response)
  const text = await response.text()
  if (!response.ok) return refusal(response.status, readJson(text))
  const content = shape.safeParse(readJson(text))
  if (!content.success) return failure(2, `${terminal.url} does not answer like Muster`)
  return { ok: true, content: content.data, nextPath: nextPageOf(response.headers.get('link')) }
}

/** The response, or why there is none. */
async function send(terminal: Terminal, question: Question): Promise<Response | string> {
  const { method = 'GET', path, query = {}, body, headers = {}, timeoutMs = 60_000 } = question
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : ''
  const init = { method, headers, signal: AbortSignal.timeout(timeoutMs), ...(body === undefined ? {} : { body }) }
  try {
    return await terminal.fetch(`${terminal.url}${path}${search}`, init)
  } catch (fault) {
    return `no answer from ${terminal.url} (${causeOf(fault)}); is it running? \`npm start\` starts it here, MUSTER_URL names another`
  }
}

function refusal(status: number, content: unknown): Answer<never> {
  const problem = PROBLEM.safeParse(content).data ?? {}
  const said = problem.detail ?? problem.title ?? `answered ${status}`
  const held = problem.holder && !said.includes(problem.holder) ? ` (held by ${problem.holder})` : ''
  const { errors = [] } = problem
  const unsaid = errors.filter(({ expected }) => !said.includes(expected))
  const details = unsaid.map(({ path, found, expected }) => ` ${path}: found ${found}, expected ${expected}.`)
  return failure(REFUSED.includes(status) ? 1 : 2, said + held + details.join(''), errors)
}

function failure(exit: ExitCode, problem: string, errors: readonly FileError[] = []): Answer<never> {
  return { ok: false, exit, problem, errors }
}

/** `</v1/incidents?cursor=…>; rel="next"`; a path only, so that the answer cannot send us elsewhere. */
function nextPageOf(link: string | null): string | null {
  return link?.match(/^<(\/v1\/[^>]*)>; rel="next"$/)?.[1] ?? null
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Node's fetch says only "fetch failed"; why is in its cause. */
function causeOf(fault: unknown): string {
  const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause : fault
  if (!(cause instanceof Error)) return String(cause)
  return cause.message || ('code' in cause ? String(cause.code) : cause.name)
}

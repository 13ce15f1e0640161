import type { OpenAPIHono } from '@hono/zod-openapi'
import type * as z from 'zod'
import { problemShape } from './answer-shapes.ts'
import { notFound } from './problem.ts'
import { check } from './read-request.ts'

/** One way into the API: what it takes and answers, for `/openapi.json` and for the checks alike. */
export interface Endpoint<Params extends z.ZodObject, Query extends z.ZodObject> {
  readonly method: 'get' | 'post' | 'put'
  /** With `{names}`, as OpenAPI writes it. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly params: Params
  readonly query: Query
  /** What the body is; read and checked by the handler, which knows its limit. */
  readonly body?: { readonly schema: z.ZodType; readonly types?: readonly string[] }
  readonly answers: Readonly<Record<number, { readonly description: string; readonly shape?: z.ZodType }>>
  /** The statuses that it answers with problem details. */
  readonly problems: readonly number[]
}

export interface Input<Params extends z.ZodObject, Query extends z.ZodObject> {
  readonly params: z.output<Params>
  readonly query: z.output<Query>
  readonly request: Request
}

/**
 * Mounts an endpoint and describes it. A path that does not fit its parameters names nothing: 404; a query that does not
 * fit is refused with every error.
 */
export function mount<Params extends z.ZodObject, Query extends z.ZodObject>(
  app: OpenAPIHono,
  endpoint: Endpoint<Params, Query>,
  handle: (input: Input<Params, Query>) => Promise<Response>,
): void {
  describe(app, endpoint)
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1')
  app[endpoint.method](path, async (context) => {
    const params = endpoint.params.safeParse(context.req.param())
    if (!params.success) return notFound('thing')
    const query = check(endpoint.query, withoutBlanks(context.req.query()), 'query')
    return query.ok ? handle({ params: params.data, query: query.value, request: context.req.raw }) : query.answer
  })
}

/** `?role=` says nothing, as if it were not there. */
function withoutBlanks(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
}

function describe<Params extends z.ZodObject, Query extends z.ZodObject>(
  app: OpenAPIHono,
  endpoint: Endpoint<Params, Query>,
): void {
  const { method, path, summary, tag, params, query, body, answers, problems } = endpoint
  const types = body?.types ?? ['application/json']
  const content = (schema: z.ZodType) => Object.fromEntries(types.map((type) => [type, { schema }]))
  const good = Object.entries(answers).map(([status, { description, shape }]) => [
    status,
    { description, ...(shape === undefined ? {} : { content: { 'application/json': { schema: shape } } }) },
  ])
  const bad = problems.map((status) => [
    String(status),
    { description: PROBLEMS[status] ?? 'a problem', content: { 'application/problem+json': { schema: problemShape } } },
  ])
  app.openAPIRegistry.registerPath({
    method,
    path,
    summary,
    tags: [tag],
    request: { params, query, ...(body === undefined ? {} : { body: { content: content(body.schema) } }) },
    responses: Object.fromEntries([...good, ...bad]),
  })
}

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'What was sent is not valid',
  403: 'This person may not',
  404: 'There is no such thing',
  409: 'Held by another, or not now',
  410: 'Closed or expired',
  413: 'The body is too large',
  422: 'The Idempotency-Key was used with another body',
  503: 'Try again',
}

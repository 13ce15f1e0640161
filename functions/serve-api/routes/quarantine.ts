import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { keepAnswer, readKept, requestCause, sentPrint } from '../../../shared/app/kept-answers.ts'
import { listQuarantine, QUARANTINE_ID, readQuarantine } from '../../../shared/app/quarantine.ts'
import { type Retried, retryQuarantined } from '../../../shared/app/retry-quarantined.ts'
import { quarantinedShape, retriedShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { pathId, wholeNumber } from '../fields.ts'
import { notFound, refusalProblem } from '../problem.ts'
import { readIdempotencyKey } from '../read-request.ts'

const LISTED = 50
const NOTHING = z.object({})
const ID = z.object({ id: pathId })
const LIST_QUERY = z.object({
  status: z.enum(['open', 'settled'], { error: 'open or settled' }).optional(),
  limit: wholeNumber(1, 200).optional(),
  before: z.string().regex(QUARANTINE_ID, { error: 'the id of a quarantined event' }).optional(),
})

/** What could not be read: kept whole, listed, and tried again after a fix. */
export function quarantineRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  const shared = { method: 'get', tag: 'findings' } as const
  mount(
    app,
    {
      ...shared,
      path: '/v1/quarantine',
      summary: 'What fitted no schema in the last 30 days, newest first; long events without their text.',
      params: NOTHING,
      query: LIST_QUERY,
      answers: { 200: { description: 'Events that could not be read', shape: z.array(quarantinedShape) } },
      problems: [400, 503],
    },
    async ({ query: { limit = LISTED, status = null, before = null } }) =>
      Response.json(await listQuarantine(deps, limit, status, before)),
  )
  mount(
    app,
    {
      ...shared,
      path: '/v1/quarantine/{id}',
      summary: 'One event that could not be read, whole.',
      params: ID,
      query: NOTHING,
      answers: { 200: { description: 'The event', shape: quarantinedShape } },
      problems: [404, 503],
    },
    async ({ params }) => {
      const found = await readQuarantine(deps, params.id)
      return found === null ? notFound('quarantined event') : Response.json(found)
    },
  )
  retryRoute(app, deps)
}

function retryRoute(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'post',
      path: '/v1/quarantine/{id}/retry',
      summary: 'Takes a quarantined event in again: what fits now is taken in, what still does not stays, with why.',
      tag: 'findings',
      params: ID,
      query: NOTHING,
      answers: { 200: { description: 'What became of each finding, and of the event', shape: retriedShape } },
      problems: [400, 404, 422, 503],
    },
    async ({ params, request }) => {
      const key = readIdempotencyKey(request)
      return key.ok ? retryOnce(deps, params.id, key.value) : key.answer
    },
  )
}

/** Findings know themselves again; with a key the first answer counts, too. */
async function retryOnce(deps: ApiDependencies, id: string, key: string | null): Promise<Response> {
  const cause = key === null ? null : requestCause('quarantine', key)
  const sent = sentPrint(id)
  const before = cause === null ? null : await readKept(deps.table, cause)
  if (before !== null && before.sent !== sent) return refusalProblem({ ok: false, reason: 'KeyReused' })
  if (before !== null) return Response.json(before.answer)
  const retried = await retryQuarantined(deps, id)
  if (retried === null) return notFound('quarantined event')
  const answer = asAnswer(retried)
  if (cause === null) return Response.json(answer)
  const where = { state: null, now: deps.time.now() }
  return Response.json((await keepAnswer(deps.table, cause, { sent, answer }, where)).answer)
}

function asAnswer({ quarantined, results }: Retried) {
  const { event, ...rest } = quarantined
  return { ...rest, results }
}

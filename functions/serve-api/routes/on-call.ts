import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { onCallView } from '../../../shared/app/on-call-view.ts'
import { readCallsForNew, readNextCalls } from '../../../shared/app/read-next-calls.ts'
import { nextCallsShape, onCallShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { accountId, id, instant, pathId, severity } from '../fields.ts'
import { badRequest, notFound } from '../problem.ts'

/** Who is on call, who is called next, who would be. */
export function onCallRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  onCallRoute(app, deps)
  mount(
    app,
    {
      method: 'get',
      path: '/v1/incidents/{id}/next',
      summary: 'For each seat that is called for: who is called now, who is next and why, who is passed over and why.',
      tag: 'on call',
      params: z.object({ id: pathId }),
      query: z.object({}),
      answers: { 200: { description: 'A row per seat', shape: nextCallsShape } },
      problems: [404, 503],
    },
    async ({ params }) => {
      const calls = await readNextCalls(deps, params.id)
      return calls === null ? notFound('incident') : Response.json(calls)
    },
  )
  mount(
    app,
    {
      method: 'get',
      path: '/v1/who-would-be-called',
      summary: 'Who would be called if an incident of this severity opened now.',
      tag: 'on call',
      params: z.object({}),
      query: z.object({ severity, accountId: accountId.optional() }),
      answers: { 200: { description: 'A row per seat', shape: nextCallsShape } },
      problems: [400, 404, 503],
    },
    async ({ query }) => {
      const calls = await readCallsForNew(deps, { severity: query.severity, accountId: query.accountId ?? null })
      return calls === null ? notFound(`policy for ${query.severity}`) : Response.json(calls)
    },
  )
}

const QUERY = z.object({ role: id.optional(), rotation: id.optional(), at: instant.optional() })

function onCallRoute(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'get',
      path: '/v1/on-call',
      summary: 'Who is on call for a role or in a rotation, and until when that holds.',
      tag: 'on call',
      params: z.object({}),
      query: QUERY,
      answers: { 200: { description: 'Who, and why', shape: onCallShape } },
      problems: [400, 404, 503],
    },
    async ({ query: { role, rotation, at } }) => {
      const question = questionOf(role, rotation)
      if (question === null) {
        const found = role === undefined ? 'neither' : 'both'
        const error = { path: 'role', line: null, found, expected: 'either role or rotation' }
        return badRequest('Ask for either a role or a rotation.', [error])
      }
      const { directory } = await deps.directory.current()
      const answer = onCallView(directory, question, at ?? deps.time.now())
      return answer === null ? notFound('role' in question ? 'role' : 'rotation') : Response.json(answer)
    },
  )
}

function questionOf(role: string | undefined, rotation: string | undefined) {
  if (role !== undefined && rotation === undefined) return { role }
  return role === undefined && rotation !== undefined ? { rotation } : null
}

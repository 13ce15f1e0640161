import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { declareIncident } from '../../../shared/app/declare-incident.ts'
import { declaredShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { accountId, id, severity, text } from '../fields.ts'
import { refusalProblem } from '../problem.ts'
import { readAsked } from '../read-asked.ts'

const BODY = z.object({
  title: text(500),
  severity,
  accountId: accountId.nullish().transform((given) => given ?? null),
  responderId: id,
})

/** A person declares an incident that no finding has told of. */
export function declareRoute(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'post',
      path: '/v1/incidents',
      summary: 'Declares an incident. With an Idempotency-Key a repeat finds the same one.',
      tag: 'incidents',
      params: z.object({}),
      query: z.object({}),
      body: { schema: BODY },
      answers: { 201: { description: 'The incident is open', shape: declaredShape } },
      problems: [400, 403, 404, 413, 422, 503],
    },
    async ({ request }) => {
      const asked = await readAsked(deps, request, BODY)
      if (!asked.ok) return asked.answer
      const declared = await declareIncident(deps, asked.value.body, asked.value.asked)
      if (!declared.ok) return refusalProblem(declared)
      const headers = { location: `/v1/incidents/${declared.answer.id}` }
      return Response.json(declared.answer, { status: 201, headers })
    },
  )
}

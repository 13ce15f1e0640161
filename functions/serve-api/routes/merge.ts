import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { askToMerge } from '../../../shared/app/merge-incidents.ts'
import { readIncident } from '../../../shared/app/read-incident.ts'
import { askToSplit } from '../../../shared/app/split-incident.ts'
import { incidentShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { id, pathId, REASON_LENGTH, text } from '../fields.ts'
import { notFound, refusalProblem } from '../problem.ts'
import { readAsked } from '../read-asked.ts'

const MERGE = z.object({ responderId: id, reason: text(REASON_LENGTH), into: id })

const FINDINGS = 'a list of 1 to 100 findings of the incident, by key or by the provider’s id'
const FINDING = text(1_024)
const SPLIT = z.object({
  responderId: id,
  reason: text(REASON_LENGTH),
  findings: z.array(FINDING, { error: FINDINGS }).min(1, { error: FINDINGS }).max(100, { error: FINDINGS }),
})

/** What people do with two incidents at once. */
export function mergeRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  mergeRoute(app, deps)
  splitRoute(app, deps)
}

function mergeRoute(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'post',
      path: '/v1/incidents/{id}/merge',
      summary: 'Merges the incident into the one of a lower id, which takes over its findings, seats and clocks.',
      tag: 'incidents',
      params: z.object({ id: pathId }),
      query: z.object({}),
      body: { schema: MERGE },
      answers: { 200: { description: 'The incident that goes on', shape: incidentShape } },
      problems: [400, 403, 404, 409, 413, 422, 503],
    },
    async ({ params, request }) => {
      const asked = await readAsked(deps, request, MERGE)
      if (!asked.ok) return asked.answer
      const merged = await askToMerge(deps, { incidentId: params.id, ...asked.value.body }, asked.value.asked)
      return merged.ok ? incidentAnswer(deps, merged.answer.incidentId) : refusalProblem(merged)
    },
  )
}

function splitRoute(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'post',
      path: '/v1/incidents/{id}/split',
      summary: 'Takes findings out of the incident: they open one of their own, with its own calls and clocks.',
      tag: 'incidents',
      params: z.object({ id: pathId }),
      query: z.object({}),
      body: { schema: SPLIT },
      answers: { 201: { description: 'The incident that they have opened', shape: incidentShape } },
      problems: [400, 403, 404, 409, 413, 422, 503],
    },
    async ({ params, request }) => {
      const asked = await readAsked(deps, request, SPLIT)
      if (!asked.ok) return asked.answer
      const split = await askToSplit(deps, { incidentId: params.id, ...asked.value.body }, asked.value.asked)
      return split.ok ? incidentAnswer(deps, split.answer.incidentId, 201) : refusalProblem(split)
    },
  )
}

/** As it is now: more may have happened since the request was first answered. */
async function incidentAnswer(deps: ApiDependencies, incidentId: string, status = 200): Promise<Response> {
  const incident = await readIncident(deps, incidentId)
  if (incident === null) return notFound('incident')
  const headers = status === 201 ? { location: `/v1/incidents/${incidentId}` } : {}
  return Response.json(incident, { status, headers })
}

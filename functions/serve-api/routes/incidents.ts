import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { listIncidents } from '../../../shared/app/incident-list.ts'
import { readIncident, readTimeline } from '../../../shared/app/read-incident.ts'
import { incidentListShape, incidentShape, timelineShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { pathId, wholeNumber } from '../fields.ts'
import { badRequest, notFound } from '../problem.ts'

const LISTED = 50
const ID = z.object({ id: pathId })

/** Incidents as they are: the list, one of them, its record. */
export function incidentRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  listRoute(app, deps)
  mount(
    app,
    {
      method: 'get',
      path: '/v1/incidents/{id}',
      summary: 'One incident: its seats with everything that was tried, its clocks with everything that was sent.',
      tag: 'incidents',
      params: ID,
      query: z.object({}),
      answers: { 200: { description: 'The incident', shape: incidentShape } },
      problems: [404, 503],
    },
    async ({ params }) => {
      const incident = await readIncident(deps, params.id)
      return incident === null ? notFound('incident') : Response.json(incident)
    },
  )
  mount(
    app,
    {
      method: 'get',
      path: '/v1/incidents/{id}/timeline',
      summary: 'The record of one incident, a row per event.',
      tag: 'incidents',
      params: ID,
      query: z.object({
        after: wholeNumber(0, 999_999).optional().meta({ description: 'Only what follows this sequence.' }),
      }),
      answers: { 200: { description: 'The record', shape: timelineShape } },
      problems: [400, 404, 503],
    },
    async ({ params, query }) => {
      const rows = await readTimeline(deps, params.id, query.after)
      return rows === null ? notFound('incident') : Response.json(rows)
    },
  )
}

const LIST_QUERY = z.object({
  status: z.enum(['open', 'closed'], { error: 'open or closed' }).optional(),
  limit: wholeNumber(1, 100).optional(),
  cursor: z.string().max(4_000).optional().meta({ description: 'From the Link header of the page before.' }),
})

function listRoute(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'get',
      path: '/v1/incidents',
      summary: 'Incidents, newest first. The next page is in the header Link (rel="next").',
      tag: 'incidents',
      params: z.object({}),
      query: LIST_QUERY,
      answers: { 200: { description: 'The incidents', shape: incidentListShape } },
      problems: [400, 503],
    },
    async ({ query: { status = null, limit = LISTED, cursor = null } }) => {
      const page = await listIncidents(deps, { status, limit, cursor })
      if (page === null) {
        const error = { path: 'cursor', line: null, found: 'something else', expected: 'the cursor of the page before' }
        return badRequest('The cursor is not one of this list.', [error])
      }
      return Response.json(page.incidents, {
        headers: page.cursor === null ? {} : { link: linkTo(status, limit, page.cursor) },
      })
    },
  )
}

function linkTo(status: string | null, limit: number, cursor: string): string {
  const query = new URLSearchParams({ ...(status === null ? {} : { status }), limit: String(limit), cursor })
  return `</v1/incidents?${query}>; rel="next"`
}

import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { listQuarantine, readQuarantine } from '../../../shared/app/quarantine.ts'
import { verifyRecord } from '../../../shared/app/verify-record.ts'
import { quarantinedShape, verifyShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { pathId, wholeNumber } from '../fields.ts'
import { notFound } from '../problem.ts'

const LISTED = 50
const NOTHING = z.object({})

/** Is it alive, is the record whole, and what could not be read. */
export function checkRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  const shared = { method: 'get', params: NOTHING, query: NOTHING, tag: 'checks' } as const
  mount(
    app,
    {
      ...shared,
      path: '/healthz',
      summary: 'Alive, and the store answers.',
      answers: { 200: { description: 'Alive', shape: z.strictObject({ status: z.literal('ok') }) } },
      problems: [503],
    },
    async () => {
      await deps.directory.current()
      return Response.json({ status: 'ok' })
    },
  )
  mount(
    app,
    {
      ...shared,
      path: '/v1/verify',
      summary: 'Checks the record of every incident: hashes, chain, sequence, heads.',
      answers: { 200: { description: 'What was checked and what is wrong', shape: verifyShape } },
      problems: [503],
    },
    async () => Response.json(await verifyRecord(deps)),
  )
  quarantineRoutes(app, deps)
}

function quarantineRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  const shared = { method: 'get', tag: 'findings' } as const
  mount(
    app,
    {
      ...shared,
      path: '/v1/quarantine',
      summary: 'What fitted no schema in the last 30 days, newest first; long events without their text.',
      params: NOTHING,
      query: z.object({ limit: wholeNumber(1, 200).optional() }),
      answers: { 200: { description: 'Events that could not be read', shape: z.array(quarantinedShape) } },
      problems: [400, 503],
    },
    async ({ query }) => Response.json(await listQuarantine(deps, query.limit ?? LISTED)),
  )
  mount(
    app,
    {
      ...shared,
      path: '/v1/quarantine/{id}',
      summary: 'One event that could not be read, whole.',
      params: z.object({ id: pathId }),
      query: NOTHING,
      answers: { 200: { description: 'The event', shape: quarantinedShape } },
      problems: [404, 503],
    },
    async ({ params }) => {
      const found = await readQuarantine(deps, params.id)
      return found === null ? notFound('quarantined event') : Response.json(found)
    },
  )
}

import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { verifyRecord } from '../../../shared/app/verify-record.ts'
import { verifyShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'

const NOTHING = z.object({})

/** Is it alive, and is the record whole. */
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
}

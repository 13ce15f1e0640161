import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { listIgnored } from '../../../shared/app/ignored-findings.ts'
import { IGNORED_REASONS } from '../../../shared/core/findings/finding.ts'
import { ignoredListShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { wholeNumber } from '../fields.ts'
import { badRequest } from '../problem.ts'

const LISTED = 50
const QUERY = z.object({
  status: z.enum(['ignored'], { error: 'ignored' }),
  reason: z.enum(IGNORED_REASONS, { error: `one of ${IGNORED_REASONS.join(', ')}` }).optional(),
  limit: wholeNumber(1, 100).optional(),
  after: z.string().max(4_000).optional().meta({ description: 'From the Link header of the page before.' }),
})

/** Findings that page nobody, and why. */
export function findingRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'get',
      path: '/v1/findings',
      summary: 'Findings that do not page, newest first, with why. The next page is in the header Link (rel="next").',
      tag: 'findings',
      params: z.object({}),
      query: QUERY,
      answers: { 200: { description: 'The findings', shape: ignoredListShape } },
      problems: [400, 503],
    },
    async ({ query: { reason = null, limit = LISTED, after = null } }) => {
      const page = await listIgnored(deps, { reason, limit, cursor: after })
      if (page === null) {
        const error = { path: 'after', line: null, found: 'something else', expected: 'what the page before gave' }
        return badRequest('The cursor is not one of this list.', [error])
      }
      return Response.json(page.findings, {
        headers: page.cursor === null ? {} : { link: linkTo(reason, limit, page.cursor) },
      })
    },
  )
}

function linkTo(reason: string | null, limit: number, after: string): string {
  const query = { status: 'ignored', ...(reason === null ? {} : { reason }), limit: String(limit), after }
  return `</v1/findings?${new URLSearchParams(query)}>; rel="next"`
}

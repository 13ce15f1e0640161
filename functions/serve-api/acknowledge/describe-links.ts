import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'

const PAGE = { content: { 'text/html': { schema: z.string() } } }
const TOKEN = z.object({ token: z.string().max(512) })
const FORM = z.object({
  nonce: z.string(),
  proof: z.string(),
  code: z.string().optional().meta({ description: 'The two digits of the mail, where the link came by e-mail.' }),
})

/** The pages behind links, for `/openapi.json`. */
export function describeLinks(app: OpenAPIHono): void {
  const shared = { path: '/a/{token}', tags: ['links'] }
  app.openAPIRegistry.registerPath({
    ...shared,
    method: 'get',
    summary: 'Shows what a link asks for, with one form. Looking never acts.',
    request: { params: TOKEN },
    responses: {
      200: { description: 'The page', ...PAGE },
      400: { description: 'Not a link of ours', ...PAGE },
      410: { description: 'Expired or closed', ...PAGE },
    },
  })
  app.openAPIRegistry.registerPath({
    ...shared,
    method: 'post',
    summary: 'Takes the seat: with the form of the page and the cookie set with it.',
    request: { params: TOKEN, body: { content: { 'application/x-www-form-urlencoded': { schema: FORM } } } },
    responses: {
      200: { description: 'Taken, or taken before by the same person', ...PAGE },
      400: { description: 'Forged, not from the page, or a wrong code', ...PAGE },
      403: { description: 'This person may not', ...PAGE },
      409: { description: 'Held by another', ...PAGE },
      410: { description: 'Expired or closed', ...PAGE },
    },
  })
}

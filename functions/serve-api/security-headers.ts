import type { MiddlewareHandler } from 'hono'

/** Nothing may be loaded and nobody may frame it; a page that needs more says so itself. */
const NO_CONTENT = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** What every answer carries. Links are secrets: no address leaves in a referrer, and nothing is stored on the way. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  const { headers } = context.res
  const otherwise = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value)
  }
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-frame-options', 'DENY')
  otherwise('content-security-policy', NO_CONTENT)
  otherwise('referrer-policy', 'no-referrer')
  const { path } = context.req
  if (path.startsWith('/v1/') || path.startsWith('/a/') || path === '/healthz') headers.set('cache-control', 'no-store')
}

import { STATUS_CODES } from 'node:http'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { readAdvance } from './advance.ts'
import type { LocalStack } from './stack.ts'

/** Methods that cannot change anything. */
const READING = new Set(['GET', 'HEAD', 'OPTIONS'])
const MOST_ADVANCE_BYTES = 4096

/**
 * The API as this machine offers it: on loopback only, for callers that name this machine as the host and, where a
 * browser says whose page asks, for its own pages. An answer to a change comes when all that follows from it is done.
 */
export function localDoor(
  { api, runtime, advance, outbox }: Pick<LocalStack, 'api' | 'runtime' | 'advance' | 'outbox'>,
  port: () => number,
  log: (line: string) => void,
): Hono {
  const door = new Hono()
  door.use(async (context, next) => {
    const ours = ownHosts(port())
    const host = context.req.header('host') ?? ''
    const origin = context.req.header('origin')
    if (!ours.includes(host)) return refuse(403, 'the Host header does not name this machine')
    const foreign = origin !== undefined && !ours.some((own) => origin === `http://${own}`)
    if (foreign && !READING.has(context.req.method)) return refuse(403, 'the Origin header names another site')
    return isFromElsewhere(context.req.raw) ? refuse(403, "another site's page asks") : next()
  })
  door.get('/local/outbox', (context) => context.json(outbox.rows()))
  const limit = bodyLimit({ maxSize: MOST_ADVANCE_BYTES, onError: () => refuse(413, 'at most 4096 bytes') })
  door.post('/local/advance', limit, async (context) => {
    const body: unknown = await context.req.json().catch(() => null)
    const ms = readAdvance(body && typeof body === 'object' && 'by' in body ? body.by : null)
    if (ms === null) return refuse(400, 'expected {"by": an ISO 8601 duration from PT0S to P400D}')
    return context.json({ now: await advance.by(ms) })
  })
  door.all('*', async (context) => {
    const answer = await api.fetch(context.req.raw)
    if (!READING.has(context.req.method)) await runtime.settle()
    return answer
  })
  door.onError((fault) => {
    log(`a request failed: ${fault.message}`)
    return refuse(503, 'it could not be done now; it may be tried again')
  })
  return door
}

/** A link that somebody follows may come from anywhere; a page of another site has no business asking by itself. */
function isFromElsewhere({ method, headers }: Request): boolean {
  const follows = method === 'GET' && headers.get('sec-fetch-mode') === 'navigate'
  return headers.get('sec-fetch-site') === 'cross-site' && !follows
}

function ownHosts(port: number): string[] {
  return ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`)
}

function refuse(status: number, detail: string): Response {
  const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail })
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json' } })
}

import { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiDependencies } from './api-dependencies.ts'
import { consoleRoutes } from './console/console.ts'
import { faultProblem, notFound } from './problem.ts'
import { acknowledgeRoutes } from './routes/acknowledge.ts'
import { checkRoutes } from './routes/checks.ts'
import { clockRoutes } from './routes/clocks.ts'
import { declareRoute } from './routes/declare.ts'
import { directoryRoutes } from './routes/directory.ts'
import { eventRoutes } from './routes/events.ts'
import { findingRoutes } from './routes/findings.ts'
import { incidentCommandRoutes } from './routes/incident-commands.ts'
import { incidentRoutes } from './routes/incidents.ts'
import { mergeRoutes } from './routes/merge.ts'
import { noteRoutes } from './routes/notes.ts'
import { onCallRoutes } from './routes/on-call.ts'
import { quarantineRoutes } from './routes/quarantine.ts'
import { seatRoutes } from './routes/seats.ts'
import { securityHeaders } from './security-headers.ts'

export type { ApiDependencies } from './api-dependencies.ts'

const ROUTES = [
  eventRoutes,
  findingRoutes,
  quarantineRoutes,
  incidentRoutes,
  declareRoute,
  incidentCommandRoutes,
  mergeRoutes,
  seatRoutes,
  clockRoutes,
  noteRoutes,
  directoryRoutes,
  onCallRoutes,
  checkRoutes,
  acknowledgeRoutes,
]

const ABOUT = {
  openapi: '3.1.0',
  info: {
    title: 'Muster',
    version: '1',
    description:
      'Instants are ISO 8601 in UTC, absent is null, errors are problem details (RFC 9457). Every POST takes an Idempotency-Key.',
  },
}

/** The HTTP surface, the same on one machine and deployed. Errors leave as problem details, never with a stack. */
export function createApi(deps: ApiDependencies): OpenAPIHono {
  const app = new OpenAPIHono()
  app.use(securityHeaders)
  app.onError((fault) => {
    const answer = faultProblem(fault)
    // Only what is ours to mend; no body and no address, which may be a secret.
    if (answer.status === 500) console.error(fault)
    return answer
  })
  app.notFound(() => notFound('address'))
  for (const routes of ROUTES) routes(app, deps)
  app.route('/', consoleRoutes(deps))
  // Made once, when first asked for: it takes a while.
  let description: string | null = null
  app.get('/openapi.json', (context) => {
    description ??= JSON.stringify(app.getOpenAPI31Document(ABOUT))
    return context.body(description, 200, { 'content-type': 'application/json' })
  })
  return app
}

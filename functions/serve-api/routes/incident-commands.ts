import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import type { Answered, Asked } from '../../../shared/app/ask-incident.ts'
import { changeIncidentSeverity } from '../../../shared/app/change-severity.ts'
import { askToClose } from '../../../shared/app/close-incident.ts'
import { recordIncidentFacts } from '../../../shared/app/record-facts.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { facts } from '../facts-field.ts'
import { id, pathId, REASON_LENGTH, reason, severity, text } from '../fields.ts'
import { commandAnswer, readAsked } from '../read-asked.ts'

const SEVERITY = z.object({ severity, responderId: id, reason })
const CLOSE = z.object({ responderId: id, reason: text(REASON_LENGTH) })
const FACTS = z.object({ responderId: id, facts })

/** What people do with an incident as a whole. */
export function incidentCommandRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  command(app, deps, 'severity', 'Raises or lowers the severity.', SEVERITY, (incidentId, body, asked) =>
    changeIncidentSeverity(deps, { incidentId, ...body }, asked),
  )
  command(app, deps, 'close', 'Closes the incident.', CLOSE, (incidentId, body, asked) =>
    askToClose(deps, { incidentId, ...body }, asked),
  )
  command(
    app,
    deps,
    'facts',
    'Records what was found out about the data concerned.',
    FACTS,
    (incidentId, body, asked) => recordIncidentFacts(deps, { incidentId, ...body }, asked),
  )
}

function command<Schema extends z.ZodType>(
  app: OpenAPIHono,
  deps: ApiDependencies,
  verb: string,
  summary: string,
  schema: Schema,
  run: (incidentId: string, body: z.output<Schema>, asked: Asked) => Promise<Answered<object>>,
): void {
  mount(
    app,
    {
      method: 'post',
      path: `/v1/incidents/{id}/${verb}`,
      summary,
      tag: 'incidents',
      params: z.object({ id: pathId }),
      query: z.object({}),
      body: { schema },
      answers: { 200: { description: 'Done, or done before', shape: z.record(z.string(), z.unknown()) } },
      problems: [400, 403, 404, 409, 410, 413, 422, 503],
    },
    async ({ params, request }) => {
      const asked = await readAsked(deps, request, schema)
      return asked.ok ? commandAnswer(await run(params.id, asked.value.body, asked.value.asked)) : asked.answer
    },
  )
}

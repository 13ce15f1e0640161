import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { askForSeat, SEAT_ACTIONS } from '../../../shared/app/seat-commands.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { id, optionalText, pathId, reason } from '../fields.ts'
import { commandAnswer, readAsked } from '../read-asked.ts'

const BODY = z.object({ responderId: id, to: optionalText(128), reason })

const ANSWER = z.strictObject({
  incidentId: z.string(),
  role: z.string(),
  action: z.enum(SEAT_ACTIONS),
  responderId: z.string(),
  to: z.string().nullable(),
})

/** Taking, refusing, passing on and escalating a seat, by name. */
export function seatRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'post',
      path: '/v1/incidents/{id}/seats/{role}/{action}',
      summary: 'Takes a seat, refuses it, hands it over to somebody, or goes to the next candidate.',
      tag: 'seats',
      params: z.object({ id: pathId, role: pathId, action: z.enum(SEAT_ACTIONS) }),
      query: z.object({}),
      body: { schema: BODY },
      answers: { 200: { description: 'Done, or done before by the same person', shape: ANSWER } },
      problems: [400, 403, 404, 409, 410, 413, 422, 503],
    },
    async ({ params, request }) => {
      const asked = await readAsked(deps, request, BODY)
      if (!asked.ok) return asked.answer
      const { id: incidentId, ...seat } = params
      return commandAnswer(
        await askForSeat(deps, { incidentId, ...seat, ...asked.value.body, via: 'api' }, asked.value.asked),
      )
    },
  )
}

import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { CLOCK_ACTIONS, type ClockRequest, decideOnClock, STAGE_ACTIONS } from '../../../shared/app/decide-clock.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { anchorName, id, instant, optionalText, pathId, reason } from '../fields.ts'
import { commandAnswer, readAsked } from '../read-asked.ts'

const PHASES = ['initial', 'supplement', 'complete', 'withdrawn'] as const
const ANCHOR = z.object({ name: anchorName, at: instant }, { error: 'a moment: {"name", "at"}' })

/** One shape for all decisions: each takes of it what it needs. */
const BODY = z.object({
  responderId: id,
  reason,
  anchor: orNull(ANCHOR),
  /** Of a re-anchoring that means one stage only. */
  stageId: optionalText(128),
  submittedAt: orNull(instant),
  phase: z
    .enum(PHASES, { error: `one of ${PHASES.join(', ')}` })
    .nullish()
    .transform((phase) => phase ?? 'initial'),
  receipt: optionalText(500),
})

const ANSWER = z.strictObject({
  incidentId: z.string(),
  clockId: z.string(),
  stageId: z.string().nullable(),
  action: z.enum([...CLOCK_ACTIONS, ...STAGE_ACTIONS]),
  responderId: z.string(),
  noteId: z.string().nullable(),
})

const SHARED = {
  method: 'post',
  tag: 'clocks',
  query: z.object({}),
  body: { schema: BODY },
  answers: { 200: { description: 'Decided, or decided so before', shape: ANSWER } },
  problems: [400, 403, 404, 409, 413, 422, 503],
} as const

/** What Legal Counsel decides about notification clocks. Reasons go into the confidential store. */
export function clockRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      ...SHARED,
      path: '/v1/incidents/{id}/clocks/{clockId}/{action}',
      summary: 'Confirms a clock, decides that nothing has to be notified, or moves the moment that it counts from.',
      params: z.object({ id: pathId, clockId: pathId, action: z.enum(CLOCK_ACTIONS) }),
    },
    ({ params, request }) => decide(deps, request, params, null),
  )
  mount(
    app,
    {
      ...SHARED,
      path: '/v1/incidents/{id}/clocks/{clockId}/stages/{stageId}/{action}',
      summary: 'Records that a stage was submitted, holds it where the law allows that, or waives it.',
      params: z.object({ id: pathId, clockId: pathId, stageId: pathId, action: z.enum(STAGE_ACTIONS) }),
    },
    ({ params, request }) => decide(deps, request, params, params.stageId),
  )
}

async function decide(
  deps: ApiDependencies,
  request: Request,
  { id: incidentId, clockId, action }: { readonly id: string } & Pick<ClockRequest, 'clockId' | 'action'>,
  stageId: string | null,
): Promise<Response> {
  const asked = await readAsked(deps, request, BODY)
  if (!asked.ok) return asked.answer
  const { stageId: named, ...body } = asked.value.body
  const stage = stageId ?? (action === 're-anchor' ? named : null)
  return commandAnswer(
    await decideOnClock(deps, { incidentId, clockId, action, ...body, stageId: stage }, asked.value.asked),
  )
}

function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? null)
}

import type { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import type { IntakeResult } from '../../../shared/app/intake.ts'
import { keepAnswer, readKept, requestCause, sentPrint } from '../../../shared/app/kept-answers.ts'
import { intakeShape } from '../answer-shapes.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { mount } from '../endpoint.ts'
import { badRequest, refusalProblem } from '../problem.ts'
import { MOST_EVENT_BYTES, readIdempotencyKey, readJsonBody } from '../read-request.ts'

/** More do not fit into 1 MB if they are events: what has more entries is something else. */
const MOST_EVENTS = 5_000

const BODY = z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]).meta({
  description: 'One EventBridge event, or an array of them; at most 1 MB.',
})

export function eventRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  mount(
    app,
    {
      method: 'post',
      path: '/v1/events',
      summary: 'Takes findings in: a result for each event and finding, in order.',
      tag: 'findings',
      params: z.object({}),
      query: z.object({}),
      body: { schema: BODY },
      answers: { 202: { description: 'What became of each finding', shape: intakeShape } },
      problems: [400, 413, 422, 503],
    },
    async ({ request }) => {
      const key = readIdempotencyKey(request)
      if (!key.ok) return key.answer
      const body = await readJsonBody(request, MOST_EVENT_BYTES)
      if (!body.ok) return body.answer
      const { value, text } = body.value
      const events: readonly unknown[] = Array.isArray(value) ? value : [value]
      return events.length > MOST_EVENTS ? tooMany(events.length) : answerOnce(deps, events, text, key.value)
    },
  )
}

function tooMany(found: number): Response {
  const expected = `at most ${MOST_EVENTS} events`
  return badRequest(`Too many events: expected ${expected}.`, [
    { path: '', line: 1, found: `a list of ${found}`, expected },
  ])
}

/** Findings know themselves again; with a key the first answer counts, too. */
async function answerOnce(deps: ApiDependencies, events: readonly unknown[], text: string, key: string | null) {
  const cause = key === null ? null : requestCause('events', key)
  const sent = sentPrint(text)
  const before = cause === null ? null : await readKept(deps.table, cause)
  if (before !== null && before.sent !== sent) return refusalProblem({ ok: false, reason: 'KeyReused' })
  if (before !== null) return accepted(before.answer)
  const results: readonly IntakeResult[] = events.length === 0 ? [] : await deps.intake(events)
  if (cause === null) return accepted({ results })
  const where = { state: null, now: deps.time.now() }
  return accepted((await keepAnswer(deps.table, cause, { sent, answer: { results } }, where)).answer)
}

function accepted(answer: unknown): Response {
  return Response.json(answer, { status: 202 })
}

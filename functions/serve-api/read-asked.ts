import type * as z from 'zod'
import type { Answered, Asked } from '../../shared/app/ask-incident.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { refusalProblem } from './problem.ts'
import { type Read, readBody, readIdempotencyKey } from './read-request.ts'

/** A command's body with the instant at which it came and the caller's name for it. */
export async function readAsked<Schema extends z.ZodType>(
  { time }: Pick<ApiDependencies, 'time'>,
  request: Request,
  schema: Schema,
): Promise<Read<{ readonly body: z.output<Schema>; readonly asked: Asked }>> {
  const key = readIdempotencyKey(request)
  if (!key.ok) return key
  const body = await readBody(request, schema)
  if (!body.ok) return body
  return { ok: true, value: { body: body.value, asked: { now: time.now(), idempotencyKey: key.value } } }
}

/** The answer of a command that was carried out, or why it was not. */
export function commandAnswer(answered: Answered<object>): Response {
  return answered.ok ? Response.json(answered.answer) : refusalProblem(answered)
}

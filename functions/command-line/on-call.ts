import * as z from 'zod'
import { ask } from './ask.ts'
import { defineVerb } from './verb.ts'

const ON_CALL_ANSWER = z.looseObject({
  at: z.string(),
  responderId: z.string().nullable(),
  reason: z.string().nullable(),
  until: z.string().nullable(),
})

/** `on-call`: who would be called for a role, or is on call in a rotation. */
export const ON_CALL = defineVerb({
  description: 'who would be called for a role, or by a rotation',
  finds: 'nobody can be called',
  args: {
    role: { type: 'string', description: 'e.g. incident-commander; either this or a rotation' },
    rotation: { type: 'string', description: 'the id of a rotation' },
    at: { type: 'string', description: 'an ISO 8601 instant instead of now', valueHint: 'instant' },
  },
  run: async ({ role, rotation, at, json }, terminal) => {
    if ((role === undefined) === (rotation === undefined)) {
      terminal.complain('expected either --role or --rotation')
      return 2
    }
    const answer = await ask(terminal, ON_CALL_ANSWER, { path: '/v1/on-call', query: { role, rotation, at } })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    const { responderId, reason, until } = answer.content
    const spoken = responderId === null ? 'nobody' : `${responderId} (${reason})`
    terminal.print(json ? JSON.stringify(answer.content) : `${spoken}${until === null ? '' : ` until ${until}`}`)
    return responderId === null ? 1 : 0
  },
})

import * as z from 'zod'
import { ask } from './ask.ts'
import { plainText, tableText } from './table-text.ts'
import { defineVerb } from './verb.ts'

const QUARANTINED = z.looseObject({
  id: z.string(),
  at: z.string(),
  reason: z.string(),
  errors: z.array(z.looseObject({ findingId: z.string().nullable(), path: z.string(), expected: z.string() })),
  eventBytes: z.number(),
  settledAt: z.string().nullable(),
})

/** `quarantine list`: what fitted no schema in the last 30 days. */
export const QUARANTINE_LIST = defineVerb({
  description: 'events that fitted no schema in the last 30 days, newest first',
  args: {
    status: { type: 'enum', options: ['open', 'settled'], description: 'only those' },
    limit: { type: 'string', description: 'how many at most, 1 to 200; 50 by default' },
  },
  run: async ({ status, limit, json }, terminal) => {
    const answer = await ask(terminal, z.array(QUARANTINED), { path: '/v1/quarantine', query: { status, limit } })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    if (json) terminal.print(JSON.stringify(answer.content))
    else terminal.print(answer.content.length === 0 ? 'nothing in quarantine' : listText(answer.content))
    return 0
  },
})

/** `quarantine show`: one event, whole. */
export const QUARANTINE_SHOW = defineVerb({
  description: 'one event that fitted no schema, whole, with what is wrong with it',
  args: { id: { type: 'positional', required: true, description: 'the id of the quarantined event' } },
  run: async ({ id, json }, terminal) => {
    const answer = await ask(terminal, QUARANTINED, { path: `/v1/quarantine/${encodeURIComponent(id)}` })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    const { content } = answer
    const errors = content.errors.map(({ path, expected }) => plainText(`${path || 'the event'}: expected ${expected}`))
    const event = JSON.stringify(content.event, null, 2).split('\n').map(plainText)
    terminal.print(json ? JSON.stringify(content) : [listText([content]), '', ...errors, '', ...event].join('\n'))
    return 0
  },
})

function listText(events: readonly z.infer<typeof QUARANTINED>[]): string {
  const rows = events.map(({ id, at, settledAt, eventBytes, reason }) => [
    ...[id, at, settledAt === null ? 'open' : `settled ${settledAt}`, String(eventBytes), reason],
  ])
  return tableText(['ID', 'CAME', 'STATUS', 'BYTES', 'REASON'], rows)
}

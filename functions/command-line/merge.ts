import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { ask } from './ask.ts'
import { plainText } from './table-text.ts'
import { defineVerb } from './verb.ts'

const MERGED = z.looseObject({ id: z.string(), severity: z.string(), title: z.string() })

/** `merge`: an incident goes on in another. */
export const MERGE = defineVerb({
  description: 'merge an incident into the one of a lower id, which takes over its findings, seats and clocks',
  finds: 'refused: not allowed, closed, merged before, or the other way round',
  args: {
    incident: { type: 'positional', required: true, description: 'the id of the incident that ends' },
    into: { type: 'string', required: true, description: 'the id of the incident that goes on' },
    as: { type: 'string', required: true, description: 'the id of the responder who merges' },
    reason: { type: 'string', required: true, description: 'why, for the record' },
  },
  run: async ({ incident, into, as, reason, json }, terminal) => {
    const answer = await ask(terminal, MERGED, {
      method: 'POST',
      path: `/v1/incidents/${encodeURIComponent(incident)}/merge`,
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ responderId: as, reason, into }),
    })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    const { id, severity, title } = answer.content
    const said = plainText(`${incident} goes on in ${id}  ${severity}  ${title}`)
    terminal.print(json ? JSON.stringify(answer.content) : said)
    return 0
  },
})

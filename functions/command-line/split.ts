import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { ask } from './ask.ts'
import { plainText } from './table-text.ts'
import { defineVerb } from './verb.ts'

const OPENED = z.looseObject({ id: z.string(), severity: z.string(), title: z.string() })

/** `split`: findings of an incident open one of their own. */
export const SPLIT = defineVerb({
  description: 'take findings out of an incident: they open one of their own',
  finds: 'refused: not allowed, closed or merged',
  args: {
    incident: { type: 'positional', required: true, description: 'the id of the incident' },
    findings: { type: 'string', required: true, description: 'the findings that leave, with commas between them' },
    as: { type: 'string', required: true, description: 'the id of the responder who splits' },
    reason: { type: 'string', required: true, description: 'why, for the record' },
  },
  run: async ({ incident, findings, as, reason, json }, terminal) => {
    const answer = await ask(terminal, OPENED, {
      method: 'POST',
      path: `/v1/incidents/${encodeURIComponent(incident)}/split`,
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ responderId: as, reason, findings: findings.split(',').map((one) => one.trim()) }),
    })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    const { id, severity, title } = answer.content
    terminal.print(json ? JSON.stringify(answer.content) : plainText(`opened ${id}  ${severity}  ${title}`))
    return 0
  },
})

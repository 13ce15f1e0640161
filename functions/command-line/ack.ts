import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { ask } from './ask.ts'
import { defineVerb } from './verb.ts'

/** `ack`: takes a seat in the name of a responder. */
export const ACK = defineVerb({
  description: 'take a seat of an incident in the name of a responder',
  finds: 'refused: held by another, excluded, or closed',
  args: {
    incident: { type: 'positional', required: true, description: 'the id of the incident' },
    role: { type: 'positional', required: true, description: 'the role of the seat, e.g. incident-commander' },
    responder: { type: 'positional', required: true, description: 'the id of the responder' },
  },
  run: async ({ incident, role, responder, json }, terminal) => {
    const answer = await ask(terminal, z.unknown(), {
      method: 'POST',
      path: `/v1/incidents/${encodeURIComponent(incident)}/seats/${encodeURIComponent(role)}/acknowledge`,
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ responderId: responder }),
    })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    terminal.print(json ? JSON.stringify(answer.content ?? null) : `${responder} holds ${role} of ${incident}`)
    return 0
  },
})

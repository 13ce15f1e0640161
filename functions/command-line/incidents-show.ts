import * as z from 'zod'
import { ask } from './ask.ts'
import { plainText, tableText } from './table-text.ts'
import { defineVerb } from './verb.ts'

const ATTEMPT = z.looseObject({
  responderId: z.string(),
  channel: z.string().nullable(),
  at: z.string(),
  outcome: z.string(),
  reason: z.string().nullable(),
})
const STAGE = z.looseObject({
  id: z.string(),
  status: z.string(),
  dueAt: z.string().nullable(),
  safeDueAt: z.string().nullable(),
})
const INCIDENT = z.looseObject({
  id: z.string(),
  title: z.string(),
  severity: z.string(),
  status: z.string(),
  openedAt: z.string(),
  awarenessAt: z.string().nullable(),
  accounts: z.array(z.string()),
  seats: z.array(
    z.looseObject({
      role: z.string(),
      status: z.string(),
      holder: z.string().nullable(),
      acting: z.boolean(),
      attempts: z.array(ATTEMPT),
    }),
  ),
  clocks: z.array(
    z.looseObject({ obligationId: z.string(), entityId: z.string(), status: z.string(), stages: z.array(STAGE) }),
  ),
})
type Incident = z.infer<typeof INCIDENT>

/** `incidents show`: one incident with its seats, who was called for them, and its clocks. */
export const INCIDENTS_SHOW = defineVerb({
  description: 'one incident with its seats, calls and clocks',
  args: { id: { type: 'positional', required: true, description: 'the id of the incident' } },
  run: async ({ id, json }, terminal) => {
    const answer = await ask(terminal, INCIDENT, { path: `/v1/incidents/${encodeURIComponent(id)}` })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    terminal.print(json ? JSON.stringify(answer.content) : incidentText(answer.content))
    return 0
  },
})

function incidentText(incident: Incident): string {
  const { id, severity, status, title, openedAt, awarenessAt, accounts } = incident
  return [
    plainText(`${id}  ${severity}  ${status}  ${title}`),
    `opened ${openedAt}, awareness ${awarenessAt ?? 'not recorded'}, accounts ${plainText(accounts.join(', '))}`,
    ...[seatsText(incident), callsText(incident), clocksText(incident)].filter((part) => part !== null),
  ].join('\n\n')
}

function seatsText({ seats }: Incident): string | null {
  const rows = seats.map(({ role, status, holder, acting }) => [
    role,
    status,
    `${holder ?? '-'}${acting ? ' (acting)' : ''}`,
  ])
  return rows.length === 0 ? null : tableText(['SEAT', 'STATUS', 'HOLDER'], rows)
}

function callsText({ seats }: Incident): string | null {
  const rows = seats.flatMap(({ role, attempts }) =>
    attempts.map(({ at, responderId, channel, outcome, reason }) => [
      ...[at, role, responderId, channel ?? '-', outcome, reason ?? '-'],
    ]),
  )
  const inOrder = rows.toSorted(([a = ''], [b = '']) => (a < b ? -1 : Number(a > b)))
  return rows.length === 0 ? null : tableText(['CALLED', 'SEAT', 'RESPONDER', 'CHANNEL', 'OUTCOME', 'REASON'], inOrder)
}

function clocksText({ clocks }: Incident): string | null {
  const rows = clocks.flatMap(({ obligationId, entityId, status, stages }) =>
    stages.map((stage) => [
      ...[obligationId, entityId, status, stage.id, stage.status, stage.dueAt ?? '-', stage.safeDueAt ?? '-'],
    ]),
  )
  const heads = ['OBLIGATION', 'ENTITY', 'CLOCK', 'STAGE', 'STATUS', 'DUE', 'SAFE DUE']
  return rows.length === 0 ? null : tableText(heads, rows)
}

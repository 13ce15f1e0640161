import * as z from 'zod'
import { askAll } from './ask.ts'
import { INCIDENTS_SHOW } from './incidents-show.ts'
import { tableText } from './table-text.ts'
import { defineVerb } from './verb.ts'

const LISTED = z.looseObject({
  id: z.string(),
  title: z.string(),
  severity: z.string(),
  status: z.string(),
  openedAt: z.string(),
  seats: z.array(z.looseObject({ status: z.string() })).default([]),
})

/** `incidents`: a list of them; `incidents show ID` has one in full. */
export const INCIDENTS = defineVerb({
  description: 'list incidents; `incidents show ID` has one in full',
  args: { status: { type: 'enum', options: ['open', 'closed'], description: 'only those' } },
  verbs: { show: INCIDENTS_SHOW },
  run: async ({ status, json }, terminal) => {
    const answer = await askAll(terminal, LISTED, { path: '/v1/incidents', query: { status } })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    if (json) terminal.print(JSON.stringify(answer.content))
    else terminal.print(answer.content.length === 0 ? 'no incidents' : listText(answer.content))
    return 0
  },
})

function listText(incidents: readonly z.infer<typeof LISTED>[]): string {
  const rows = incidents.map(({ id, severity, status, openedAt, seats, title }) => [
    ...[id, severity, status, openedAt],
    seatsText(seats.map((seat) => seat.status)),
    title,
  ])
  return tableText(['ID', 'SEVERITY', 'STATUS', 'OPENED', 'SEATS', 'TITLE'], rows)
}

/** `1 of 4 taken, 2 exhausted` */
function seatsText(statuses: readonly string[]): string {
  const [taken, exhausted] = ['taken', 'exhausted'].map((wanted) => statuses.filter((one) => one === wanted).length)
  return `${taken} of ${statuses.length} taken${exhausted ? `, ${exhausted} exhausted` : ''}`
}

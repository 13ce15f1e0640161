import * as z from 'zod'
import { type Answer, ask } from './ask.ts'
import { plainText } from './table-text.ts'
import type { ExitCode, Terminal } from './terminal.ts'
import { defineVerb } from './verb.ts'

const RETRIED = z.looseObject({
  id: z.string(),
  reason: z.string(),
  settledAt: z.string().nullable(),
  results: z.array(
    z.looseObject({
      findingId: z.string().nullable(),
      outcome: z.string(),
      incidentId: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
})
type Retried = z.infer<typeof RETRIED>
const LISTED = z.array(z.looseObject({ id: z.string() }))
/** As many as one list has. */
const MOST_LISTED = '200'

/** `quarantine retry`: takes events in again that fitted no schema, after a fix. */
export const QUARANTINE_RETRY = defineVerb({
  description: 'take quarantined events in again, after a fix; doing so twice is safe',
  finds: 'something still fits no schema',
  args: {
    id: { type: 'positional', required: false, description: 'the id of one; or --all' },
    all: { type: 'boolean', description: 'every open one of the last 30 days' },
  },
  run: async ({ id, all, json }, terminal) => {
    if ((id === undefined) === (all !== true)) {
      terminal.complain('expected either an id or --all')
      return 2
    }
    const say = (one: Retried) => terminal.print(json ? JSON.stringify(one) : retriedText(one))
    return id === undefined ? retryAll(terminal, say) : retryEach(terminal, [id], say)
  },
})

/** List by list, the newest first, and in each the oldest first. */
async function retryAll(terminal: Terminal, say: (one: Retried) => void): Promise<ExitCode> {
  let worst: ExitCode = 0
  for (let before: string | undefined; ; ) {
    const query = { status: 'open', limit: MOST_LISTED, before }
    const listed = await ask(terminal, LISTED, { path: '/v1/quarantine', query })
    if (!listed.ok) return refused(terminal, listed)
    const ids = listed.content.map(({ id }) => id)
    if (ids.length === 0) return worst
    before = ids.at(-1)
    const exit = await retryEach(terminal, ids.reverse(), say)
    if (exit === 2) return exit
    if (exit > worst) worst = exit
  }
}

async function retryEach(terminal: Terminal, ids: readonly string[], say: (one: Retried) => void): Promise<ExitCode> {
  let worst: ExitCode = 0
  for (const id of ids) {
    const path = `/v1/quarantine/${encodeURIComponent(id)}/retry`
    const answer = await ask(terminal, RETRIED, { method: 'POST', path })
    if (!answer.ok) return refused(terminal, answer)
    say(answer.content)
    const { settledAt, results } = answer.content
    if (settledAt === null || results.some(({ outcome }) => outcome === 'rejected')) worst = 1
  }
  return worst
}

function refused(terminal: Terminal, answer: Extract<Answer<unknown>, { ok: false }>): ExitCode {
  terminal.complain(answer.problem)
  return answer.exit
}

function retriedText({ id, settledAt, reason, results }: Retried): string {
  const head = settledAt === null ? `${id}  still open: ${reason}` : `${id}  settled ${settledAt}`
  const lines = results.map(
    (one) =>
      `  ${one.findingId ?? '-'}  ${one.outcome}${one.incidentId === null ? '' : `  ${one.incidentId}`}${one.reason === null ? '' : `  ${one.reason}`}`,
  )
  return [head, ...lines].map(plainText).join('\n')
}

import * as z from 'zod'
import { IGNORED_REASONS } from '../../shared/core/findings/finding.ts'
import { ask } from './ask.ts'
import { tableText } from './table-text.ts'
import { defineVerb } from './verb.ts'

const IGNORED = z.looseObject({
  findingId: z.string(),
  source: z.string(),
  type: z.string(),
  severity: z.string(),
  title: z.string(),
  accountId: z.string(),
  reason: z.string(),
  heldBy: z.looseObject({ ruleId: z.string(), owner: z.string(), reason: z.string(), until: z.string() }).nullable(),
  recordedAt: z.string(),
})

/** `findings ignored`: what did not page, and why. */
export const FINDINGS_IGNORED = defineVerb({
  description: 'the newest findings that paged nobody, with why',
  args: {
    reason: { type: 'enum', options: [...IGNORED_REASONS], description: 'only those' },
    limit: { type: 'string', description: 'how many at most, 1 to 100; 50 by default' },
    after: { type: 'string', description: 'go on where another list ended' },
  },
  run: async ({ reason, limit, after, json }, terminal) => {
    const query = { status: 'ignored', reason, limit, after }
    const answer = await ask(terminal, z.array(IGNORED), { path: '/v1/findings', query })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    if (json) {
      terminal.print(JSON.stringify(answer.content))
      return 0
    }
    terminal.print(answer.content.length === 0 ? 'no findings were set aside' : listText(answer.content))
    const next = answer.nextPath === null ? null : new URLSearchParams(answer.nextPath.split('?')[1]).get('after')
    if (next !== null) terminal.print(`more: --after ${next}`)
    return 0
  },
})

function listText(findings: readonly z.infer<typeof IGNORED>[]): string {
  const rows = findings.map(({ recordedAt, severity, accountId, reason, heldBy, source, title }) => [
    ...[recordedAt, severity, accountId, source],
    heldBy === null ? reason : `${reason}: ${heldBy.ruleId} of ${heldBy.owner} until ${heldBy.until}, ${heldBy.reason}`,
    title,
  ])
  return tableText(['RECORDED', 'SEVERITY', 'ACCOUNT', 'SOURCE', 'WHY', 'TITLE'], rows)
}

import { DEAD_LETTER_QUEUES } from '../../shared/app/redrive/dead-letter-queues.ts'
import { type QueueReport, redriveStack } from '../../shared/app/redrive/redrive-stack.ts'
import type { StackResource } from '../../shared/core/readiness/deployed-stack.ts'
import type { Looked } from '../../shared/core/readiness/looked.ts'
import { accountFor, STACK_ARGS } from './stack-args.ts'
import { plainText } from './table-text.ts'
import { defineVerb } from './verb.ts'

const NAMES = DEAD_LETTER_QUEUES.map(({ name }) => name)

/** `redrive`: gives dead letters back to those who gave up on them. */
export const REDRIVE = defineVerb({
  description: 'put the dead letters of a Muster that is deployed on AWS back into their queues',
  finds: 'some are left',
  args: {
    ...STACK_ARGS,
    queue: { type: 'enum', options: NAMES, description: 'only the dead letters of this one' },
    'dry-run': { type: 'boolean', description: 'only say how many there are' },
  },
  run: async ({ stack, region, queue, json, ...args }, terminal) => {
    const account = await accountFor(region, terminal)
    if (account === null) return 2
    const listed = await account.inspection.stacks.resources(stack)
    if (listed.status !== 'seen' || listed.fact === null) {
      terminal.complain(`${stack} in ${account.region}: ${whyNotListed(listed)}`)
      return 2
    }
    const isDry = args['dry-run'] === true
    const { deadLetters } = account
    const only = queue ?? null
    const progress = (what: string) => terminal.progress(`${what} …`)
    const reports = await redriveStack({ deadLetters, resources: listed.fact, only, isDry, progress })
    terminal.progress(null)
    if (json) terminal.print(JSON.stringify({ stack, region: account.region, dryRun: isDry, queues: reports }))
    else for (const report of reports) terminal.print(plainText(isDry ? dryLine(report) : lineOf(report)))
    if (reports.some(({ problem }) => problem !== null)) return 2
    return reports.some(({ left }) => left > 0) ? 1 : 0
  },
})

function whyNotListed(listed: Looked<readonly StackResource[] | null>): string {
  if (listed.status === 'seen') return 'there is no such stack'
  return listed.status === 'not-allowed' ? `not allowed to look: add ${listed.action}` : `no answer (${listed.why})`
}

/** `undelivered-events: 5 there, 3 moved, 2 dropped (ticks, …), 0 left` */
function lineOf({ queue, there, moved, dropped, left, unreadable, whyDropped, problem }: QueueReport): string {
  const parts = [
    `${queue}: ${there} there`,
    ...(there > 0 ? [`${moved} moved`] : []),
    ...(dropped > 0 ? [`${dropped} dropped (${whyDropped})`] : []),
    ...(there > 0 ? [`${left} left${unreadable > 0 ? ` (${unreadable} that no queue can read)` : ''}`] : []),
    ...(problem === null ? [] : [problem]),
  ]
  return parts.join(', ')
}

function dryLine({ queue, there, whyDropped, problem }: QueueReport): string {
  if (problem !== null) return `${queue}: ${problem}`
  const dropped = there > 0 && whyDropped !== null ? `; would be dropped: ${whyDropped}` : ''
  return `${queue}: ${there} there${dropped}`
}

import * as z from 'zod'
import { ask } from './ask.ts'
import { plainText } from './table-text.ts'
import { defineVerb } from './verb.ts'

const VERIFIED = z.looseObject({
  incidents: z.number(),
  commits: z.number(),
  faults: z.array(z.looseObject({ incidentId: z.string(), sequence: z.number().nullable(), what: z.string() })),
})
/** Every commit of every incident is read. */
const LONGEST_MS = 600_000

/** `verify`: whether the record of every incident is whole and unaltered. */
export const VERIFY = defineVerb({
  description: 'check that the record of every incident is whole and unaltered',
  finds: 'a record is altered or has a gap',
  args: {},
  run: async ({ json }, terminal) => {
    const answer = await ask(terminal, VERIFIED, { path: '/v1/verify', timeoutMs: LONGEST_MS })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    const { incidents, commits, faults } = answer.content
    if (json) terminal.print(JSON.stringify(answer.content))
    else {
      for (const fault of faults)
        terminal.print(plainText(`${fault.incidentId} ${fault.sequence ?? '-'} ${fault.what}`))
      terminal.print(`${commits} commits of ${incidents} incidents checked, ${faults.length} faults`)
    }
    return faults.length === 0 ? 0 : 1
  },
})

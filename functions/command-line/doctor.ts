import { type Examined, examineDeployment } from '../../shared/app/doctor/examine-deployment.ts'
import { accountFor, STACK_ARGS } from './stack-args.ts'
import { plainText } from './table-text.ts'
import { defineVerb } from './verb.ts'

const STATUSES = ['ok', 'warn', 'fail'] as const

/** `doctor`: whether a deployed Muster could call somebody now. */
export const DOCTOR = defineVerb({
  description: 'check a Muster that is deployed on AWS: what would keep it from calling people, and how to mend it',
  finds: 'something fails',
  args: STACK_ARGS,
  run: async ({ stack, region, json }, terminal) => {
    const account = await accountFor(region, terminal)
    if (account === null) return 2
    const examination = await examineDeployment(account, stack, (what) => terminal.progress(`looking at ${what} …`))
    terminal.progress(null)
    if (!examination.ok) {
      terminal.complain(examination.problem)
      return 2
    }
    const { verdicts } = examination
    const [fine, warnings, failures] = STATUSES.map((one) => verdicts.filter(({ status }) => status === one).length)
    if (json) terminal.print(JSON.stringify({ stack, region: account.region, verdicts }))
    else {
      for (const verdict of verdicts) terminal.print(plainText(lineOf(verdict)))
      terminal.print(`${stack} in ${account.region}: ${fine} ok, ${warnings} warn, ${failures} fail`)
    }
    return failures === 0 ? 0 : 1
  },
})

/** `warn  key DataKey: does not rotate  — aws kms …` */
function lineOf({ status, what, fix }: Examined): string {
  return `${status.padEnd(4)}  ${what}${fix === null ? '' : `  — ${fix}`}`
}

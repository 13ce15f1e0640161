import { judgeStack } from '../../core/readiness/judge-stack.ts'
import type { Looked } from '../../core/readiness/looked.ts'
import { fail, judged, ok, type Verdict } from '../../core/readiness/verdict.ts'
import type { DeployedAccount } from '../../ports/deployed-account.ts'
import type { Check } from './deployment.ts'
import { examineChannels } from './examine-channels.ts'
import { examineAlarmTopic, examineDeadLetters } from './examine-queues.ts'
import { examineDirectory, examineTick } from './examine-record.ts'
import { examineRules } from './examine-rules.ts'
import { examineKeys, examineTables } from './examine-store.ts'

const CHECKS: readonly Check[] = [
  { name: 'rules', examine: examineRules },
  { name: 'alarms', examine: examineAlarmTopic },
  { name: 'dead-letters', examine: examineDeadLetters },
  { name: 'tick', examine: examineTick },
  { name: 'tables', examine: examineTables },
  { name: 'keys', examine: examineKeys },
  { name: 'channels', examine: examineChannels },
  { name: 'directory', examine: examineDirectory },
]

/** A verdict, and which check it comes from. */
export type Examined = Verdict & { readonly check: string }

export type Examination =
  | { readonly ok: true; readonly verdicts: readonly Examined[] }
  /** There is nothing to examine, or nobody answers. */
  | { readonly ok: false; readonly problem: string }

/**
 * Looks at everything that a deployed Muster needs, part by part; what one part finds holds no other back.
 * @param progress is told of each part before it is looked at.
 */
export async function examineDeployment(
  account: DeployedAccount,
  stackName: string,
  progress: (what: string) => void,
): Promise<Examination> {
  progress('stack')
  const { stacks } = account.inspection
  const [described, listed] = await Promise.all([stacks.stack(stackName), stacks.resources(stackName)])
  const where = `${stackName} in ${account.region}`
  if (described.status === 'unseen') return { ok: false, problem: `no answer about ${where} (${described.why})` }
  const stack = thereOrNull(described)
  const resources = thereOrNull(listed)
  if (stack === null || resources === null) return { ok: false, problem: `there is no stack ${where}` }
  const verdicts = [...named('stack', [judgeStack(stack)])]
  if (resources.status !== 'seen') return { ok: true, verdicts: [...verdicts, ...named('stack', notListed(resources))] }
  const deployment = { account, stackName, stack, resources: resources.fact, now: account.time.now() }
  for (const { name, examine } of CHECKS) {
    progress(name)
    verdicts.push(...named(name, await examine(deployment)))
  }
  return { ok: true, verdicts }
}

function thereOrNull<T>(looked: Looked<T | null>): Looked<T> | null {
  if (looked.status !== 'seen') return looked
  return looked.fact === null ? null : { status: 'seen', fact: looked.fact }
}

/** All that follows asks for the resources by the names that the list gives. */
function notListed(resources: Looked<unknown>): Verdict[] {
  const what = 'resources of the stack'
  return [
    judged(what, resources, () => ok(what)),
    fail('everything else: not looked at', 'doctor must see the resources of the stack first'),
  ]
}

function named(check: string, verdicts: readonly Verdict[]): Examined[] {
  return verdicts.map((verdict) => ({ check, ...verdict }))
}

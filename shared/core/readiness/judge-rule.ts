import type { Looked } from './looked.ts'
import { fail, judged, judgedThere, ok, strayed, type Verdict } from './verdict.ts'

export interface RuleLooks {
  /** Of the rule in the template. */
  readonly logicalId: string
  /** What EventBridge calls it. */
  readonly name: string
  /** Whether it is enabled; null when there is no such rule. */
  readonly enabled: Looked<boolean | null>
  /** ARNs. */
  readonly targets: Looked<readonly string[]>
  /** The name of the queue or function that it must deliver to; null when the stack has none. */
  readonly target: { readonly logicalId: string; readonly name: string | null }
}

/** Whether an EventBridge rule is enabled, and delivers to where it should. */
export function judgeRule({ logicalId, name, enabled, targets, target }: RuleLooks): Verdict[] {
  const rule = `rule ${logicalId}`
  return [
    judgedThere(rule, enabled, (isEnabled) =>
      isEnabled ? ok(`${rule}: enabled`) : fail(`${rule}: disabled`, `aws events enable-rule --name ${name}`),
    ),
    judged(`${rule}, its target`, targets, (arns) =>
      arns.some((arn) => isNamed(arn, target.name))
        ? ok(`${rule}: delivers to ${target.logicalId}`)
        : strayed(`${rule}: does not deliver to ${target.logicalId}`),
    ),
  ]
}

/** The last part of the ARN of a queue or a function is its name. */
function isNamed(arn: string, name: string | null): boolean {
  return name !== null && arn.split(':').at(-1) === name
}

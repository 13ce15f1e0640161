import type { StackResource } from '../../core/readiness/deployed-stack.ts'
import type { StackFacts } from '../../core/readiness/judge-stack.ts'
import type { Looked } from '../../core/readiness/looked.ts'
import type { Verdict } from '../../core/readiness/verdict.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { DeployedAccount } from '../../ports/deployed-account.ts'

/** A deployed Muster, as each check finds it. */
export interface Deployment {
  readonly account: DeployedAccount
  readonly stackName: string
  readonly stack: Looked<StackFacts>
  readonly resources: readonly StackResource[]
  readonly now: Instant
}

/** One part of what doctor does. */
export interface Check {
  readonly name: string
  readonly examine: (deployment: Deployment) => Promise<readonly Verdict[]>
}

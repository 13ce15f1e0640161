import { physicalIdOf, queueNameOf, type StackResource } from '../../core/readiness/deployed-stack.ts'
import { judgeRule } from '../../core/readiness/judge-rule.ts'
import { strayed, type Verdict } from '../../core/readiness/verdict.ts'
import type { Deployment } from './deployment.ts'

/** Where rules deliver to; those that are not named bring findings. */
const TARGETS: Readonly<Record<string, string>> = {
  TickRule: 'TickLambdaFunction',
  SweepRetentionRule: 'SweepRetentionLambdaFunction',
  MailEventsRule: 'RepliesQueue',
}
const FINDINGS = 'FindingsQueue'
/** Those that bring findings, as the template has them. */
export const FINDINGS_RULES = [
  'GuardDutyRule',
  'MalwareRule',
  'SecurityHubRule',
  'CloudWatchRule',
  'ConfigRule',
  'MacieRule',
  'InspectorRule',
  'AccessAnalyzerRule',
  'HealthRule',
  'TrustedAdvisorRule',
  'SecurityIrRule',
  'MusterFindingRule',
  'SignInRule',
  'RootCallsRule',
  'IdentityCallsRule',
  'DetectionCallsRule',
  'DataCallsRule',
]
const NEEDED = ['TickRule', 'SweepRetentionRule', ...FINDINGS_RULES]

/** Each rule of the stack, and those that it should have. */
export async function examineRules({ account, resources }: Deployment): Promise<Verdict[]> {
  const rules = resources.filter(({ type }) => type === 'AWS::Events::Rule')
  const missing = NEEDED.filter((logicalId) => physicalIdOf(resources, logicalId) === null)
  const judged = await Promise.all(
    rules.map(async ({ logicalId, physicalId }) => {
      const [enabled, targets] = await Promise.all([
        account.inspection.rules.enabled(physicalId),
        account.inspection.rules.targets(physicalId),
      ])
      return judgeRule({ logicalId, name: physicalId, enabled, targets, target: targetOf(resources, logicalId) })
    }),
  )
  return [...missing.map((logicalId) => strayed(`rule ${logicalId}: not in the stack`)), ...judged.flat()]
}

function targetOf(resources: readonly StackResource[], rule: string): { logicalId: string; name: string | null } {
  const logicalId = TARGETS[rule] ?? FINDINGS
  const id = physicalIdOf(resources, logicalId)
  return { logicalId, name: id === null ? null : queueNameOf(id) }
}

import {
  DescribeRuleCommand,
  type EventBridgeClient,
  ListTargetsByRuleCommand,
  type ListTargetsByRuleCommandOutput,
} from '@aws-sdk/client-eventbridge'
import type { RuleInspection } from '../../ports/inspection.ts'
import { look, lookFor } from '../../ports/look.ts'

/** Rules of the default event bus. */
export function ruleInspection(client: EventBridgeClient): RuleInspection {
  return {
    enabled: (name) =>
      lookFor('events:DescribeRule', async () => {
        const { State } = await client.send(new DescribeRuleCommand({ Name: name }))
        return State?.startsWith('ENABLED') ?? false
      }),
    targets: (name) => look('events:ListTargetsByRule', () => targetArns(client, name)),
  }
}

async function targetArns(client: EventBridgeClient, rule: string): Promise<string[]> {
  const arns: string[] = []
  let next: string | undefined
  do {
    const command = new ListTargetsByRuleCommand({ Rule: rule, ...(next === undefined ? {} : { NextToken: next }) })
    const page: ListTargetsByRuleCommandOutput = await client.send(command)
    arns.push(...(page.Targets ?? []).map(({ Arn = '' }) => Arn))
    next = page.NextToken
  } while (next !== undefined)
  return arns
}

import {
  type CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation'
import type { StackResource } from '../../core/readiness/deployed-stack.ts'
import type { StackFacts } from '../../core/readiness/judge-stack.ts'
import type { StackInspection } from '../../ports/inspection.ts'
import { look } from '../../ports/look.ts'

/** A stack and its resources. They are listed: a description ends at a hundred, and a stack of Muster's has more. */
export function stackInspection(client: CloudFormationClient): StackInspection {
  return {
    stack: (name) => look('cloudformation:DescribeStacks', () => orNull(describe(client, name))),
    resources: (name) => look('cloudformation:ListStackResources', () => orNull(list(client, name))),
  }
}

async function describe(client: CloudFormationClient, name: string): Promise<StackFacts> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }))
  const { StackStatus = '', Parameters = [] } = Stacks[0] ?? {}
  const parameters = Parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue])
  return { status: StackStatus, parameters: Object.fromEntries(parameters) }
}

async function list(client: CloudFormationClient, name: string): Promise<StackResource[]> {
  const resources: StackResource[] = []
  for await (const page of paginateListStackResources({ client }, { StackName: name })) {
    resources.push(...(page.StackResourceSummaries ?? []).flatMap(resourceOf))
  }
  return resources
}

function resourceOf(summary: StackResourceSummary): StackResource[] {
  const { LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus } = summary
  if (ResourceStatus === 'DELETE_COMPLETE' || !LogicalResourceId || !PhysicalResourceId) return []
  return [{ logicalId: LogicalResourceId, physicalId: PhysicalResourceId, type: ResourceType ?? '' }]
}

/** The service has no name of its own for a stack that does not exist. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && /^ValidationError/.test(error.name) && /does not exist/.test(error.message))
      return null
    throw error
  }
}

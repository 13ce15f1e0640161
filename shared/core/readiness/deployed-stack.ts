/** One resource of a CloudFormation stack. */
export interface StackResource {
  /** Its name in the template, e.g. `FindingsQueue`. */
  readonly logicalId: string
  /** What the service calls it: a queue's URL, a topic's ARN, the name of most others. */
  readonly physicalId: string
  /** E.g. `AWS::SQS::Queue`. */
  readonly type: string
}

/** A kind of channel and the function that serves it, which is there only where the channel is set up. */
const SENDERS = [
  { kind: 'email', logicalId: 'SendEmailLambdaFunction' },
  { kind: 'sms', logicalId: 'SendSmsLambdaFunction' },
] as const

export type DeployedChannel = (typeof SENDERS)[number]['kind']

/** The physical id; null when the stack has no such resource. */
export function physicalIdOf(resources: readonly StackResource[], logicalId: string): string | null {
  return resources.find((resource) => resource.logicalId === logicalId)?.physicalId ?? null
}

/** The kinds of channel by which this stack reaches people. */
export function deployedChannels(resources: readonly StackResource[]): DeployedChannel[] {
  const isThere = ({ logicalId }: { logicalId: string }) => physicalIdOf(resources, logicalId) !== null
  return SENDERS.filter(isThere).map(({ kind }) => kind)
}

/** The last part of a queue's address: its name. */
export function queueNameOf(queueUrl: string): string {
  return queueUrl.split('/').at(-1) ?? queueUrl
}

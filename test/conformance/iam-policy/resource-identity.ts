/** What `Ref` and `Fn::GetAtt` give for one resource. */
export interface ResourceIdentity {
  readonly ref: string
  readonly attributes: Readonly<Record<string, string>>
}

/** What a resource's identity is made of. */
export interface IdentityParts {
  /** Its name in the template, or else its logical id. */
  readonly name: string
  /** `/` unless the template has another, for a role. */
  readonly path: string
  /** The value of a pseudo parameter: `pseudo('Region')`. */
  pseudo(name: string): string
}

interface ResourceType {
  /** The property with the name; null where AWS gives an id. */
  readonly nameProperty: string | null
  identity(parts: IdentityParts): ResourceIdentity
}

/** The types whose policies and ARNs this project's tests read. Source: CloudFormation Template Reference, "Return values". */
const TYPES: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
  ['AWS::SQS::Queue', { nameProperty: 'QueueName', identity: queue }],
  ['AWS::SNS::Topic', { nameProperty: 'TopicName', identity: topic }],
  ['AWS::DynamoDB::Table', { nameProperty: 'TableName', identity: table }],
  ['AWS::DynamoDB::GlobalTable', { nameProperty: 'TableName', identity: table }],
  ['AWS::IAM::Role', { nameProperty: 'RoleName', identity: role }],
  ['AWS::S3::Bucket', { nameProperty: 'BucketName', identity: bucket }],
  ['AWS::Logs::LogGroup', { nameProperty: 'LogGroupName', identity: logGroup }],
  ['AWS::Lambda::Function', { nameProperty: 'FunctionName', identity: named('lambda', 'function:') }],
  ['AWS::Events::Rule', { nameProperty: 'Name', identity: named('events', 'rule/') }],
  ['AWS::Events::EventBus', { nameProperty: 'Name', identity: named('events', 'event-bus/', 'Name') }],
  ['AWS::Scheduler::ScheduleGroup', { nameProperty: 'Name', identity: named('scheduler', 'schedule-group/') }],
  ['AWS::KMS::Key', { nameProperty: null, identity: named('kms', 'key/', 'KeyId') }],
])

/** @throws on a type that is not listed. */
export function resourceType(type: string, at: string): ResourceType {
  const known = TYPES.get(type)
  if (!known) throw new Error(`${at}: the ARN of ${type} is not known; give it with the values`)
  return known
}

function arnOf({ pseudo }: IdentityParts, service: string, resource: string): string {
  return `arn:${pseudo('Partition')}:${service}:${pseudo('Region')}:${pseudo('AccountId')}:${resource}`
}

/** `Ref` gives the name, `Arn` the ARN, and a further attribute the name again. */
function named(service: string, prefix: string, nameAttribute?: string): ResourceType['identity'] {
  return (parts) => {
    const attributes = { Arn: arnOf(parts, service, `${prefix}${parts.name}`) }
    return { ref: parts.name, attributes: nameAttribute ? { ...attributes, [nameAttribute]: parts.name } : attributes }
  }
}

function queue(parts: IdentityParts): ResourceIdentity {
  const { name, pseudo } = parts
  const url = `https://sqs.${pseudo('Region')}.${pseudo('URLSuffix')}/${pseudo('AccountId')}/${name}`
  return { ref: url, attributes: { Arn: arnOf(parts, 'sqs', name), QueueName: name, QueueUrl: url } }
}

function topic(parts: IdentityParts): ResourceIdentity {
  const arn = arnOf(parts, 'sns', parts.name)
  return { ref: arn, attributes: { TopicArn: arn, TopicName: parts.name } }
}

function table(parts: IdentityParts): ResourceIdentity {
  const arn = arnOf(parts, 'dynamodb', `table/${parts.name}`)
  // A stream is named by the instant at which it was switched on; policies need one, whichever.
  return { ref: parts.name, attributes: { Arn: arn, StreamArn: `${arn}/stream/2026-01-01T00:00:00.000` } }
}

function role({ name, path, pseudo }: IdentityParts): ResourceIdentity {
  return {
    ref: name,
    attributes: { Arn: `arn:${pseudo('Partition')}:iam::${pseudo('AccountId')}:role${path}${name}` },
  }
}

function bucket({ name, pseudo }: IdentityParts): ResourceIdentity {
  return { ref: name, attributes: { Arn: `arn:${pseudo('Partition')}:s3:::${name}` } }
}

function logGroup(parts: IdentityParts): ResourceIdentity {
  return { ref: parts.name, attributes: { Arn: `${arnOf(parts, 'logs', `log-group:${parts.name}`)}:*` } }
}

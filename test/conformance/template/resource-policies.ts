import { isAllowedByResourcePolicy } from '../iam-policy/is-allowed.ts'
import type { Principal } from '../iam-policy/principal.ts'
import type { ContextValue } from '../iam-policy/request.ts'
import { attributeOf, resolvedProperties } from './resolve-stack.ts'
import { listOf, type Resource, referenced, resourceNamed, resourcesOf, type Template } from './template.ts'

/** The policy of a queue, topic, key or bucket, and what can be asked of it. */
export interface ResourcePolicy {
  readonly on: Resource
  readonly arn: string
  readonly document: unknown
  /** Everything that somebody might want of such a resource. */
  readonly actions: readonly string[]
}

const QUEUE = [
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'PurgeQueue',
  'SetQueueAttributes',
  'GetQueueAttributes',
]
const TOPIC = ['Publish', 'Subscribe', 'SetTopicAttributes', 'AddPermission', 'GetTopicAttributes', 'DeleteTopic']
const OF_DATA = [
  'Decrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'Encrypt',
  'ReEncryptFrom',
  'DescribeKey',
]
const OF_MACS = ['GenerateMac', 'VerifyMac']
const OF_KEYS = ['PutKeyPolicy', 'ScheduleKeyDeletion', 'DisableKey', 'CreateGrant', 'GetKeyPolicy']
const BUCKET = ['GetObject', 'PutObject', 'DeleteObject', 'ListBucket', 'PutBucketPolicy']

export function resourcePolicies(template: Template): readonly ResourcePolicy[] {
  return [
    ...attached(template, 'AWS::SQS::QueuePolicy', 'Queues', { attribute: 'Arn', actions: prefixed('sqs', QUEUE) }),
    ...attached(template, 'AWS::SNS::TopicPolicy', 'Topics', {
      attribute: 'TopicArn',
      actions: prefixed('sns', TOPIC),
    }),
    ...attached(template, 'AWS::S3::BucketPolicy', 'Bucket', { attribute: 'Arn', actions: prefixed('s3', BUCKET) }),
    ...resourcesOf(template, 'AWS::KMS::Key').map((on) => {
      const actions = prefixed('kms', [...OF_DATA, ...OF_MACS, ...OF_KEYS])
      return { on, arn: attributeOf(template, on.id), document: resolvedProperties(template, on.id).KeyPolicy, actions }
    }),
  ]
}

function attached(
  template: Template,
  type: string,
  to: string,
  { attribute, actions }: { readonly attribute: string; readonly actions: readonly string[] },
): ResourcePolicy[] {
  return resourcesOf(template, type).flatMap(({ id, property }) =>
    listOf(property(to)).map((value) => {
      const on = resourceNamed(template, referenced(value))
      if (on === null) throw new Error(`${id}: is about nothing of the stack`)
      const document = resolvedProperties(template, id).PolicyDocument
      return { on, arn: attributeOf(template, on.id, attribute), document, actions }
    }),
  )
}

/** What the policy says of one request; over an encrypted connection, where the context does not say otherwise. */
export function decide(
  { document, arn }: ResourcePolicy,
  principal: Principal,
  action: string,
  context: Readonly<Record<string, ContextValue>>,
): ReturnType<typeof isAllowedByResourcePolicy> {
  // A bucket's objects are other resources than the bucket.
  const resource = /^s3:\w+Object$/.test(action) ? `${arn}/serverless/one.zip` : arn
  const asked = { 'aws:SecureTransport': true, ...context }
  return isAllowedByResourcePolicy(document, { action, resource, context: asked, principal })
}

function prefixed(service: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${service}:${name}`)
}

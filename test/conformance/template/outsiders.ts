import type { ContextValue } from '../iam-policy/request.ts'
import { partOf } from '../iam-policy/template-values.ts'
import { attributeOf, resolvedProperties } from './resolve-stack.ts'
import { ACCOUNT, REGION, SMS_IDENTITY } from './stack-values.ts'
import { listOf, type Resource, referenced, resourceNamed, resourcesOf, type Template } from './template.ts'
import { deliveries } from './wiring.ts'

type Context = Readonly<Record<string, ContextValue>>

/** A service of AWS that puts something into a queue or topic of the stack. */
export interface Outsider {
  /** `events.amazonaws.com` */
  readonly service: string
  readonly to: Resource
  /** What its request carries: the source in whose name it comes. */
  readonly context: Context
  /** What its requests to the key behind the queue or topic may carry: each is to be enough. */
  readonly keyContexts: readonly Context[]
}

/** Everyone who puts into queues and topics from outside, as rules, subscriptions, alarms and configuration sets say. */
export function outsiders(template: Template): readonly Outsider[] {
  return [...intoQueues(template), ...alarms(template), ...texts(template)]
}

/** The ARN by which policies of a queue or topic name it. */
function messageArnOf(template: Template, { id, type }: Resource): string {
  return attributeOf(template, id, type === 'AWS::SNS::Topic' ? 'TopicArn' : 'Arn')
}

function intoQueues(template: Template): Outsider[] {
  return deliveries(template).flatMap(({ service, source, to, deadLetters }) => {
    const queues = [to, deadLetters].map((id) => resourceNamed(template, id))
    const from = resourceNamed(template, source)
    if (from === null) return []
    return queues.flatMap((queue): Outsider[] => {
      if (queue?.type !== 'AWS::SQS::Queue') return []
      const context = cameFrom(messageArnOf(template, from))
      const inQueue = { 'kms:EncryptionContext:aws:sqs:arn': messageArnOf(template, queue) }
      // AWS says of EventBridge that policies of keys can't ask for the source of its requests, and shows none that does:
      // SNS Developer Guide, "Key management"; EventBridge User Guide, "Event bus targets".
      const withoutSource = service === 'events.amazonaws.com' ? [inQueue] : []
      return [{ service, to: queue, context, keyContexts: [{ ...context, ...inQueue }, ...withoutSource] }]
    })
  })
}

function alarms(template: Template): Outsider[] {
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(({ property }) => {
    const context = cameFrom(`arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${property('AlarmName')}`)
    const actions = [...listOf(property('AlarmActions')), ...listOf(property('OKActions'))]
    return toTopics(template, 'cloudwatch.amazonaws.com', [context], actions)
  })
}

/** What became of texts, from their configuration set; and what people send back, from the number. */
function texts(template: Template): Outsider[] {
  return resourcesOf(template, 'AWS::SMSVOICE::ConfigurationSet').flatMap(({ id, property }) => {
    const name = resolvedProperties(template, id).ConfigurationSetName
    const set = cameFrom(`arn:aws:sms-voice:${REGION}:${ACCOUNT}:configuration-set/${name}`)
    const named = listOf(property('EventDestinations')).map((to) => partOf(to, ['SnsDestination', 'TopicArn']))
    return toTopics(template, 'sms-voice.amazonaws.com', [set, cameFrom(SMS_IDENTITY)], named)
  })
}

function toTopics(
  template: Template,
  service: string,
  contexts: readonly Context[],
  named: readonly unknown[],
): Outsider[] {
  return named.flatMap((value) => {
    const to = resourceNamed(template, referenced(value))
    if (to?.type !== 'AWS::SNS::Topic') return []
    const inTopic = { 'kms:EncryptionContext:aws:sns:topicArn': messageArnOf(template, to) }
    return contexts.map((context) => ({ service, to, context, keyContexts: [{ ...context, ...inTopic }] }))
  })
}

function cameFrom(arn: string): Context {
  return { 'aws:SourceArn': arn, 'aws:SourceAccount': ACCOUNT, 'aws:SecureTransport': true }
}

import { partOf } from '../iam-policy/template-values.ts'
import { isObject } from '../json-object.ts'
import { listOf, type Resource, referenced, resourceNamed, resourcesOf, type Template } from './template.ts'

/** Something that hands messages on, and where those go that it cannot hand on; by logical id, null where none is named. */
export interface Delivery {
  /** `TickRule` */
  readonly from: Resource
  /** Who asks for it: `events.amazonaws.com`. */
  readonly service: string
  /** The resource whose ARN the service names as its source. */
  readonly source: string | null
  readonly to: string | null
  readonly deadLetters: string | null
}

/** What EventBridge rules hand to their targets, and topics to queues. */
export function deliveries(template: Template): readonly Delivery[] {
  const fromRules = resourcesOf(template, 'AWS::Events::Rule').flatMap((from) =>
    listOf(from.property('Targets')).map((target): Delivery => {
      const deadLetters = referenced(partOf(target, ['DeadLetterConfig', 'Arn']))
      return {
        from,
        service: 'events.amazonaws.com',
        source: from.id,
        to: referenced(partOf(target, ['Arn'])),
        deadLetters,
      }
    }),
  )
  const subscriptions = resourcesOf(template, 'AWS::SNS::Subscription')
  const fromTopics = subscriptions
    .filter((from) => from.property('Protocol') === 'sqs')
    .map((from): Delivery => {
      const [source, to] = [referenced(from.property('TopicArn')), referenced(from.property('Endpoint'))]
      const deadLetters = referenced(from.property('RedrivePolicy', 'deadLetterTargetArn'))
      return { from, service: 'sns.amazonaws.com', source, to, deadLetters }
    })
  return [...fromRules, ...fromTopics]
}

/** What Lambda reads for a function: a queue, or a table's stream. */
export interface Mapping {
  readonly resource: Resource
  readonly source: Resource
  readonly reader: Resource
  /** Where records of a stream go that failed too often; null where none is named. */
  readonly failures: string | null
}

/** @throws for a mapping whose source or function is not in the template. */
export function mappings(template: Template): readonly Mapping[] {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map((resource) => {
    const source = resourceNamed(template, referenced(resource.property('EventSourceArn')))
    const reader = resourceNamed(template, referenced(resource.property('FunctionName')))
    if (source === null || reader === null) throw new Error(`${resource.id}: its ends are not in the template`)
    const failures = referenced(resource.property('DestinationConfig', 'OnFailure', 'Destination'))
    return { resource, source, reader, failures }
  })
}

/** The queues that something names as the place for what could not be done or handed on. */
export function deadLetterQueues(template: Template): ReadonlySet<string> {
  const redriven = resourcesOf(template, 'AWS::SQS::Queue').map((queue) => deadLettersOf(queue))
  const undelivered = deliveries(template).map(({ deadLetters }) => deadLetters)
  const failed = mappings(template).map(({ failures }) => failures)
  return new Set([...redriven, ...undelivered, ...failed].filter((id) => id !== null))
}

export function deadLettersOf(queue: Resource): string | null {
  return referenced(queue.property('RedrivePolicy', 'deadLetterTargetArn'))
}

/** `muster-prod-send-email` as `send-email`: what a function is called in `functions/`, or the job that it has there. */
export function jobOf(lambda: Resource): string {
  const name = lambda.property('FunctionName')
  if (typeof name !== 'string' || !isFunctionName(name)) throw new Error(`${lambda.id}: has no name of this stack's`)
  return name.split('-').slice(2).join('-')
}

function isFunctionName(name: string): boolean {
  return /^muster-[a-z]+(-[a-z]+)+$/.test(name)
}

/** Statements of a policy that is written out, whether one or several. */
export function statementsOf(policy: unknown): readonly Readonly<Record<string, unknown>>[] {
  return listOf(partOf(policy, ['Statement'])).filter(isObject)
}

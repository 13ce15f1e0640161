import type { Principal } from '../iam-policy/principal.ts'
import { type Outsider, outsiders } from './outsiders.ts'
import { attributeOf } from './resolve-stack.ts'
import { decide, type ResourcePolicy, resourcePolicies } from './resource-policies.ts'
import { ACCOUNT, REGION } from './stack-values.ts'
import { type Check, faultIf, referenced, resourcesOf, type Template } from './template.ts'

const PUTS: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'sqs:SendMessage',
  'AWS::SNS::Topic': 'sns:Publish',
}
const FOR_DELIVERY = ['kms:GenerateDataKey', 'kms:Decrypt']

/** Who is to put something into a queue or topic may do that, nothing else, and only over an encrypted connection. */
export const outsiderFaults: Check = (template) => {
  const policies = resourcePolicies(template)
  return outsiders(template).flatMap((outsider) => {
    const { service, to, context } = outsider
    const policy = policies.find(({ on }) => on.id === to.id)
    if (policy === undefined) return [`${to.id}: has no policy that lets ${service} in`]
    return policy.actions.flatMap((action) => {
      const wanted = action === PUTS[to.type] ? 'allowed' : 'denied'
      const decision = decide(policy, { service }, action, context)
      return faultIf(decision !== wanted, `${to.id}: ${action} by ${nameOf(outsider)} is ${decision}`)
    })
  })
}

/** Over a connection that is not encrypted nobody does anything with a queue that others put into. */
export const plainTransportFaults: Check = (template) => {
  const queues = resourcePolicies(template).filter(
    ({ on }) => on.type !== 'AWS::SNS::Topic' && on.type !== 'AWS::KMS::Key',
  )
  return queues.flatMap((policy) =>
    [{ arn: `arn:aws:iam::${ACCOUNT}:role/any` }, { service: 'events.amazonaws.com' }].flatMap((principal) =>
      policy.actions.flatMap((action) => {
        const decision = decide(policy, principal, action, { 'aws:SecureTransport': false })
        return faultIf(decision !== 'explicitly-denied', `${policy.on.id}: ${action} in plain text is ${decision}`)
      }),
    ),
  )
}

/** The key behind a queue or topic serves whoever is to put something there, and only for that. */
export const deliveryKeyFaults: Check = (template) => {
  const policies = resourcePolicies(template)
  const faults = outsiders(template).flatMap((outsider) => {
    const { service, to, keyContexts } = outsider
    const policy = policies.find(({ on }) => on.id === referenced(to.property('KmsMasterKeyId')))
    if (policy === undefined) return [`${to.id}: has no key of the stack`]
    return keyContexts.flatMap((context) =>
      policy.actions.flatMap((action) => {
        const wanted = FOR_DELIVERY.includes(action) ? 'allowed' : 'denied'
        const decision = decide(policy, { service }, action, context)
        const how = 'aws:SourceArn' in context ? '' : ', which names no source,'
        return faultIf(decision !== wanted, `${policy.on.id}: ${action} by ${nameOf(outsider)}${how} is ${decision}`)
      }),
    )
  })
  return [...new Set(faults)]
}

/** The key of a log group serves the region's logs for that group, and for no other. */
export const logKeyFaults: Check = (template) => {
  const policies = resourcePolicies(template)
  const service = `logs.${REGION}.amazonaws.com`
  const arnOf = (name: unknown) => ({
    'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}`,
  })
  return resourcesOf(template, 'AWS::Logs::LogGroup').flatMap(({ id, property }) => {
    const policy = policies.find(({ on }) => on.id === referenced(property('KmsKeyId')))
    if (policy === undefined) return [`${id}: has no key of the stack`]
    const [own, other] = [property('LogGroupName'), '/aws/lambda/payments'].map((name) =>
      decide(policy, { service }, 'kms:GenerateDataKey', arnOf(name)),
    )
    return [
      ...faultIf(own !== 'allowed', `${policy.on.id}: does not serve ${id}: ${own}`),
      ...faultIf(other !== 'denied', `${policy.on.id}: serves log groups of others: ${other}`),
    ]
  })
}

/** The account decides by its own policies who else uses a key: no role of the stack would get anywhere otherwise. */
export const keyAccountFaults: Check = (template) =>
  resourcePolicies(template)
    .filter(({ on }) => on.type === 'AWS::KMS::Key')
    .flatMap((policy) => ofEachRole(template, policy))

function ofEachRole(template: Template, policy: ResourcePolicy): readonly string[] {
  return resourcesOf(template, 'AWS::IAM::Role').flatMap(({ id }) => {
    const role: Principal = { arn: attributeOf(template, id) }
    const decision = decide(policy, role, 'kms:Decrypt', {})
    return faultIf(
      decision !== 'left-to-account',
      `${policy.on.id}: ${id} is ${decision}, whatever its own policies say`,
    )
  })
}

function nameOf({ service, context }: Outsider): string {
  return `${service} for ${context['aws:SourceArn']}`
}

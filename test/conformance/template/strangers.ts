import type { Principal } from '../iam-policy/principal.ts'
import type { ContextValue } from '../iam-policy/request.ts'
import { attributeOf, resolvedProperties } from './resolve-stack.ts'
import { decide, type ResourcePolicy, resourcePolicies } from './resource-policies.ts'
import { ACCOUNT, REGION } from './stack-values.ts'
import { type Check, faultIf, resourcesOf } from './template.ts'

interface Stranger {
  readonly what: string
  readonly principal: Principal
  readonly context: Readonly<Record<string, ContextValue>>
}

const OTHER = '999999999999'
/** Services that the stack deals with, and some that it does not, each with something of its own that it would name. */
const SOURCES: Readonly<Record<string, string>> = {
  events: 'rule/muster-prod-findings-guardduty',
  sns: 'muster-prod-text-messages',
  cloudwatch: 'alarm:muster-prod-missed-tick',
  'sms-voice': 'configuration-set/muster-prod',
  ses: 'identity/example.com',
  s3: 'muster-prod-bucket',
  lambda: 'function:muster-prod-tick',
  scheduler: 'schedule/default/muster-prod-tick',
}
/** Of this account, but nothing of this stack. */
const OTHERS_HERE: readonly (readonly [service: string, name: string])[] = [
  ['events', 'rule/payments'],
  ['sns', 'payments'],
  ['cloudwatch', 'alarm:payments'],
  ['s3', 'payments'],
  ['lambda', 'function:payments'],
]

const CONTEXT_OF_OTHERS = {
  'kms:EncryptionContext:aws:sqs:arn': `arn:aws:sqs:${REGION}:${OTHER}:muster-prod-findings`,
  'kms:EncryptionContext:aws:sns:topicArn': `arn:aws:sns:${REGION}:${OTHER}:muster-prod-alarms`,
  'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${REGION}:${OTHER}:log-group:/aws/lambda/muster-prod-tick`,
}

const NOBODY: readonly Stranger[] = [
  { what: 'anybody', principal: 'anonymous', context: {} },
  { what: 'another account', principal: { arn: `arn:aws:iam::${OTHER}:root` }, context: {} },
  { what: 'a role of another account', principal: { arn: `arn:aws:iam::${OTHER}:role/any` }, context: {} },
  {
    what: 'logs of another region',
    principal: { service: 'logs.us-east-1.amazonaws.com' },
    context: CONTEXT_OF_OTHERS,
  },
  {
    what: 'logs of another account',
    principal: { service: `logs.${REGION}.amazonaws.com` },
    context: CONTEXT_OF_OTHERS,
  },
]

/** Services in the name of something in another account. */
const FROM_ELSEWHERE = Object.entries(SOURCES).map(([service, name]) =>
  stranger(service, OTHER, name, { ...CONTEXT_OF_OTHERS }),
)
/** Services in the name of something else in this account: their own policies keep them from nothing. */
const FROM_HERE = OTHERS_HERE.map(([service, name]) => stranger(service, ACCOUNT, name, {}))
/** Services in nobody's name. */
const FROM_NOWHERE = Object.keys(SOURCES).map(
  (service): Stranger => ({ what: `${service} for nobody`, principal: serviceOf(service), context: {} }),
)

/** No policy of the stack lets anybody in who is not named there, or comes from somewhere else. */
export const strangerFaults: Check = (template) =>
  resourcePolicies(template).flatMap((policy) =>
    strangersTo(policy).flatMap(({ what, principal, context }) =>
      policy.actions.flatMap((action) => {
        const decision = decide(policy, principal, action, context)
        return faultIf(!decision.endsWith('denied'), `${policy.on.id}: ${action} by ${what} is ${decision}`)
      }),
    ),
  )

/** Lambda lets only services in that the stack names, each for one thing of the stack. */
export const permissionFaults: Check = (template) => {
  const rules = resourcesOf(template, 'AWS::Events::Rule').map(({ id }) => attributeOf(template, id))
  const apis = resourcesOf(template, 'AWS::ApiGatewayV2::Api').map(
    ({ id }) => `arn:aws:execute-api:${REGION}:${ACCOUNT}:${id}/*`,
  )
  const sources: Readonly<Record<string, readonly string[]>> = {
    'events.amazonaws.com': rules,
    'apigateway.amazonaws.com': apis,
  }
  return resourcesOf(template, 'AWS::Lambda::Permission').flatMap(({ id }) => {
    const { Principal: service, SourceArn: source, Action: action } = resolvedProperties(template, id)
    const isNamed = sources[String(service)]?.includes(String(source)) ?? false
    return [
      ...faultIf(!isNamed, `${id}: lets ${service} in for ${source}`),
      ...faultIf(action !== 'lambda:InvokeFunction', `${id}: lets ${service} ${action}`),
    ]
  })
}

/** A key serves the account's own services, whichever of their resources it is: queues and topics have policies beside it. */
function strangersTo({ on }: ResourcePolicy): readonly Stranger[] {
  const everywhere = [...NOBODY, ...FROM_ELSEWHERE]
  if (on.type !== 'AWS::KMS::Key') return [...everywhere, ...FROM_HERE, ...FROM_NOWHERE]
  return [...everywhere, ...FROM_NOWHERE.filter(({ what }) => !what.startsWith('events '))]
}

function stranger(service: string, account: string, name: string, context: Stranger['context']): Stranger {
  const source = { 'aws:SourceArn': `arn:aws:${service}:${REGION}:${account}:${name}`, 'aws:SourceAccount': account }
  return {
    what: `${service} for ${account}:${name}`,
    principal: serviceOf(service),
    context: { ...source, ...context },
  }
}

function serviceOf(service: string): Principal {
  return { service: `${service}.amazonaws.com` }
}

import { isAllowedByResourcePolicy } from '../iam-policy/is-allowed.ts'
import { attributeOf, resolvedProperties } from './resolve-stack.ts'
import { type Check, faultIf, listOf, referenced, resourceNamed, resourcesOf } from './template.ts'

const RUNTIME = 'nodejs24.x'
const ARCHITECTURE = 'arm64'

/** One runtime, one kind of processor, traces. */
export const settingFaults: Check = (template) =>
  resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ id, property }) => [
    ...faultIf(property('Runtime') !== RUNTIME, `${id}: runs on ${property('Runtime')}`),
    ...faultIf(listOf(property('Architectures')).join() !== ARCHITECTURE, `${id}: is not for ${ARCHITECTURE}`),
    ...faultIf(property('TracingConfig', 'Mode') !== 'Active', `${id}: writes no traces`),
  ])

/** Each function has a role, which is nobody else's and which only Lambda may take. */
export const ownRoleFaults: Check = (template) => {
  const functions = resourcesOf(template, 'AWS::Lambda::Function')
  const roles = functions.map(({ property }) => referenced(property('Role')))
  return functions.flatMap(({ id }, index) => {
    const role = roles[index] ?? null
    if (resourceNamed(template, role)?.type !== 'AWS::IAM::Role') return [`${id}: has no role of the stack`]
    return faultIf(roles.indexOf(role) !== index, `${id}: shares ${role}`)
  })
}

/** Nobody but Lambda may take a role; no policy hangs on one that these tests would not see. */
export const roleFaults: Check = (template) => {
  const unseen = resourcesOf(template, 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy')
  return [
    ...unseen.map(({ id, type }) => `${id}: is a ${type}, which is not looked at`),
    ...resourcesOf(template, 'AWS::IAM::User', 'AWS::IAM::Group').map(({ id }) => `${id}: has keys of its own`),
    ...resourcesOf(template, 'AWS::IAM::Role').flatMap(({ id, property }) => [
      ...faultIf(property('ManagedPolicyArns') !== undefined, `${id}: has policies that AWS may change`),
      ...trustFaults(resolvedProperties(template, id).AssumeRolePolicyDocument, id, attributeOf(template, id)),
    ]),
  ]
}

function trustFaults(policy: unknown, id: string, resource: string): readonly string[] {
  const takers = [
    { service: 'lambda.amazonaws.com' },
    { service: 'ec2.amazonaws.com' },
    { service: 'events.amazonaws.com' },
    { arn: 'arn:aws:iam::123456789012:user/somebody' },
    { arn: 'arn:aws:iam::999999999999:root' },
    'anonymous',
  ] as const
  return takers.flatMap((principal, index) => {
    const decision = isAllowedByResourcePolicy(policy, { action: 'sts:AssumeRole', resource, context: {}, principal })
    const isRight = decision === (index === 0 ? 'allowed' : 'denied')
    return faultIf(!isRight, `${id}: ${JSON.stringify(principal)} is ${decision} to take it`)
  })
}

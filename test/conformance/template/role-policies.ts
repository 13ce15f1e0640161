import { isObject, type JsonObject } from '../json-object.ts'
import { resolvedProperties } from './resolve-stack.ts'
import { ALL_OPEN, BOUNDARY } from './stack-values.ts'
import { type Check, faultIf, listOf, referenced, resourcesOf, type Template } from './template.ts'
import { jobOf, statementsOf } from './wiring.ts'

const NO_RESOURCE = 'AWS knows no resource for it'
/** Actions that may be allowed on everything, and why they cannot be narrowed. Source: Service Authorization Reference. */
export const ON_EVERYTHING: Readonly<Record<string, string>> = {
  'xray:PutTraceSegments': NO_RESOURCE,
  'xray:PutTelemetryRecords': NO_RESOURCE,
  'dynamodb:ListStreams': NO_RESOURCE,
  'ses:GetSuppressedDestination': `${NO_RESOURCE} but the tenant of a list, and the account's own list has none`,
}
/** Names with a wildcard inside: the streams of one log group; an address may be verified by itself or by its domain. */
const PARTLY_NAMED = [/:log-group:\/aws\/lambda\/muster-[a-z-]+:\*$/, /:ses:[a-z0-9-]+:\d{12}:identity\/\*$/]

/** A role with all that its policies say. */
export interface RolePolicies {
  readonly id: string
  /** What the function does that has it: `send-email`; null for a role that no function has. */
  readonly job: string | null
  readonly documents: readonly unknown[]
}

export function rolePolicies(template: Template): readonly RolePolicies[] {
  const functions = resourcesOf(template, 'AWS::Lambda::Function')
  return resourcesOf(template, 'AWS::IAM::Role').map(({ id }) => {
    const lambda = functions.find(({ property }) => referenced(property('Role')) === id)
    const policies = listOf(resolvedProperties(template, id).Policies).filter(isObject)
    return { id, job: lambda ? jobOf(lambda) : null, documents: policies.map((policy) => policy.PolicyDocument) }
  })
}

/** What a role is allowed, action by action, with the resources as the policy names them. */
export function grantsOf({
  documents,
}: RolePolicies): readonly { readonly action: string; readonly resource: string }[] {
  const allowed = documents.flatMap(statementsOf).filter(({ Effect }) => Effect === 'Allow')
  return allowed.flatMap((statement) =>
    textsOf(statement, 'Action').flatMap((action) =>
      textsOf(statement, 'Resource').map((resource) => ({ action, resource })),
    ),
  )
}

/** Every action is named in full, and so is what it is allowed on. */
export const wildcardFaults: Check = (template) =>
  rolePolicies(template).flatMap((role) => [
    ...role.documents
      .flatMap(statementsOf)
      .flatMap((statement) =>
        faultIf(
          'NotAction' in statement || 'NotResource' in statement,
          `${role.id}: ${statement.Sid} says what it is not`,
        ),
      ),
    ...grantsOf(role).flatMap(({ action, resource }) => [
      ...faultIf(/[*?]/.test(action), `${role.id}: ${action} is more than one action`),
      ...faultIf(resource === '*' && !(action in ON_EVERYTHING), `${role.id}: ${action} on everything`),
      ...faultIf(isVague(resource), `${role.id}: ${action} on ${resource}`),
    ]),
  ])

function isVague(resource: string): boolean {
  return resource !== '*' && /[*?]/.test(resource) && !PARTLY_NAMED.some((name) => name.test(resource))
}

/** Whoever has a boundary for roles finds it on each; without one there is none. */
export const boundaryFaults: Check = (template) =>
  resourcesOf(template, 'AWS::IAM::Role').flatMap(({ id }) => {
    const given = resolvedProperties(template, id).PermissionsBoundary
    const without = resolvedProperties(template, id, { ...ALL_OPEN, PermissionsBoundary: '' }).PermissionsBoundary
    return [
      ...faultIf(given !== BOUNDARY, `${id}: is outside the boundary`),
      ...faultIf(without !== undefined, `${id}: has the boundary ${without} that nobody gave`),
    ]
  })

function textsOf(statement: JsonObject, element: string): readonly string[] {
  return listOf(statement[element]).map(String)
}

import { isAllowed } from '../iam-policy/is-allowed.ts'
import { FAVOURABLE, forbiddenActions } from './forbidden-actions.ts'
import { type Need, needsOf } from './needed-actions.ts'
import { grantsOf, rolePolicies } from './role-policies.ts'
import { type Check, faultIf } from './template.ts'

/** Each role allows all that its function asks for. */
export const neededFaults: Check = (template) =>
  rolePolicies(template).flatMap(({ id, job, documents }) => {
    const needs = job === null ? null : needsOf(template, job)
    if (needs === null) return [`${id}: nobody has said what it is for`]
    return needs.flatMap(({ action, resource, context }) => {
      const decision = isAllowed(documents, { action, resource, context })
      return faultIf(decision !== 'allowed', `${id}: ${action} on ${resource} is ${decision}`)
    })
  })

/** Each role allows nothing else: every grant is for something that its function asks for. */
export const unneededFaults: Check = (template) =>
  rolePolicies(template).flatMap((role) => {
    const needs = role.job === null ? [] : (needsOf(template, role.job) ?? [])
    return grantsOf(role).flatMap(({ action, resource }) => {
      const isNeeded = needs.some((need) => isFor(action, resource, need))
      return faultIf(!isNeeded, `${role.id}: ${action} on ${resource} is never asked for`)
    })
  })

/** No role allows what is forbidden, whatever the request carries; what only some may do, they may. */
export const forbiddenFaults: Check = (template) => {
  const roles = rolePolicies(template)
  return forbiddenActions(template).flatMap(({ action, resources, but = [], contexts = FAVOURABLE }) =>
    roles
      .filter(({ job }) => job === null || !but.includes(job))
      .flatMap(({ id, documents }) =>
        resources
          .filter((resource) => contexts.some((context) => mayDo(documents, { action, resource, context })))
          .map((resource) => `${id}: may ${action} on ${resource}`),
      ),
  )
}

function mayDo(documents: readonly unknown[], request: Need): boolean {
  return isAllowed(documents, request) === 'allowed'
}

function isFor(action: string, resource: string, need: Need): boolean {
  const grant = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] }
  return mayDo([grant], need)
}

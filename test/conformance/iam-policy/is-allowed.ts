import { checkPrincipal, type Principal } from './principal.ts'
import { readPolicy } from './read-policy.ts'
import { type AccessRequest, contextOf } from './request.ts'

/** `denied`: nothing allows it. `explicitly-denied`: something denies it, whatever else allows it. */
export type Decision = 'allowed' | 'denied' | 'explicitly-denied'

/**
 * What the policies of an identity (a role's, say) say together of a request. Boundaries, organisations' policies and
 * those of resources are not looked at.
 *
 * Source: IAM User Guide, "Policy evaluation logic".
 * @throws on a policy that is not understood, with the way to the place.
 */
export function isAllowed(policies: readonly unknown[], request: AccessRequest): Decision {
  const statements = policies.flatMap((policy, index) => readPolicy(policy, 'identity', `policies[${index}]`))
  const context = contextOf(checked(request))
  const effects = statements.filter((statement) => statement.covers(request, context)).map(({ effect }) => effect)
  if (effects.includes('Deny')) return 'explicitly-denied'
  return effects.includes('Allow') ? 'allowed' : 'denied'
}

/**
 * What the policy of a queue, topic, key, bucket or role (its trust) says by itself. `left-to-account`: it names the
 * caller's account only, so that a policy of the caller must allow it as well. (Across accounts one must in any case.)
 *
 * Source: as above, and "AWS JSON policy elements: Principal".
 * @throws on a policy that is not understood, with the way to the place.
 */
export function isAllowedByResourcePolicy(
  policy: unknown,
  request: AccessRequest & { readonly principal: Principal },
): Decision | 'left-to-account' {
  const statements = readPolicy(policy, 'resource', 'policy')
  checkPrincipal(request.principal)
  const context = contextOf(checked(request))
  const covering = statements.filter((statement) => statement.covers(request, context))
  const namings = (effect: 'Allow' | 'Deny') =>
    covering.filter((statement) => statement.effect === effect).map(({ names }) => names(request.principal))
  // What AWS leaves open counts against the request.
  if (namings('Deny').some((naming) => naming !== 'not')) return 'explicitly-denied'
  if (namings('Allow').includes('directly')) return 'allowed'
  return namings('Allow').includes('account') ? 'left-to-account' : 'denied'
}

/** A wildcard in a request would be a mistake: a policy may have them, a request is about one thing. */
function checked(request: AccessRequest): AccessRequest {
  if (!/^[a-z0-9-]+:\w+$/i.test(request.action)) throw new Error(`request: ${request.action} is no action`)
  if (request.resource !== '*' && !/^arn:[^*?]+$/s.test(request.resource)) {
    throw new Error(`request: ${request.resource} is neither "*" nor an ARN`)
  }
  return request
}

import type * as z from 'zod/mini'
import { type PrincipalText, principalOfArn } from '../core/findings/principal.ts'
import { type Holder, holderPrincipals, resourcePrincipals, tidyPrincipals } from './principals.ts'
import { optionalText, part } from './tolerant-schema.ts'

const id = optionalText(2048)
const name = optionalText(256)

/** CloudTrail's `userIdentity`. Source: CloudTrail User Guide, "CloudTrail userIdentity element". */
export const userIdentity = part({
  type: name,
  principalId: id,
  arn: id,
  accountId: optionalText(64),
  accessKeyId: name,
  userName: name,
  invokedBy: name,
  identityProvider: name,
  onBehalfOf: part({ userId: name }),
  sessionContext: part({
    sessionIssuer: part({ type: name, arn: id, userName: name }),
    attributes: part({ mfaAuthenticated: optionalText(16) }),
  }),
})
export type UserIdentity = z.output<typeof userIdentity>

/** What CloudTrail writes for the name of a failed sign-in, which may be a password typed into the wrong field. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'
/** Not a service that acts for itself: the console, in which a person works. */
const CONSOLE = /^(?:signin|console)\.(?:aws\.)?amazonaws?\.com$/

export function isRoot(identity: UserIdentity): boolean {
  return kindOf(identity) === 'root' && !isByService(identity)
}

export function isUser(identity: UserIdentity): boolean {
  return kindOf(identity) === 'iamuser'
}

/** A service of AWS acted, for itself or in its routine for somebody. */
export function isByService(identity: UserIdentity): boolean {
  const { invokedBy } = identity
  return kindOf(identity) === 'awsservice' || (invokedBy !== undefined && !CONSOLE.test(invokedBy.toLowerCase()))
}

function kindOf({ type }: UserIdentity): string {
  return type?.toLowerCase() ?? ''
}

/**
 * A user's name, or the name of the role by which a session acts, as GuardDuty's findings have it; `Root` for root; else
 * whatever names them: an ARN, an id, the service.
 */
export function actorOf(identity: UserIdentity): string | null {
  if (kindOf(identity) === 'root') return 'Root'
  const { arn, principalId, onBehalfOf, invokedBy, accountId } = identity
  return nameOf(identity) ?? arn ?? principalId ?? onBehalfOf.userId ?? invokedBy ?? accountId ?? null
}

function nameOf({ userName, sessionContext }: UserIdentity): string | undefined {
  return (userName === HIDDEN ? undefined : userName) ?? sessionContext.sessionIssuer.userName
}

/** Who acted, then the user or role that the call is about. */
export function cloudTrailPrincipals(
  identity: UserIdentity,
  about: { readonly userName: string | undefined; readonly roleName: string | undefined },
  accountId: string,
): PrincipalText[] {
  const named = { type: undefined, id: undefined, uniqueId: undefined, ...about }
  const arn = principalOfArn(identity.arn ?? '')
  return tidyPrincipals([
    ...holderPrincipals(holderOf(identity), accountId),
    ...(arn === null ? [] : [arn]),
    ...resourcePrincipals(named, accountId),
  ])
}

function holderOf(identity: UserIdentity): Holder {
  const { type, principalId: id, accountId, sessionContext } = identity
  return { type, name: nameOf(identity), id, accountId, issuer: sessionContext.sessionIssuer.arn }
}

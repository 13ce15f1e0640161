import { type PrincipalText, principalOfArn, principalText } from '../core/findings/principal.ts'

const MOST = 8

interface KeyOwner {
  readonly name: string | undefined
  /** `AIDA…`, or `AROA…:session` of an assumed role. */
  readonly id: string | undefined
  /** `IAMUser`, `AssumedRole`, `Root`, `FederatedUser`, …, as AWS says it. */
  readonly type: string | undefined
}

/** Whose access key it is. Of an assumed role the name is the role's, and the session stands behind the id. */
export function keyPrincipals(accountId: string, { name, id, type }: KeyOwner): PrincipalText[] {
  const session = id?.split(':')[1]
  const ids = id === undefined ? [] : [principalText(accountId, 'id', id)]
  if (type === 'Root') return [principalText(accountId, 'root', ''), ...ids]
  if (type === 'AssumedRole' && name !== undefined) {
    const role = session
      ? principalText(accountId, 'session', `${name}/${session}`)
      : principalText(accountId, 'role', name)
    return [role, ...ids]
  }
  if (name === undefined) return ids
  return [principalOfArn(name) ?? principalText(accountId, type === 'IAMUser' ? 'user' : 'any', name), ...ids]
}

/** An actor of an attack sequence. */
export function actorPrincipals(accountId: string, name: string | undefined, uid: string | undefined): PrincipalText[] {
  const named = name === undefined ? [] : [principalText(accountId, 'any', name)]
  return uid === undefined ? named : [...named, principalOfArn(uid) ?? principalText(accountId, 'id', uid)]
}

export function tidyPrincipals(principals: readonly PrincipalText[]): PrincipalText[] {
  return [...new Set(principals)].slice(0, MOST)
}

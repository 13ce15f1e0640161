import type * as z from 'zod/mini'
import type { PrincipalText } from '../core/findings/principal.ts'
import { type Holder, holderPrincipals, resourcePrincipals, tidyPrincipals } from './principals.ts'
import { exactPart, optionalText } from './tolerant-schema.ts'

const word = optionalText(256)
const text = optionalText(2048)
const account = optionalText(64)

/** What ASFF's `Resources[].Details` say of whoever is behind a resource. */
export const principalDetails = exactPart({
  AwsIamAccessKey: exactPart({
    PrincipalName: word,
    UserName: word,
    PrincipalId: word,
    PrincipalType: word,
    AccountId: account,
    SessionContext: exactPart({ SessionIssuer: exactPart({ Arn: text, UserName: word }) }),
  }),
  AwsIamUser: exactPart({ UserName: word, UserId: word }),
  AwsIamRole: exactPart({ RoleName: word, RoleId: word }),
})

/** One of ASFF's `Detection.Sequence.Actors`. */
export const sequenceActor = exactPart({
  User: exactPart({ Name: word, Uid: text, Type: word, CredentialUid: word, Account: exactPart({ Uid: account }) }),
  Session: exactPart({ Uid: text, Issuer: text }),
})

interface Named {
  readonly resources: readonly {
    readonly Type?: string | undefined
    readonly Id?: string | undefined
    readonly Details: z.output<typeof principalDetails>
  }[]
  readonly actors: readonly z.output<typeof sequenceActor>[]
}
type Key = z.output<typeof principalDetails>['AwsIamAccessKey']

/** As GuardDuty's events have it: the user name first, then the principal's id, then an attack sequence's actor. */
export function asffPrincipal({ resources, actors }: Named): string | null {
  const users = resources.map(({ Details: { AwsIamAccessKey: key } }) => nameOf(key) ?? key.PrincipalId)
  return [...users, ...actors.map(({ User }) => User.Name ?? User.Uid)].find((who) => who !== undefined) ?? null
}

/** Everybody whom the finding names: keys' owners, an attack sequence's actors, users and roles that it is about. */
export function asffPrincipals({ resources, actors }: Named, accountId: string): PrincipalText[] {
  const holders = [...resources.map(({ Details }) => keyHolder(Details.AwsIamAccessKey)), ...actors.map(actorHolder)]
  const about = resources.flatMap(({ Type: type, Id: id, Details: { AwsIamUser: user, AwsIamRole: role } }) => {
    const details = { userName: user.UserName, roleName: role.RoleName, uniqueId: user.UserId ?? role.RoleId }
    return resourcePrincipals({ type, id, ...details }, accountId)
  })
  return tidyPrincipals([...holders.flatMap((holder) => holderPrincipals(holder, accountId)), ...about])
}

function keyHolder(key: Key): Holder {
  const { Arn: issuer, UserName: issuerName } = key.SessionContext.SessionIssuer
  const { PrincipalType: type, PrincipalId: id, AccountId: accountId } = key
  return { type, name: nameOf(key) ?? issuerName, id, accountId, issuer }
}

function actorHolder({ User, Session }: z.output<typeof sequenceActor>): Holder {
  const { Type: type, Name: name, Uid: id, Account } = User
  return { type, name, id, accountId: Account.Uid, issuer: Session.Issuer }
}

function nameOf({ PrincipalName, UserName }: Key): string | undefined {
  return PrincipalName ?? UserName
}

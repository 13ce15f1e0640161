import * as z from 'zod/mini'
import type { Holder } from './principals.ts'
import { optionalText, part } from './tolerant-schema.ts'

const id = optionalText(2048)
const name = optionalText(256)

const identity = part({
  arn: id,
  principalId: id,
  userName: name,
  accountId: optionalText(64),
  accessKeyId: name,
  invokedBy: name,
  sessionContext: part({ sessionIssuer: part({ arn: id, userName: name }) }),
})

/** Whoever changed a bucket, whichever way they signed in. */
export interface ActorIdentity {
  readonly arn?: string | undefined
  readonly principalId?: string | undefined
  readonly userName?: string | undefined
  readonly accountId?: string | undefined
  readonly accessKeyId?: string | undefined
  readonly invokedBy?: string | undefined
  readonly issuer?: string | undefined
}

const actor = part({
  domainDetails: part({ domainName: name }),
  ipAddressDetails: part({ ipAddressV4: name }),
  userIdentity: part({
    type: name,
    assumedRole: identity,
    federatedUser: identity,
    iamUser: identity,
    root: identity,
    awsAccount: identity,
    awsService: identity,
  }),
})

/** Macie's `FindingActor`, with the one identity that it has. */
export const macieActor = z.pipe(
  actor,
  z.transform((read: z.output<typeof actor>) => ({ ...read, identity: identityOf(read) })),
)

function identityOf({ userIdentity }: z.output<typeof actor>): ActorIdentity {
  const { type: _, ...kinds } = userIdentity
  const isNamed = (one: z.output<typeof identity>) => (one.arn ?? one.principalId ?? one.invokedBy) !== undefined
  const { sessionContext, ...said } = Object.values(kinds).find(isNamed) ?? kinds.assumedRole
  const { sessionIssuer: issuer } = sessionContext
  return { ...said, userName: said.userName ?? issuer.userName, issuer: issuer.arn }
}

export function actorHolder(type: string | undefined, actor: ActorIdentity): Holder {
  return { type, name: actor.userName, id: actor.principalId, accountId: actor.accountId, issuer: actor.issuer }
}

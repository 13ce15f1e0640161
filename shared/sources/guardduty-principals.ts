import type * as z from 'zod/mini'
import { type PrincipalText, principalOfArn } from '../core/findings/principal.ts'
import type { guardDutyResource } from './guardduty-resources.ts'
import type { guardDutySequence } from './guardduty-sequence.ts'
import { type Holder, holderPrincipals, tidyPrincipals } from './principals.ts'

type Resource = z.output<typeof guardDutyResource>
type Sequence = z.output<typeof guardDutySequence>

/**
 * Who acted. The user name comes first because every wrapping carries it, without a session's name or a key's age.
 */
export function principalOf(resource: Resource, sequence: Sequence): string | null {
  const { userName, principalId } = resource.accessKeyDetails
  const actor = sequence.actors.map(({ user }) => user.name ?? user.uid).find((who) => who !== undefined)
  return userName ?? principalId ?? actor ?? null
}

/**
 * Everybody whom the finding names: the key's owner, an attack sequence's actors and the owners of its keys, and who is
 * known to Kubernetes by an ARN.
 */
export function principalsOf(resource: Resource, sequence: Sequence, accountId: string): PrincipalText[] {
  const { actors, resources } = sequence
  const holders = [
    keyHolder(resource.accessKeyDetails, undefined),
    ...actors.map(actorHolder),
    ...resources.map((member) => keyHolder(member.data.accessKey, member.accountId)),
  ]
  const { username } = resource.kubernetesDetails.kubernetesUserDetails
  const about = [username, ...resources.map(({ uid }) => uid)].flatMap((arn) => principalOfArn(arn ?? '') ?? [])
  return tidyPrincipals([...holders.flatMap((holder) => holderPrincipals(holder, accountId)), ...about])
}

type Key = Sequence['resources'][number]['data']['accessKey']

function keyHolder(key: Key, accountId: string | undefined): Holder {
  return { type: key.userType, name: key.userName, id: key.principalId, accountId, issuer: undefined }
}

function actorHolder({ user, session }: Sequence['actors'][number]): Holder {
  const { type, name, uid, account } = user
  return { type, name, id: uid, accountId: account.uid, issuer: session.issuer }
}

import * as z from 'zod/mini'
import type { FindingResource } from '../core/findings/finding.ts'
import type { PrincipalText } from '../core/findings/principal.ts'
import { principalDetails } from './asff-principals.ts'
import { bucketArn } from './guardduty-resources.ts'
import { inOwnOrder } from './own-form.ts'
import { type Holder, holderPrincipals, resourcePrincipals, tidyPrincipals } from './principals.ts'
import { tidyResources } from './resource-id.ts'
import { tagList, tidyTags } from './resource-tags.ts'
import { exactPart, isRecord, list, optionalText } from './tolerant-schema.ts'

const word = optionalText(256)
const text = optionalText(2048)
const anything = z.optional(z.unknown())
const MAX_JSON_CHARS = 100_000

/** `data` is an object in Security Hub's events, and ASFF's `Details` as JSON text in Security Lake. */
const resourceData = z.pipe(
  z.transform((data) => (typeof data === 'string' ? recordIn(data) : data)),
  exactPart({
    access_key_id: word,
    user_name: word,
    principal_id: word,
    user_type: word,
    ...{ AwsIamAccessKey: anything, AwsIamUser: anything, AwsIamRole: anything },
  }),
)

const resource = exactPart({
  uid: text,
  uid_alt: text,
  name: word,
  type: word,
  region: word,
  cloud_partition: word,
  owner: exactPart({ account: exactPart({ uid: word }) }),
  tags: tagList,
  data: resourceData,
})

/** One resource stands alone in older versions. */
export const ocsfResources = { resources: list(resource, 100), resource }

const actor = exactPart({
  process: anything,
  user: exactPart({
    name: word,
    uid: text,
    type: word,
    credential_uid: word,
    account: exactPart({ uid: word }),
  }),
  session: exactPart({ uid: text, issuer: text }),
})

/** Who acted, in evidences and at the top. */
export const ocsfActor = actor

type Resource = z.output<typeof resource>
type Actor = z.output<typeof actor>

/** What all that follows reads. */
export interface OcsfNamed {
  readonly resources: readonly Resource[]
  readonly actors: readonly Actor[]
}

export function ocsfNamed(
  { resources, resource: only }: { resources: readonly Resource[]; resource: Resource },
  actors: readonly Actor[],
): OcsfNamed {
  const all = resources.length > 0 ? resources : [only]
  return { resources: all, actors: actors.filter(isCloudActor) }
}

/** A user of an operating system stands beside its process; one of the cloud has an account or credentials. */
function isCloudActor(one: Actor): boolean {
  const { user } = one
  if (isRecord(one.process)) return false
  const isOfIam = /^A(?:IDA|ROA)/.test(user.uid ?? '')
  return isOfIam || [user.type, user.credential_uid, user.account.uid].some((said) => said !== undefined)
}

/** As GuardDuty's events and ASFF have it: the key's user first, then its principal's id, then an actor. */
export function ocsfPrincipal({ resources, actors }: OcsfNamed): string | null {
  const keys = resources.map(keyHolder)
  const users = keys.flatMap(({ name, id }) => name ?? id ?? [])
  return [...users, ...actors.flatMap(({ user }) => user.name ?? user.uid ?? [])][0] ?? null
}

export function ocsfPrincipals({ resources, actors }: OcsfNamed, accountId: string): PrincipalText[] {
  const holders = [...resources.map(keyHolder), ...actors.map(actorHolder)]
  const about = resources.flatMap((one) => {
    const { AwsIamUser: user, AwsIamRole: role } = detailsOf(one)
    const details = { userName: user.UserName, roleName: role.RoleName, uniqueId: user.UserId ?? role.RoleId }
    return resourcePrincipals({ type: asffType(one.type), id: idOf(one), ...details }, accountId)
  })
  return tidyPrincipals([...holders.flatMap((holder) => holderPrincipals(holder, accountId)), ...about])
}

function keyHolder(one: Resource): Holder {
  const { AwsIamAccessKey: key } = detailsOf(one)
  const { user_name: name, principal_id: id, user_type: type } = one.data
  return {
    type: type ?? key.PrincipalType,
    name: name ?? key.PrincipalName ?? key.UserName,
    id: id ?? key.PrincipalId,
    accountId: key.AccountId,
    issuer: key.SessionContext.SessionIssuer.Arn,
  }
}

function actorHolder({ user, session }: Actor): Holder {
  const { type, name, uid, account } = user
  return { type, name, id: uid, accountId: account.uid, issuer: session.issuer }
}

function detailsOf({ data }: Resource): z.output<typeof principalDetails> {
  return principalDetails.parse(data)
}

/** With ASFF's words for types and forms of ids, so that one resource is the same in every wrapping. */
export function ocsfResourceList({ resources }: OcsfNamed, partition: string, source: string): FindingResource[] {
  const named = resources.map((one) => {
    const type = asffType(one.type) ?? 'Other'
    const id = idOf(one)
    const isBareBucket = type === 'AwsS3Bucket' && id !== undefined && !id.startsWith('arn:')
    return { type, id: isBareBucket ? bucketArn(id, partition) : id }
  })
  return tidyResources(inOwnOrder(source, named))
}

/** What the finding is about first; AWS's own id of a user or role, where the details have it. */
export function ocsfFirst({ resources: [first] }: OcsfNamed) {
  if (first === undefined) return undefined
  const { AwsIamUser: user, AwsIamRole: role } = detailsOf(first)
  return { type: asffType(first.type), id: idOf(first), uniqueId: user.UserId ?? role.RoleId }
}

/** An ARN where there is one: ids of some resources are addresses on the web. */
function idOf({ uid, uid_alt: other, name }: Resource): string | undefined {
  if (uid === undefined) return other ?? name
  return !uid.startsWith('arn:') && other?.startsWith('arn:') === true ? other : uid
}

export function ocsfTags({ resources }: OcsfNamed): Record<string, string> {
  return tidyTags(resources.flatMap(({ tags }) => tags))
}

/** `AWS::EC2::Instance` is `AwsEc2Instance` in ASFF; anything else stays. */
function asffType(type: string | undefined): string | undefined {
  const [, service, kind] = /^AWS::([A-Za-z0-9]+)::([A-Za-z0-9]+)$/.exec(type ?? '') ?? []
  if (service === undefined || kind === undefined) return type
  return service === 'Container' ? kind : `Aws${capitalised(service)}${capitalised(kind)}`
}

/** `DBInstance` becomes `DbInstance`. */
function capitalised(name: string): string {
  return name.replace(
    /([A-Z])([A-Z]+)(?=[A-Z][a-z]|\d|$)/g,
    (_, first: string, rest: string) => first + rest.toLowerCase(),
  )
}

function recordIn(text: string): unknown {
  if (text.length > MAX_JSON_CHARS) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

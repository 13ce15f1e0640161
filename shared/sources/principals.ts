import {
  type PrincipalKind,
  type PrincipalText,
  principalOfArn,
  principalText,
  readPrincipal,
} from '../core/findings/principal.ts'
import { jsonBytes } from '../core/findings/text.ts'

const MOST = 20
const MOST_BYTES = 2_000
/** The longest of IAM's, a session's with its role, takes 150. */
const MOST_BYTES_OF_ONE = 192

/** Who holds credentials, as a finding describes an access key or the actor of an attack sequence. */
export interface Holder {
  /** `IAMUser`, `AssumedRole`, `Role`, `FederatedUser`, `Root`, `AWSAccount`, …, as CloudTrail has it in `userIdentity`. */
  readonly type: string | undefined
  /** The user's or the role's. */
  readonly name: string | undefined
  /** `AIDA…`, `AROA…:session`, or `account:name` of a federated user. */
  readonly id: string | undefined
  /** Of the holder, where the finding says it. */
  readonly accountId: string | undefined
  /** The ARN of the role by which a session began. */
  readonly issuer: string | undefined
}

const KINDS: Readonly<Record<string, PrincipalKind>> = {
  iamuser: 'user',
  assumedrole: 'session',
  role: 'session',
  federateduser: 'federated',
  root: 'root',
}
const KIND_OF_ID: Readonly<Record<string, PrincipalKind>> = { AIDA: 'user', AROA: 'session' }
/** Whoever is none of the finding's own account. */
const FROM_ELSEWHERE = ['awsaccount', 'awsservice']

/** The holder by name, then by AWS's id, in the finding's account unless they are of another. */
export function holderPrincipals(holder: Holder, findingAccountId: string): PrincipalText[] {
  const { name, id, type } = holder
  const isElsewhere = FROM_ELSEWHERE.includes(type?.toLowerCase() ?? '')
  const account = holder.accountId ?? (isElsewhere ? '*' : findingAccountId)
  const ids = id === undefined ? [] : [principalOfArn(id) ?? principalText(account, 'id', id)]
  const arn = principalOfArn(name ?? '')
  return [...(arn === null ? namesOf(holder, account) : [arn]), ...ids]
}

function namesOf(holder: Holder, account: string): PrincipalText[] {
  const { name } = holder
  const kind = kindOf(holder)
  if (kind === 'root') return [principalText(account, 'root', '')]
  if (kind === 'session') return sessionOf(holder, account)
  if (kind === 'federated') return federatedOf(holder, account)
  return name === undefined ? [] : [principalText(account, kind, kind === 'user' ? lastPart(name) : name)]
}

function kindOf({ type, id }: Holder): PrincipalKind {
  return KINDS[type?.toLowerCase() ?? ''] ?? KIND_OF_ID[id?.slice(0, 4) ?? ''] ?? 'any'
}

/**
 * The session stands behind the role's id; the name is the role's, but some actors have the session's there too. Without
 * a session it is the role itself.
 */
function sessionOf({ name, id, issuer }: Holder, account: string): PrincipalText[] {
  const session = behindId(id)
  const by = readPrincipal(issuer ?? '')
  const isRole = name !== undefined && name !== session
  const role = by.kind === 'role' ? by : { account, name: isRole ? lastPart(name) : null }
  if (session !== null) return [principalText(role.account, 'session', `${role.name ?? '*'}/${session}`)]
  return role.name === null ? [] : [principalText(role.account, 'role', role.name)]
}

/** Behind the account stands what the session is called; another name is the user's who began it. */
function federatedOf({ name, id }: Holder, account: string): PrincipalText[] {
  const session = behindId(id) ?? name
  if (session === undefined) return []
  const federated = principalText(account, 'federated', session)
  return name === undefined || name === session ? [federated] : [federated, principalText(account, 'user', name)]
}

function behindId(id: string | undefined): string | null {
  return /^[^:]+:([^:/]+)$/.exec(id ?? '')?.[1] ?? null
}

/** A resource of a finding, with what its details say of a user or role. */
export interface NamedResource {
  readonly type: string | undefined
  readonly id: string | undefined
  readonly userName: string | undefined
  readonly roleName: string | undefined
  /** AWS's own, `AIDA…` or `AROA…`. */
  readonly uniqueId: string | undefined
}

/** Users, roles and sessions that a finding is about; an ARN of one counts whatever the resource's type. */
export function resourcePrincipals(resource: NamedResource, findingAccountId: string): PrincipalText[] {
  const { id, userName, roleName, uniqueId } = resource
  const arn = principalOfArn(id ?? '')
  const account = arn === null ? findingAccountId : readPrincipal(arn).account
  const details = { user: userName, role: roleName, id: uniqueId }
  const named = (['user', 'role', 'id'] as const).flatMap((kind) => {
    const name = details[kind]
    return name === undefined ? [] : [principalText(account, kind, name)]
  })
  return [...(arn === null ? ofBareId(resource, account) : [arn]), ...named]
}

/** A user or role whose id is no ARN: its name, or AWS's id of it. */
function ofBareId({ type, id, userName, roleName }: NamedResource, account: string): PrincipalText[] {
  if (id === undefined || userName !== undefined || roleName !== undefined) return []
  if (/^A(?:IDA|ROA)[0-9A-Z]+$/.test(id)) return [principalText(account, 'id', id)]
  if (type === 'AwsIamUser') return [principalText(account, 'user', lastPart(id))]
  return type === 'AwsIamRole' ? [principalText(account, 'role', lastPart(id))] : []
}

/** Each once, ids last, at most 20 and 2,000 bytes of JSON. Whom else a role's session does not mean is left out. */
export function tidyPrincipals(principals: readonly PrincipalText[]): PrincipalText[] {
  const { ids = [], names = [] } = Object.groupBy(new Set(principals), kindIsId)
  const all = [...names, ...ids]
  let bytes = 0
  const fits = (one: PrincipalText) => {
    const size = jsonBytes(one)
    if (size > MOST_BYTES_OF_ONE || bytes + size > MOST_BYTES) return false
    bytes += size
    return true
  }
  return all
    .filter((one) => !hasSession(one, all))
    .filter(fits)
    .slice(0, MOST)
}

function kindIsId(one: PrincipalText): 'ids' | 'names' {
  return one.startsWith('id/', one.indexOf(':') + 1) ? 'ids' : 'names'
}

/** Whoever acted by a role is known: nobody else who acts by it is meant. */
function hasSession(one: PrincipalText, all: readonly PrincipalText[]): boolean {
  const { account, kind, name } = readPrincipal(one)
  if (kind === 'role') return all.some((other) => other.startsWith(principalText(account, 'session', `${name}/`)))
  return kind === 'id' && all.some((other) => other.startsWith(`${one}:`))
}

function lastPart(name: string): string {
  return name.split('/').findLast((part) => part !== '') ?? name
}

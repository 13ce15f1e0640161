import { isPublicPolicy, isUnboundedPolicy, trustedAccounts } from './policy-text.ts'
import { isRecord } from './tolerant-schema.ts'
import type { WatchedOnly } from './watched-call.ts'

interface CalledBy {
  readonly isRoot: boolean
  /** Of an IAM user; undefined for anybody else. */
  readonly userName: string | undefined
  readonly accountId: string
}
type Parameters = Readonly<Record<string, unknown>>

/** What stands in a call's parameters; unknown shapes fit none. */
const FITS: Record<WatchedOnly, (parameters: Parameters, by: CalledBy) => boolean> = {
  'administrator-policy': ({ policyArn, policyDocument }) =>
    (typeof policyArn === 'string' && /:policy\/(?:AdministratorAccess|IAMFullAccess)$/.test(policyArn)) ||
    isUnboundedPolicy(policyDocument),
  'another-user': ({ userName }, by) => typeof userName === 'string' && userName !== by.userName,
  'by-root': ({ userName }, by) => by.isRoot && userName === undefined,
  'public-acl': (parameters) => isSomewhere(parameters, isPublicGrant),
  'public-block-off': (parameters) =>
    isSomewhere(parameters, (key, value) => /^(?:Block|Ignore|Restrict)Public/i.test(key) && isFalse(value)),
  'public-policy': (parameters) =>
    parameters.principal === '*' ||
    isSomewhere(parameters, (key, value) => /policy/i.test(key) && isPublicPolicy(value)),
  'shared-with-account': (parameters) => shared(parameters).some((who) => /^\d{12}$/.test(who)),
  'shared-with-all': (parameters) => shared(parameters).some((who) => who.toLowerCase() === 'all'),
  suspended: (parameters) => isSomewhere(parameters, (key, value) => key === 'Status' && value === 'Suspended'),
  'trusts-another-account': ({ policyDocument }, by) =>
    trustedAccounts(policyDocument).some((account) => account !== by.accountId),
  'turned-off': ({ enable }) => isFalse(enable),
  'without-snapshot': ({ skipFinalSnapshot }) => skipFinalSnapshot === true || skipFinalSnapshot === 'true',
}

export function fitsOnly(only: WatchedOnly | undefined, parameters: Parameters, by: CalledBy): boolean {
  return only === undefined || FITS[only](parameters, by)
}

/** With whom the call shares: EC2 writes `add.items`, RDS `valuesToAdd`, Systems Manager `accountIdsToAdd`. */
function shared(parameters: Parameters): string[] {
  const { createVolumePermission, launchPermission, valuesToAdd, accountIdsToAdd } = parameters
  const added = [createVolumePermission, launchPermission].map((permission) =>
    isRecord(permission) ? permission.add : undefined,
  )
  const all: string[] = []
  for (const part of [...added, valuesToAdd, accountIdsToAdd]) {
    isSomewhere({ part }, (_, value) => {
      if (typeof value === 'string') all.push(value)
      return false
    })
  }
  return all
}

/** A canned list of access, or a grant to everybody. */
function isPublicGrant(_: string, value: unknown): boolean {
  return typeof value === 'string' && /^public-read|\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/.test(value)
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false'
}

const MOST_VALUES = 2_000
const MOST_DEPTH = 10

/** Whether any value fits, with the key under which it stands (a list's for its members). Bounded. */
function isSomewhere(parameters: Parameters, fits: (key: string, value: unknown) => boolean): boolean {
  let seen = 0
  const look = (key: string, value: unknown, depth: number): boolean => {
    seen += 1
    if (seen > MOST_VALUES || depth > MOST_DEPTH) return false
    if (fits(key, value)) return true
    if (Array.isArray(value)) return value.some((member) => look(key, member, depth + 1))
    return isRecord(value) && Object.entries(value).some(([name, member]) => look(name, member, depth + 1))
  }
  return look('', parameters, 0)
}

import { isObject } from '../json-object.ts'

/** Who asks. A role's session is named by its ARN (`arn:aws:sts::…:assumed-role/…`) or by the role's. */
export type Principal = { readonly arn: string } | { readonly service: string } | 'anonymous'

/**
 * How a Principal element names who asks: `directly`; only by their `account`, whose own policies then decide;
 * `perhaps`, where AWS leaves it open; or not at all.
 */
export type Naming = 'directly' | 'account' | 'perhaps' | 'not'

const ARN = /^arn:[^:*]+:(?:iam|sts)::(\d{12}):[^*]+$/
const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser']

/** @throws on a request whose principal is not one of these. */
export function checkPrincipal(principal: Principal): void {
  if (typeof principal === 'object' && 'arn' in principal && !ARN.test(principal.arn)) {
    throw new Error(`request: ${principal.arn} is no ARN of a principal`)
  }
}

/**
 * Reads a Principal element.
 *
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 * @throws on a principal that is not understood, with the way to it: also on a wildcard in a part of a name.
 */
export function readPrincipal(element: unknown, at: string): (principal: Principal) => Naming {
  if (element === '*') return () => 'directly'
  if (!isObject(element) || Object.keys(element).length === 0) throw new Error(`${at}: "*" or an object belongs here`)
  const namings = Object.entries(element).flatMap(([kind, names]) => {
    if (!KINDS.includes(kind)) throw new Error(`${at}.${kind}: there is no such kind of principal`)
    const list: readonly unknown[] = Array.isArray(names) ? names : [names]
    return list.map((name) => readName(kind, name, `${at}.${kind}`))
  })
  return (principal) => {
    const found = namings.map((naming) => naming(principal))
    return (['directly', 'account', 'perhaps'] as const).find((naming) => found.includes(naming)) ?? 'not'
  }
}

function readName(kind: string, name: unknown, at: string): (principal: Principal) => Naming {
  if (typeof name !== 'string') throw new Error(`${at}: takes names`)
  if (kind === 'AWS') return name === '*' ? namedByStar : readAwsName(name, at)
  if (name.includes('*')) throw new Error(`${at}: ${name}: no wildcard belongs in a name`)
  return (principal) => (kind === 'Service' && serviceOf(principal) === name ? 'directly' : 'not')
}

/** `{"AWS": "*"}` is everyone, also anonymous. Services differ in whether a service of AWS is one of them. */
function namedByStar(principal: Principal): Naming {
  return serviceOf(principal) === null ? 'directly' : 'perhaps'
}

function readAwsName(name: string, at: string): (principal: Principal) => Naming {
  const account = /^\d{12}$/.test(name) ? name : (ARN.exec(name)?.[1] ?? null)
  if (account === null) throw new Error(`${at}: ${name} is neither an account nor an ARN of one principal`)
  const isAccount = name === account || name.endsWith(':root')
  return (principal) => {
    const arn = typeof principal === 'object' && 'arn' in principal ? principal.arn : ''
    if (!isAccount) return arn === name || isSessionOf(arn, name) ? 'directly' : 'not'
    if (ARN.exec(arn)?.[1] !== account) return 'not'
    return arn.endsWith(':root') ? 'directly' : 'account'
  }
}

function serviceOf(principal: Principal): string | null {
  return typeof principal === 'object' && 'service' in principal ? principal.service : null
}

/** A session's ARN has the role's name, without its path. */
function isSessionOf(arn: string, role: string): boolean {
  const [, partition, account, name] = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/[^/]+$/.exec(arn) ?? []
  if (name === undefined) return false
  return role.startsWith(`arn:${partition}:iam::${account}:role/`) && role.endsWith(`/${name}`)
}

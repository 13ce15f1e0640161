/**
 * Who is named by a finding or belongs to a person, in one form: `account:kind/name`. The account is twelve digits (of any
 * partition: they are never given twice), or `*` where it is not known.
 *
 * | kind | name |
 * |---|---|
 * | `user`, `role` | the last part: IAM names are unique in an account whatever their path |
 * | `session` | `role/session` of an assumed role; the role is `*` where it is not known |
 * | `federated` | of a session by `GetFederationToken` |
 * | `root` | – |
 * | `id` | AWS's own id: `AIDA…` of a user, `AROA…` of a role, `AROA…:session` |
 * | `any` | a name of which nobody says what it names |
 */
export type PrincipalText = string

export type PrincipalKind = 'user' | 'role' | 'session' | 'federated' | 'root' | 'id' | 'any'

export interface Principal {
  readonly account: string
  readonly kind: PrincipalKind
  readonly name: string
}

const FORM = /^(\d{12}|\*):(user|role|session|federated|root|id|any)\/(.*)$/s
const ARN = /^arn:[^:]+:(?:iam|sts)::([^:]*):(.+)$/s

export function principalText(account: string, kind: PrincipalKind, name: string): PrincipalText {
  return `${/^\d{12}$/.test(account) ? account : '*'}:${kind}/${name.toWellFormed()}`
}

/** Of an ARN of IAM or STS; null for any other text. */
export function principalOfArn(arn: string): PrincipalText | null {
  const [, account = '', resource = ''] = ARN.exec(arn) ?? []
  return resource === 'root' ? principalText(account, 'root', '') : principalOfPath(account, resource)
}

/** Of what stands after an ARN's account, such as `user/division/ana`; null where it names nobody. */
function principalOfPath(account: string, path: string): PrincipalText | null {
  const [kind, first, ...rest] = path.split('/')
  const last = rest.at(-1) ?? first
  if (!first || !last) return null
  if (kind === 'assumed-role') return rest.length > 0 ? principalText(account, 'session', `${first}/${last}`) : null
  if (kind === 'federated-user') return principalText(account, 'federated', last)
  return kind === 'user' || kind === 'role' ? principalText(account, kind, last) : null
}

/** Of the form above, an ARN, or an ARN's last part; any other text is a bare name or an id. */
export function readPrincipal(text: string): Principal {
  const form = FORM.exec(text) ?? FORM.exec(principalOfArn(text) ?? principalOfPath('*', text) ?? '')
  const [, account = '*', kind = 'any', name = text] = form ?? []
  return { account, kind: kind as PrincipalKind, name }
}

/**
 * Whether what a person has in the directory (an ARN, an id or a user's name) is what a finding names. Account and kind
 * must agree where both are known; upper and lower case are one, since IAM does not tell names apart by it.
 *
 * - Many people act by one role: a role that a person lists is met by a finding about the role itself, not by a session of
 *   it, which is one person's. A session that a person lists is met by that session only.
 * - A bare name in the directory is a user's, a session's or an id, never a role's.
 * - A name of which the finding does not say what it names is that of whatever a person lists by this name.
 */
export function isSamePrincipal(own: string, named: PrincipalText): boolean {
  const one = readPrincipal(own.toLowerCase())
  const other = readPrincipal(named.toLowerCase())
  if (one.account !== '*' && other.account !== '*' && one.account !== other.account) return false
  if (one.kind === 'session' && other.kind === 'session') return isSameSession(one.name, other.name)
  if (one.kind === other.kind) return one.name === other.name
  if (other.kind === 'any') return bareName(one) === other.name
  return one.kind === 'any' && other.kind !== 'role' && bareName(other) === one.name
}

function isSameSession(one: string, other: string): boolean {
  const [role, name] = one.split('/')
  const [otherRole, otherName] = other.split('/')
  return name === otherName && (role === otherRole || role === '*' || otherRole === '*')
}

function bareName({ kind, name }: Principal): string {
  return kind === 'session' ? name.slice(name.indexOf('/') + 1) : name
}

/**
 * Who is named by a finding or belongs to a person, in one form: `account:kind/name`. The account is twelve digits, or `*`
 * where it is not known.
 *
 * | kind | name |
 * |---|---|
 * | `user`, `role` | the last part: IAM names are unique in an account whatever their path |
 * | `session` | `role/session` of an assumed role |
 * | `root` | – |
 * | `id` | AWS's own id of it, such as `AIDA…` |
 * | `any` | a bare name, of a user or a session as far as anybody knows |
 */
export type PrincipalText = string

const FORM = /^(\d{12}|\*):(user|role|session|root|id|any)\/(.*)$/s
const ARN = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(.+)$/s

interface Principal {
  readonly account: string
  readonly kind: string
  readonly name: string
}

export function principalText(account: string, kind: Principal['kind'], name: string): PrincipalText {
  return `${/^\d{12}$/.test(account) ? account : '*'}:${kind}/${name}`
}

/** Of an ARN of IAM or STS; null for any other text. */
export function principalOfArn(arn: string): PrincipalText | null {
  const [, account = '', resource = ''] = ARN.exec(arn) ?? []
  const [kind = '', ...path] = resource.split('/')
  const last = path.at(-1) ?? ''
  if (kind === 'root') return principalText(account, 'root', '')
  if (kind === 'assumed-role' && path.length > 1) return principalText(account, 'session', `${path[0]}/${last}`)
  if (kind === 'user' || kind === 'role') return principalText(account, kind, last)
  return kind === 'federated-user' ? principalText(account, 'any', last) : null
}

/**
 * Whether what a person has in the directory (an ARN, an id or a user's name) is what a finding names. Accounts and kinds
 * must agree where both are known. Many people act by one role: a role that a person lists is met by a finding about the
 * role itself, not by another's session of it.
 */
export function isSamePrincipal(own: string, named: PrincipalText): boolean {
  const one = read(own)
  const other = read(named)
  const isElsewhere = one.account !== '*' && other.account !== '*' && one.account !== other.account
  if (isElsewhere) return false
  if (one.kind === other.kind) return one.name === other.name
  return one.kind === 'any' ? meansBare(one.name, other) : other.kind === 'any' && meansBare(other.name, one)
}

/** A bare name may be a user's, a session's, or an id. */
function meansBare(name: string, { kind, name: full }: Principal): boolean {
  if (kind === 'session') return full.split('/').at(-1) === name
  return (kind === 'user' || kind === 'id') && full === name
}

/** Findings of long ago and users of the directory have names alone. */
function read(text: string): Principal {
  const [, account = '*', kind = 'any', name = text] = FORM.exec(principalOfArn(text) ?? text) ?? []
  return { account, kind, name }
}

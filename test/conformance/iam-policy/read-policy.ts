import { isObject, type JsonObject } from '../json-object.ts'
import { type Condition, readConditions } from './condition.ts'
import { isLike, readPolicyText } from './policy-text.ts'
import { type Naming, type Principal, readPrincipal } from './principal.ts'
import type { AccessRequest, RequestContext } from './request.ts'

/** An identity's policy names no principal; a resource's names one in each statement. */
export type PolicyKind = 'identity' | 'resource'

export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  /** Whether action, resource and conditions fit. */
  covers(request: AccessRequest, context: RequestContext): boolean
  names(principal: Principal): Naming
}

type Match = (value: string, context: RequestContext) => boolean

const POLICY_ELEMENTS = ['Version', 'Id', 'Statement']
const SCOPE = ['Action', 'NotAction', 'Resource', 'NotResource']
const STATEMENT_ELEMENTS = ['Sid', 'Effect', 'Principal', ...SCOPE, 'Condition']
const VERSIONS = ['2012-10-17', '2008-10-17']

/**
 * Reads a whole policy, so that what is not understood is thrown whatever the request.
 *
 * Source: IAM User Guide, "IAM JSON policy elements reference" and "Grammar of the IAM JSON policy language".
 * @throws with the way to what is not understood: `policies[0].Statement[1].Condition.StringIs: …`.
 */
export function readPolicy(policy: unknown, kind: PolicyKind, at: string): readonly Statement[] {
  const { Version: version = '2008-10-17', Statement: list } = elementsOf(policy, POLICY_ELEMENTS, at)
  if (!VERSIONS.includes(String(version))) throw new Error(`${at}.Version: there is no ${version}`)
  const statements: readonly unknown[] = Array.isArray(list) ? list : [list]
  return statements.map((statement, index) => {
    const way = Array.isArray(list) ? `${at}.Statement[${index}]` : `${at}.Statement`
    return readStatement(elementsOf(statement, STATEMENT_ELEMENTS, way), kind, version === '2012-10-17', way)
  })
}

function readStatement(statement: JsonObject, kind: PolicyKind, variables: boolean, at: string): Statement {
  const { Effect: effect, Principal: principal, Condition: condition } = statement
  if (effect !== 'Allow' && effect !== 'Deny') throw new Error(`${at}.Effect: Allow or Deny belongs here`)
  if ((principal === undefined) !== (kind === 'identity')) {
    throw new Error(`${at}.Principal: belongs into a resource's policy, and only there`)
  }
  const fitsAction = readEither(statement, 'Action', at, readAction)
  const fitsResource = isForItself(statement, kind)
    ? () => true
    : readEither(statement, 'Resource', at, (text, way) => readResource(text, variables, way))
  const meets: Condition =
    condition === undefined ? () => true : readConditions(condition, variables, `${at}.Condition`)
  return {
    effect,
    covers: ({ action, resource }, context) =>
      fitsAction(action, context) && fitsResource(resource, context) && meets(context),
    names: kind === 'identity' ? () => 'directly' : readPrincipal(principal, `${at}.Principal`),
  }
}

/** A role's trust policy has no Resource: it is about the role. */
function isForItself(statement: JsonObject, kind: PolicyKind): boolean {
  return kind === 'resource' && !('Resource' in statement) && !('NotResource' in statement)
}

/** Exactly one of `Action` and `NotAction`, or of `Resource` and `NotResource`. */
function readEither(
  statement: JsonObject,
  name: 'Action' | 'Resource',
  at: string,
  read: (text: string, at: string) => Match,
): Match {
  const negated = `Not${name}` in statement
  if (negated === name in statement) throw new Error(`${at}: either ${name} or Not${name} belongs here`)
  const way = `${at}.${negated ? `Not${name}` : name}`
  const value = statement[negated ? `Not${name}` : name]
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0) throw new Error(`${way}: names at least one`)
  const matches = list.map((text) => {
    if (typeof text !== 'string') throw new Error(`${way}: takes strings`)
    return read(text, way)
  })
  return (given, context) => matches.some((match) => match(given, context)) !== negated
}

/** `sqs:Send*`, whatever its case. */
function readAction(text: string, at: string): Match {
  if (text !== '*' && !/^[a-z0-9-]+:[\w*?]+$/i.test(text)) throw new Error(`${at}: ${text} is no action`)
  const pattern = readPolicyText(text, { wildcards: true, variables: false }, at)
  return (action, context) => isLike(action, pattern, context, { ignoreCase: true })
}

/** An ARN whose wildcards match colons and slashes too. */
function readResource(text: string, variables: boolean, at: string): Match {
  if (text !== '*' && !text.startsWith('arn:')) throw new Error(`${at}: ${text} is neither "*" nor an ARN`)
  if (variables && /^(?:[^:$]*:){0,4}[^:$]*\$\{/.test(text)) {
    throw new Error(`${at}: ${text} has a variable before the fifth colon`)
  }
  const pattern = readPolicyText(text, { wildcards: true, variables }, at)
  return (resource, context) => isLike(resource, pattern, context)
}

function elementsOf(value: unknown, known: readonly string[], at: string): JsonObject {
  if (!isObject(value)) throw new Error(`${at}: an object belongs here`)
  const unknown = Object.keys(value).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`${at}.${unknown}: is not understood`)
  return value
}

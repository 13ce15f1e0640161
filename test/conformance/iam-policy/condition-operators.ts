import { addressBlock } from '../address-block.ts'
import { type Comparison, isLike, readPolicyText } from './policy-text.ts'
import type { RequestContext } from './request.ts'

/** Whether a value of the request is what one value of the policy asks for. */
export type ConditionTest = (value: string, context: RequestContext) => boolean

export interface ConditionOperator {
  /** Holds when no value of the policy is met, and when the key is absent. */
  readonly negated: boolean
  /** @throws on a value that is none for this operator, with `at`, the way to it. */
  read(value: string, variables: boolean, at: string): ConditionTest
}

type Read = ConditionOperator['read']

const equals = textual({ wildcards: false }, {})
const equalsIgnoreCase = textual({ wildcards: false }, { ignoreCase: true })
const like = textual({ wildcards: true }, {})
/** Each of the six parts of an ARN is compared by itself; in the last, colons are characters like others. */
const arn: Read = (value, variables, at) => {
  const withoutVariables = value.replaceAll(/\$\{[^}]*\}/g, '')
  if (!/^arn:(?:[^:]*:){4}/.test(withoutVariables)) throw new Error(`${at}: ${value} is no ARN of six parts`)
  return textual({ wildcards: true }, { inArn: true })(value, variables, at)
}

const bool: Read = (value, _variables, at) => {
  const wanted = readBoolean(value, at)
  return (given) => readBoolean(given, `the request, for ${at}`) === wanted
}

const ipAddress: Read = (value, _variables, at) => {
  const block = addressBlock(value)
  if (block === null) throw new Error(`${at}: ${value} is no address or block of addresses`)
  return (given) => block.has(given)
}

const OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ['StringEquals', { negated: false, read: equals }],
  ['StringNotEquals', { negated: true, read: equals }],
  ['StringEqualsIgnoreCase', { negated: false, read: equalsIgnoreCase }],
  ['StringNotEqualsIgnoreCase', { negated: true, read: equalsIgnoreCase }],
  ['StringLike', { negated: false, read: like }],
  ['StringNotLike', { negated: true, read: like }],
  ['ArnEquals', { negated: false, read: arn }],
  ['ArnLike', { negated: false, read: arn }],
  ['ArnNotEquals', { negated: true, read: arn }],
  ['ArnNotLike', { negated: true, read: arn }],
  ['NumericEquals', { negated: false, read: numeric((given, wanted) => given === wanted) }],
  ['NumericNotEquals', { negated: true, read: numeric((given, wanted) => given === wanted) }],
  ['NumericLessThan', { negated: false, read: numeric((given, wanted) => given < wanted) }],
  ['NumericLessThanEquals', { negated: false, read: numeric((given, wanted) => given <= wanted) }],
  ['NumericGreaterThan', { negated: false, read: numeric((given, wanted) => given > wanted) }],
  ['NumericGreaterThanEquals', { negated: false, read: numeric((given, wanted) => given >= wanted) }],
  ['Bool', { negated: false, read: bool }],
  ['IpAddress', { negated: false, read: ipAddress }],
  ['NotIpAddress', { negated: true, read: ipAddress }],
])

/** Null for a name that is none of them: dates and bytes too, which this project's policies do not compare. */
export function conditionOperator(name: string): ConditionOperator | null {
  return OPERATORS.get(name) ?? null
}

export function readBoolean(value: string, at: string): boolean {
  if (!/^(?:true|false)$/i.test(value)) throw new Error(`${at}: ${value} is neither true nor false`)
  return value.toLowerCase() === 'true'
}

function numeric(compare: (given: number, wanted: number) => boolean): Read {
  return (value, _variables, at) => {
    const wanted = readNumber(value, at)
    return (given) => compare(readNumber(given, `the request, for ${at}`), wanted)
  }
}

function readNumber(value: string, at: string): number {
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(value)) throw new Error(`${at}: ${value} is no number`)
  return Number(value)
}

function textual(rules: { readonly wildcards: boolean }, how: Comparison): Read {
  return (value, variables, at) => {
    const text = readPolicyText(value, { ...rules, variables }, at)
    return (given, context) => isLike(given, text, context, how)
  }
}

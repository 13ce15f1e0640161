import { isObject, type JsonObject } from '../json-object.ts'
import { type ConditionTest, conditionOperator, readBoolean } from './condition-operators.ts'
import type { RequestContext } from './request.ts'

/** Whether a request meets a condition block, or a part of it. */
export type Condition = (context: RequestContext) => boolean

const NAME = /^(?:(?<quantifier>ForAllValues|ForAnyValue):)?(?<operator>[A-Za-z]+?)(?<ifExists>IfExists)?$/

/**
 * Reads a Condition element. Its operators, and the keys of one operator, must all be met.
 *
 * Source: IAM User Guide, "Condition operators" and "Conditions with multiple context keys or values".
 * @throws on an operator or a value that is not understood, with the way to it.
 */
export function readConditions(element: unknown, variables: boolean, at: string): Condition {
  if (!isObject(element) || isEmpty(element)) throw new Error(`${at}: names at least one operator`)
  const conditions = Object.entries(element).flatMap(([name, keys]) => {
    if (!isObject(keys) || isEmpty(keys)) throw new Error(`${at}.${name}: takes keys with their values`)
    const entries = Object.entries(keys)
    return entries.map(([key, value]) => readCondition(name, key, value, variables, `${at}.${name}`))
  })
  return (context) => conditions.every((condition) => condition(context))
}

function readCondition(name: string, key: string, value: unknown, variables: boolean, at: string): Condition {
  const texts = textsOf(value, `${at}.${key}`)
  if (name === 'Null') {
    const wanted = texts.map((text) => readBoolean(text, `${at}.${key}`))
    return (context) => wanted.includes(context.valueOf(key) === null)
  }
  const { quantifier, operator: operatorName, ifExists } = NAME.exec(name)?.groups ?? {}
  const operator = conditionOperator(operatorName ?? '')
  if (operator === null) throw new Error(`${at}: there is no such operator`)
  const { negated } = operator
  const tests = texts.map((text) => operator.read(text, variables, `${at}.${key}`))
  const meets = (given: string, context: RequestContext) => metBy(tests, given, context) !== negated
  const whenAbsent = ifExists !== undefined || quantifier === 'ForAllValues' || (!quantifier && negated)

  return (context) => {
    const given = context.valueOf(key)
    if (given === null) return whenAbsent
    if (quantifier === 'ForAllValues') return setOf(given).every((one) => meets(one, context))
    if (quantifier === 'ForAnyValue') return setOf(given).some((one) => meets(one, context))
    if (typeof given === 'object') throw new Error(`${at}.${key}: several values need ForAllValues or ForAnyValue`)
    return meets(String(given), context)
  }
}

/** What is empty would hold always: more likely something has been left out. */
function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0
}

/** Every value is asked, so that none that is not understood is passed over. */
function metBy(tests: readonly ConditionTest[], given: string, context: RequestContext): boolean {
  return tests.map((test) => test(given, context)).includes(true)
}

/** An empty string is an empty set to ForAllValues and ForAnyValue. */
function setOf(given: string | number | boolean | readonly string[]): readonly string[] {
  if (typeof given === 'object') return given
  return given === '' ? [] : [String(given)]
}

function textsOf(value: unknown, at: string): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (values.length === 0) throw new Error(`${at}: names at least one value`)
  return values.map((one) => {
    if (!['string', 'number', 'boolean'].includes(typeof one)) throw new Error(`${at}: takes strings`)
    return String(one)
  })
}

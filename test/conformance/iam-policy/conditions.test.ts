import { describe, expect, test } from 'vitest'
import { isAllowed } from './is-allowed.ts'
import type { ContextValue } from './request.ts'
import { policyOf, QUEUE, requestOf } from './sample-policies.ts'

type Values = Readonly<Record<string, ContextValue>>

function meets(condition: object, context: Values): boolean {
  return isAllowed([policyOf({ Condition: condition })], requestOf('sqs:SendMessage', QUEUE, context)) === 'allowed'
}

const FINANCE = 'arn:aws:someservice:*:111122223333:finance/*'
const STORE = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt'
const TOPIC = 'arn:aws:sns:us-east-2:123456789012:alarms'

/** Operator, value in the policy, a value of the request that meets it, and one that does not. */
test.each<[string, unknown, ContextValue, ContextValue]>([
  ['StringEquals', 'johndoe', 'johndoe', 'JohnDoe'],
  ['StringEquals', ['a', 'b'], 'b', 'c'],
  ['StringEquals', 'a*', 'a*', 'ab'],
  ['StringNotEquals', ['a', 'b'], 'c', 'b'],
  ['StringEqualsIgnoreCase', 'johndoe', 'JohnDoe', 'john'],
  ['StringNotEqualsIgnoreCase', 'johndoe', 'john', 'JohnDoe'],
  ['StringLike', ['', 'home/', 'home/*/'], 'home/ana/', 'home'],
  ['StringLike', 't?.*', 't2.micro', 't.micro'],
  ['StringLike', FINANCE, STORE, 'arn:aws:someservice'],
  ['StringNotLike', ['t1.*', 't2.*'], 'm3.large', 't2.micro'],
  ['ArnEquals', TOPIC, TOPIC, `${TOPIC}-2`],
  ['ArnEquals', 'arn:aws:sns:*:123456789012:*', TOPIC, TOPIC.replace('sns', 'sqs')],
  ['ArnLike', FINANCE, 'arn:aws:someservice:eu-west-1:111122223333:finance/a:b', STORE],
  ['ArnLike', 'arn:aws:sns:us-east-2:*:a*', TOPIC, 'arn:aws:sns:us-east-2:1:2:alarms'],
  ['ArnNotEquals', TOPIC, `${TOPIC}-2`, TOPIC],
  ['ArnNotLike', FINANCE, STORE, 'arn:aws:someservice:eu-west-1:111122223333:finance/a'],
  ['NumericEquals', '10', 10, '10.5'],
  ['NumericNotEquals', 10, 11, '10.0'],
  ['NumericLessThan', '10', 9.5, 10],
  ['NumericLessThanEquals', '10', 10, 11],
  ['NumericGreaterThan', '-1', 0, -1],
  ['NumericGreaterThanEquals', '-1', -1, -2],
  ['Bool', 'true', true, 'false'],
  ['Bool', false, 'False', true],
  ['IpAddress', ['203.0.113.0/24', '2001:DB8:1234:5678::/64'], '2001:db8:1234:5678::9', '203.0.114.1'],
  ['IpAddress', '203.0.113.9', '203.0.113.9', '203.0.113.10'],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', '203.0.113.1'],
])('%s %j is met by %j, not by %j', (operator, wanted, meeting, other) => {
  expect(meets({ [operator]: { 'aws:key': wanted } }, { 'aws:key': meeting })).toBe(true)
  expect(meets({ [operator]: { 'aws:key': wanted } }, { 'aws:key': other })).toBe(false)
  const absent = { StringEquals: { 'aws:other': 'x' }, [`${operator}IfExists`]: { 'aws:key': wanted } }
  expect(meets(absent, { 'aws:other': 'x' })).toBe(true)
  expect(meets({ [`${operator}IfExists`]: { 'aws:key': wanted } }, { 'aws:key': other })).toBe(false)
  expect(meets({ [operator]: { 'aws:key': wanted } }, {})).toBe(operator.includes('Not'))
})

test('operators and keys must all be met, of values one', () => {
  const both = { StringEquals: { 'aws:a': ['1', '2'], 'aws:b': '1' }, Bool: { 'aws:c': 'true' } }
  expect(meets(both, { 'aws:a': '2', 'aws:b': '1', 'aws:c': true })).toBe(true)
  expect(meets(both, { 'aws:a': '2', 'aws:b': '2', 'aws:c': true })).toBe(false)
  expect(meets(both, { 'aws:a': '2', 'aws:b': '1', 'aws:c': false })).toBe(false)
})

test('the case of a key does not count', () => {
  expect(meets({ StringEquals: { 'AWS:SourceAccount': '1' } }, { 'aws:sourceaccount': '1' })).toBe(true)
})

test.each<[unknown, Values, boolean]>([
  ['true', {}, true],
  ['true', { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' }, false],
  [false, { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' }, true],
  ['false', {}, false],
  ['true', { 'aws:TokenIssueTime': [] }, true],
  [['true', 'false'], {}, true],
])('Null %j with %j', (wanted, context, expected) => {
  expect(meets({ Null: { 'aws:TokenIssueTime': wanted } }, context)).toBe(expected)
})

describe('sets', () => {
  const key = 'dynamodb:Attributes'
  const met = (operator: string, wanted: unknown, given: ContextValue | null) =>
    meets({ [operator]: { [key]: wanted } }, given === null ? {} : { [key]: given })

  test.each<[string, unknown, ContextValue | null, boolean]>([
    ['ForAllValues:StringLike', ['PostDateTime', 'Message', 'Tags'], ['PostDateTime', 'Message'], true],
    ['ForAllValues:StringLike', ['PostDateTime', 'Message', 'Tags'], ['PostDateTime', 'UserName'], false],
    ['ForAllValues:StringEquals', ['a'], null, true],
    ['ForAllValues:StringEquals', ['a'], [], true],
    ['ForAllValues:StringEquals', ['a'], '', true],
    ['ForAllValues:StringEquals', ['a'], 'a', true],
    ['ForAllValues:StringNotLike', 'key1*', ['key1:hr', 'key1:personnel'], false],
    ['ForAllValues:StringNotLike', 'key1*', ['key1:hr', 'key2:audit'], false],
    ['ForAllValues:StringNotLike', 'key1*', ['key2:audit'], true],
    ['ForAllValues:StringNotLike', 'key1*', null, true],
    ['ForAnyValue:StringLike', ['ID', 'PostDateTime'], ['UserName', 'Message', 'PostDateTime'], true],
    ['ForAnyValue:StringLike', ['ID', 'PostDateTime'], ['UserName'], false],
    ['ForAnyValue:StringLike', '*', null, false],
    ['ForAnyValue:StringLike', '*', [], false],
    ['ForAnyValue:StringLike', '*', '', false],
    ['ForAnyValue:StringNotLike', 'key1*', ['key1:hr', 'key2:audit'], true],
    ['ForAnyValue:StringNotLike', 'key1*', ['key1:hr'], false],
    ['ForAnyValue:StringNotLike', 'key1*', null, false],
    ['ForAnyValue:StringEqualsIfExists', ['a'], null, true],
    ['ForAnyValue:StringEqualsIfExists', ['a'], ['b'], false],
    ['ForAllValues:ArnLike', 'arn:aws:sns:*:*:*', [TOPIC], true],
  ])('%s %j with %j', (operator, wanted, given, expected) => {
    expect(met(operator, wanted, given)).toBe(expected)
  })

  test('several values are not compared as if they were one', () => {
    const error = `policies[0].Statement[0].Condition.StringLike.${key}: several values need ForAllValues`
    expect(() => met('StringLike', '*', ['a'])).toThrow(error)
  })
})

test.each<[object, string]>([
  [{ StringMatches: { k: 'a' } }, 'Condition.StringMatches: there is no such operator'],
  [{ DateLessThan: { k: '2026-01-01T00:00:00Z' } }, 'Condition.DateLessThan: there is no such operator'],
  [{ 'ForSomeValues:StringLike': { k: 'a' } }, 'Condition.ForSomeValues:StringLike: there is no such operator'],
  [{ NullIfExists: { k: 'true' } }, 'Condition.NullIfExists: there is no such operator'],
  [{ 'ForAllValues:Null': { k: 'true' } }, 'Condition.ForAllValues:Null: there is no such operator'],
  [{ stringlike: { k: 'a' } }, 'Condition.stringlike: there is no such operator'],
  [{}, 'Condition: names at least one operator'],
  [{ StringLike: {} }, 'Condition.StringLike: takes keys with their values'],
  [{ StringLike: 'a' }, 'Condition.StringLike: takes keys with their values'],
  [{ StringLike: { k: [] } }, 'Condition.StringLike.k: names at least one value'],
  [{ StringLike: { k: { Ref: 'A' } } }, 'Condition.StringLike.k: takes strings'],
  [{ ArnLike: { k: '*' } }, 'Condition.ArnLike.k: * is no ARN of six parts'],
  [
    { ArnNotLike: { k: `arn:aws:sns:*:\${aws:x}` } },
    `Condition.ArnNotLike.k: arn:aws:sns:*:\${aws:x} is no ARN of six`,
  ],
  [{ NumericLessThan: { k: 'ten' } }, 'Condition.NumericLessThan.k: ten is no number'],
  [{ NumericLessThan: { k: `\${aws:x}` } }, `Condition.NumericLessThan.k: \${aws:x} is no number`],
  [{ Bool: { k: 'yes' } }, 'Condition.Bool.k: yes is neither true nor false'],
  [{ Null: { k: 'yes' } }, 'Condition.Null.k: yes is neither true nor false'],
  [{ IpAddress: { k: '203.0.113.0/33' } }, 'Condition.IpAddress.k: 203.0.113.0/33 is no address'],
])('%j is not understood, whatever the request: %s', (condition, error) => {
  const policy = policyOf({ Action: 'ec2:StartInstances', Condition: condition })
  expect(() => isAllowed([policy], requestOf('sqs:SendMessage'))).toThrow(`policies[0].Statement[0].${error}`)
})

test.each<[object, string]>([
  [{ NumericNotEquals: { k: 1 } }, 'the request, for policies[0].Statement[0].Condition.NumericNotEquals.k: x is no'],
  [{ Bool: { k: true } }, 'the request, for policies[0].Statement[0].Condition.Bool.k: x is neither true nor false'],
])('a request whose value is of another kind is a mistake: %j', (condition, error) => {
  expect(() => meets(condition, { k: 'x' })).toThrow(error)
})

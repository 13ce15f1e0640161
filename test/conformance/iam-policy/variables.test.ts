import { expect, test } from 'vitest'
import { isAllowed } from './is-allowed.ts'
import type { ContextValue } from './request.ts'
import { policyOf, QUEUE, requestOf } from './sample-policies.ts'

const HOME = `arn:aws:s3:::mybucket/\${aws:username}/*`

function allows(parts: object, resource: string, context: Readonly<Record<string, ContextValue>> = {}): boolean {
  return isAllowed([policyOf(parts)], requestOf('s3:GetObject', resource, context)) === 'allowed'
}

test('a variable in a resource has the value of the request', () => {
  const ana = { 'AWS:userName': 'ana' }
  expect(allows({ Resource: HOME }, 'arn:aws:s3:::mybucket/ana/a/b', ana)).toBe(true)
  expect(allows({ Resource: HOME }, 'arn:aws:s3:::mybucket/ben/a/b', ana)).toBe(false)
})

test('its value stands for itself', () => {
  expect(allows({ Resource: HOME }, 'arn:aws:s3:::mybucket/ana/x', { 'aws:username': '*' })).toBe(false)
  expect(allows({ Resource: HOME }, 'arn:aws:s3:::mybucket/a.a/x', { 'aws:username': 'a.a' })).toBe(true)
  expect(allows({ Resource: HOME }, 'arn:aws:s3:::mybucket/aba/x', { 'aws:username': 'a.a' })).toBe(false)
})

test('nothing equals a variable without a value, or is like it', () => {
  expect(allows({ Resource: HOME }, 'arn:aws:s3:::mybucket//x')).toBe(false)
  expect(allows({ Resource: HOME }, HOME.replaceAll('*', 'x'))).toBe(false)
  const equals = { StringEquals: { 'aws:a': `\${aws:b}` } }
  expect(allows({ Condition: equals }, QUEUE, { 'aws:a': '' })).toBe(false)
  expect(allows({ Condition: { StringNotEquals: equals.StringEquals } }, QUEUE, { 'aws:a': '' })).toBe(true)
})

test('unless it has another to fall back on', () => {
  const team = `arn:aws:s3:::bucket/\${aws:PrincipalTag/team, 'company-wide'}/*`
  expect(allows({ Resource: team }, 'arn:aws:s3:::bucket/company-wide/a')).toBe(true)
  expect(allows({ Resource: team }, 'arn:aws:s3:::bucket/red/a', { 'aws:PrincipalTag/team': 'red' })).toBe(true)
  expect(allows({ Resource: team }, 'arn:aws:s3:::bucket/company-wide/a', { 'aws:PrincipalTag/team': 'red' })).toBe(
    false,
  )
})

test('text and ARN operators take variables', () => {
  const context = { 'aws:a': 'Home/Ana', 'aws:name': 'Ana', 'aws:arn': 'arn:aws:sns:eu-west-1:111122223333:ana' }
  const met = (operator: string, key: string, wanted: string) =>
    allows({ Condition: { [operator]: { [key]: wanted } } }, QUEUE, context)
  expect(met('StringLike', 'aws:a', `*/\${aws:name}`)).toBe(true)
  expect(met('StringEqualsIgnoreCase', 'aws:a', `home/\${AWS:NAME}`)).toBe(true)
  expect(met('StringEquals', 'aws:a', `home/\${aws:name}`)).toBe(false)
  expect(met('ArnLike', 'aws:arn', `arn:aws:sns:*:111122223333:\${aws:name}`)).toBe(false)
  expect(met('ArnLike', 'aws:arn', `arn:aws:sns:*:111122223333:a\${aws:gone, 'na'}`)).toBe(true)
})

test(`\${*}, \${?} and \${$} are the characters themselves`, () => {
  const literal = `arn:aws:s3:::bucket/\${*}-\${?}-\${$}{x}`
  expect(allows({ Resource: literal }, 'arn:aws:s3:::bucket/ab-c-d{x}')).toBe(false)
  const like = { StringLike: { 'aws:a': `\${*}-\${?}-\${$}{x}-*` } }
  expect(allows({ Condition: like }, QUEUE, { 'aws:a': `*-?-\${x}-more` })).toBe(true)
  expect(allows({ Condition: like }, QUEUE, { 'aws:a': `a-?-\${x}-more` })).toBe(false)
  expect(allows({ Condition: { StringEquals: { 'aws:a': `a\${*}` } } }, QUEUE, { 'aws:a': 'a*' })).toBe(true)
})

test('before version 2012-10-17 nothing is a variable', () => {
  const old = policyOf({ Condition: { StringLike: { 'aws:a': `\${aws:b}-*` } } }, '2008-10-17')
  const decide = (value: string) => isAllowed([old], requestOf('s3:GetObject', QUEUE, { 'aws:a': value, 'aws:b': 'b' }))
  expect([decide(`\${aws:b}-1`), decide('b-1')]).toEqual(['allowed', 'denied'])
})

test.each([
  [`arn:aws:s3:::bucket/\${username}`, `Resource: \${username} is no variable`],
  [`arn:aws:s3:::bucket/\${aws:username`, `Resource: \${aws:username is no variable`],
  [`arn:aws:s3:::bucket/\${}`, `Resource: \${} is no variable`],
  [`arn:aws:s3:::bucket/\${aws:username,'x'}`, 'is no variable'],
  [`arn:aws:sqs:*:\${aws:PrincipalAccount}:queue`, 'has a variable before the fifth colon'],
])('%s is not understood: %s', (resource, error) => {
  expect(() => allows({ Resource: resource }, QUEUE)).toThrow(error)
})

test('a variable has one value', () => {
  const parts = { Resource: `arn:aws:s3:::bucket/\${aws:TagKeys}` }
  expect(() => allows(parts, 'arn:aws:s3:::bucket/a', { 'aws:TagKeys': ['a'] })).toThrow(
    'several values, a variable one',
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPublicPolicy, isUnboundedPolicy, trustedAccounts } from '../../../shared/sources/policy-text.ts'

const policy = (...statements: Record<string, unknown>[]) => ({ Version: '2012-10-17', Statement: statements })
const allow = (statement: Record<string, unknown>) => policy({ Effect: 'Allow', ...statement })

test.each([
  [allow({ Principal: '*' }), true],
  [allow({ Principal: { AWS: '*' } }), true],
  [allow({ Principal: { AWS: ['111122223333', '*'] } }), true],
  [JSON.stringify(allow({ Principal: '*' })), true],
  [encodeURIComponent(JSON.stringify(allow({ Principal: '*' }))), true],
  [{ Statement: { Effect: 'Allow', Principal: '*' } }, true],
  [allow({ Principal: '*', Condition: {} }), true],
  [allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }), false],
  [policy({ Effect: 'Deny', Principal: '*' }), false],
  [allow({ Principal: { Service: '*' } }), false],
  [allow({ Principal: { AWS: '111122223333' } }), false],
  ['{"Statement":', false],
  ['%7B%', false],
  [null, false],
])('%j lets anybody in: %s', (text, expected) => {
  expect(isPublicPolicy(text)).toBe(expected)
})

test.each([
  [allow({ Action: '*', Resource: '*' }), true],
  [allow({ Action: ['s3:*', '*:*'], Resource: ['*'] }), true],
  [allow({ Action: 's3:*', Resource: '*' }), false],
  [allow({ Action: '*', Resource: 'arn:aws:s3:::b' }), false],
])('%j allows everything: %s', (document, expected) => {
  expect(isUnboundedPolicy(document)).toBe(expected)
})

test('the accounts let in', () => {
  const AWS = ['arn:aws:iam::111122223333:root', '444455556666', 'arn:aws-cn:sts::777788889999:assumed-role/r/s', '*']
  expect(trustedAccounts(allow({ Principal: { AWS } }))).toEqual(['111122223333', '444455556666', '777788889999'])
})

test('arbitrary values never throw', () => {
  fc.assert(fc.property(fc.anything(), (value) => typeof isPublicPolicy(value) === 'boolean'))
  fc.assert(fc.property(fc.anything(), (Statement) => Array.isArray(trustedAccounts({ Statement }))))
})

import { expect, test } from 'vitest'
import { isAllowedByResourcePolicy } from './is-allowed.ts'
import type { Principal } from './principal.ts'
import { policyOf, QUEUE, requestOf } from './sample-policies.ts'

const ACCOUNT = '123456789012'
const USER: Principal = { arn: `arn:aws:iam::${ACCOUNT}:user/ana` }
const ROLE: Principal = { arn: `arn:aws:iam::${ACCOUNT}:role/path/sender` }
const SESSION: Principal = { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/sender/one` }
const ROOT: Principal = { arn: `arn:aws:iam::${ACCOUNT}:root` }
const STRANGER: Principal = { arn: 'arn:aws:iam::999999999999:user/ana' }
const EVENTS: Principal = { service: 'events.amazonaws.com' }

function decide(parts: object, principal: Principal, context = {}): string {
  return isAllowedByResourcePolicy(policyOf(parts), { ...requestOf('sqs:SendMessage', QUEUE, context), principal })
}

test.each<[unknown, Principal, string]>([
  [{ Service: 'events.amazonaws.com' }, EVENTS, 'allowed'],
  [{ Service: ['sns.amazonaws.com', 'events.amazonaws.com'] }, EVENTS, 'allowed'],
  [{ Service: 'sns.amazonaws.com' }, EVENTS, 'denied'],
  [{ Service: 'events.amazonaws.com' }, USER, 'denied'],
  [{ AWS: USER.arn }, USER, 'allowed'],
  [{ AWS: USER.arn, Service: 'events.amazonaws.com' }, EVENTS, 'allowed'],
  [{ AWS: USER.arn.replace('ana', 'Ana') }, USER, 'denied'],
  [{ AWS: ROLE.arn }, ROLE, 'allowed'],
  [{ AWS: ROLE.arn }, SESSION, 'allowed'],
  [{ AWS: SESSION.arn }, SESSION, 'allowed'],
  [{ AWS: SESSION.arn }, ROLE, 'denied'],
  [{ AWS: ROLE.arn.replace('sender', 'sender2') }, SESSION, 'denied'],
  [{ AWS: ROLE.arn.replace(ACCOUNT, '999999999999') }, SESSION, 'denied'],
  [{ AWS: ACCOUNT }, USER, 'left-to-account'],
  [{ AWS: ROOT.arn }, SESSION, 'left-to-account'],
  [{ AWS: [ACCOUNT, USER.arn] }, USER, 'allowed'],
  [{ AWS: ACCOUNT }, ROOT, 'allowed'],
  [{ AWS: ACCOUNT }, STRANGER, 'denied'],
  [{ AWS: ACCOUNT }, EVENTS, 'denied'],
  ['*', USER, 'allowed'],
  ['*', EVENTS, 'allowed'],
  ['*', 'anonymous', 'allowed'],
  [{ AWS: '*' }, STRANGER, 'allowed'],
  [{ AWS: '*' }, 'anonymous', 'allowed'],
  [{ AWS: '*' }, EVENTS, 'denied'],
  [{ AWS: ACCOUNT }, 'anonymous', 'denied'],
  [{ Federated: 'www.amazon.com' }, USER, 'denied'],
])('%j lets %j: %s', (element, principal, expected) => {
  expect(decide({ Principal: element }, principal)).toBe(expected)
})

test.each<[unknown, Principal, string]>([
  [{ AWS: ACCOUNT }, USER, 'explicitly-denied'],
  ['*', EVENTS, 'explicitly-denied'],
  [{ AWS: '*' }, EVENTS, 'explicitly-denied'],
  [{ AWS: '*' }, USER, 'explicitly-denied'],
  [{ AWS: STRANGER.arn }, USER, 'allowed'],
])('beside an Allow for everyone, a Deny for %j tells %j: %s', (element, principal, expected) => {
  const statement = (effect: string, named: unknown) => ({
    Effect: effect,
    Principal: named,
    Action: '*',
    Resource: '*',
  })
  const policy = { Statement: [statement('Allow', '*'), statement('Deny', element)] }
  expect(isAllowedByResourcePolicy(policy, { ...requestOf('sqs:SendMessage'), principal })).toBe(expected)
})

test("AWS's example: a topic may send to a queue, on behalf of that topic only", () => {
  const topic = 'arn:aws:sns:us-east-2:111122223333:alarms'
  const parts = {
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'SQS:SendMessage',
    Resource: QUEUE,
    Condition: { ArnEquals: { 'aws:SourceArn': topic } },
  }
  const sns = { service: 'sns.amazonaws.com' }
  expect(decide(parts, sns, { 'aws:SourceArn': topic })).toBe('allowed')
  expect(decide(parts, sns, { 'aws:SourceArn': `${topic}2` })).toBe('denied')
  expect(decide(parts, sns)).toBe('denied')
})

test("a role's trust policy names no resource", () => {
  const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const request = { ...requestOf('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/r`), principal: EVENTS }
  expect(isAllowedByResourcePolicy({ Statement: statement }, request)).toBe('allowed')
})

test.each<[object, string]>([
  [{}, "policy.Statement[0].Principal: belongs into a resource's policy, and only there"],
  [{ Principal: 'events.amazonaws.com' }, 'policy.Statement[0].Principal: "*" or an object belongs here'],
  [{ Principal: {} }, 'policy.Statement[0].Principal: "*" or an object belongs here'],
  [{ Principal: { Aws: '*' } }, 'policy.Statement[0].Principal.Aws: there is no such kind of principal'],
  [{ Principal: { Service: '*.amazonaws.com' } }, 'Principal.Service: *.amazonaws.com: no wildcard belongs in a name'],
  [{ Principal: { Service: [1] } }, 'Principal.Service: takes names'],
  [{ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/*` } }, 'role/* is neither an account nor an ARN'],
  [{ Principal: { AWS: 'AIDAEXAMPLE' } }, 'AIDAEXAMPLE is neither an account nor an ARN'],
])('%j is not understood: %s', (parts, error) => {
  expect(() => decide(parts, USER)).toThrow(error)
})

test('a caller is one principal', () => {
  expect(() => decide({ Principal: '*' }, { arn: `arn:aws:iam::${ACCOUNT}:role/*` })).toThrow(
    'is no ARN of a principal',
  )
})

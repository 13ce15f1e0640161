import { describe, expect, test } from 'vitest'
import { isAllowed } from './is-allowed.ts'
import { policyOf, QUEUE, requestOf } from './sample-policies.ts'

const S3_OBJECT = 'arn:aws:s3:::my_corporate_bucket/a/b'

describe('policies together', () => {
  const allow = policyOf({ Action: 'sqs:*' })
  const deny = policyOf({ Effect: 'Deny', Action: 'sqs:DeleteQueue' })
  test.each([
    ['nothing allows what no policy names', [], 'sqs:SendMessage', 'denied'],
    ['one Allow is enough', [policyOf({ Action: 's3:*' }), allow], 'sqs:SendMessage', 'allowed'],
    ['a Deny wins, whichever stands first', [deny, allow], 'sqs:DeleteQueue', 'explicitly-denied'],
    ['a Deny wins, whichever stands last', [allow, deny], 'sqs:DeleteQueue', 'explicitly-denied'],
    ['a Deny denies nothing else', [allow, deny], 'sqs:SendMessage', 'allowed'],
    ['a Deny alone allows nothing', [deny], 'sqs:SendMessage', 'denied'],
  ])('%s', (_, policies, action, decision) => {
    expect(isAllowed(policies, requestOf(action))).toBe(decision)
  })

  test('one statement needs no list', () => {
    const statement = { Sid: 'One', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE }
    expect(isAllowed([{ Version: '2012-10-17', Statement: statement }], requestOf('sqs:SendMessage'))).toBe('allowed')
  })
})

test.each([
  [{ Action: 'iam:ListAccessKeys' }, 'IAM:listaccesskeys', true],
  [{ Action: 'iam:*AccessKey*' }, 'iam:UpdateAccessKey', true],
  [{ Action: 'iam:*AccessKey' }, 'iam:ListAccessKeys', false],
  [{ Action: 'iam:?istAccessKeys' }, 'iam:ListAccessKeys', true],
  [{ Action: 'iam:?ListAccessKeys' }, 'iam:ListAccessKeys', false],
  [{ Action: 's3:*' }, 's3-object-lambda:Get', false],
  [{ Action: ['sqs:SendMessage', 'ec2:StartInstances'] }, 'ec2:StartInstances', true],
  [{ Action: [] }, 'ec2:StartInstances', null],
  [{ NotAction: 's3:DeleteBucket' }, 's3:DeleteBucket', false],
  [{ NotAction: 's3:DeleteBucket' }, 's3:GetObject', true],
  [{ NotAction: ['iam:*', 'sts:*'] }, 'sts:AssumeRole', false],
  [{ NotAction: ['iam:*', 'sts:*'] }, 'sqs:SendMessage', true],
])('%j and %s', (scope, action, fits) => {
  const decide = () => isAllowed([policyOf(scope)], requestOf(action))
  if (fits === null) expect(decide).toThrow('policies[0].Statement[0].Action: names at least one')
  else expect(decide()).toBe(fits ? 'allowed' : 'denied')
})

test.each([
  [{ Resource: QUEUE }, QUEUE, true],
  [{ Resource: QUEUE }, `${QUEUE}2`, false],
  [{ Resource: 'arn:aws:sqs:us-east-2:111122223333:Queue1' }, QUEUE, false],
  [{ Resource: 'arn:aws:sqs:*:111122223333:queue?' }, QUEUE, true],
  [{ Resource: 'arn:aws:s3:::my_corporate_bucket/*' }, S3_OBJECT, true],
  [{ Resource: 'arn:aws:s3:::my_corporate_bucket/*' }, 'arn:aws:s3:::my_corporate_bucket', false],
  [{ Resource: 'arn:aws:s3:::*/b' }, S3_OBJECT, true],
  [{ Resource: 'arn:aws:logs:*:111122223333:*' }, 'arn:aws:logs:eu-west-1:111122223333:log-group:a:log-stream:b', true],
  [{ Resource: 'arn:aws:sqs:*' }, QUEUE, true],
  [{ Resource: 'arn:aws:sqs:us-east-?:111122223333:queue1' }, QUEUE, true],
  [{ Resource: 'arn:aws:s3:::b/*c' }, 'arn:aws:s3:::b/a\nc', true],
  [{ Resource: 'arn:aws:s3:::a.b' }, 'arn:aws:s3:::a-b', false],
  [{ Resource: '*' }, '*', true],
  [{ Resource: 'arn:aws:sqs:*' }, '*', false],
  [{ NotResource: ['arn:aws:s3:::HRBucket/Payroll', 'arn:aws:s3:::HRBucket/Payroll/*'] }, S3_OBJECT, true],
  [{ NotResource: ['arn:aws:s3:::HRBucket/Payroll/*'] }, 'arn:aws:s3:::HRBucket/Payroll/1', false],
])('%j and %s', (scope, resource, fits) => {
  expect(isAllowed([policyOf(scope)], requestOf('s3:GetObject', resource))).toBe(fits ? 'allowed' : 'denied')
})

test.each([
  ['policy', 'policies[0]: an object belongs here'],
  [{ Version: '2020-01-01', Statement: [] }, 'policies[0].Version: there is no 2020-01-01'],
  [{ Version: '2012-10-17', Statements: [] }, 'policies[0].Statements: is not understood'],
  [{ Version: '2012-10-17' }, 'policies[0].Statement: an object belongs here'],
  [policyOf({ Effect: 'allow' }), 'policies[0].Statement[0].Effect: Allow or Deny belongs here'],
  [policyOf({ Actions: 'sqs:*' }), 'policies[0].Statement[0].Actions: is not understood'],
  [policyOf({ NotPrincipal: '*' }), 'policies[0].Statement[0].NotPrincipal: is not understood'],
  [policyOf({ Principal: '*' }), "policies[0].Statement[0].Principal: belongs into a resource's policy"],
  [policyOf({ Action: 'sqs' }), 'policies[0].Statement[0].Action: sqs is no action'],
  [policyOf({ Action: 'sqs:Send Message' }), 'policies[0].Statement[0].Action: sqs:Send Message is no action'],
  [policyOf({ Action: { Ref: 'A' } }), 'policies[0].Statement[0].Action: takes strings'],
  [policyOf({ Resource: 'queue1' }), 'policies[0].Statement[0].Resource: queue1 is neither "*" nor an ARN'],
  [
    { Statement: { Effect: 'Allow', Action: 'a:b', NotAction: 'a:c', Resource: '*' } },
    'policies[0].Statement: either Action or NotAction belongs here',
  ],
  [
    { Statement: { Effect: 'Allow', Action: 'a:b' } },
    'policies[0].Statement: either Resource or NotResource belongs here',
  ],
])('%j is not understood: %s', (policy, error) => {
  expect(() => isAllowed([policy], requestOf('ec2:StartInstances'))).toThrow(error)
})

test.each([
  [requestOf('sqs:*'), 'request: sqs:* is no action'],
  [requestOf('sqs:SendMessage', 'arn:aws:sqs:*'), 'request: arn:aws:sqs:* is neither'],
  [requestOf('sqs:SendMessage', QUEUE, { 'aws:username': 'a', 'AWS:UserName': 'b' }), 'AWS:UserName is there twice'],
])('%j is no request: %s', (request, error) => {
  expect(() => isAllowed([policyOf({})], request)).toThrow(error)
})

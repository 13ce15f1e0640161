import { expect, test } from 'vitest'
import { resourceIdOf, tidyResources } from '../../../shared/sources/resource-id.ts'

test.each([
  ['AWS::IAM::AccessKey:ASIAEXAMPLE', 'ASIAEXAMPLE'],
  ['ASIAEXAMPLE', 'ASIAEXAMPLE'],
  ['arn:aws:ec2:eu-central-1:111122223333:instance/i-1', 'i-1'],
  ['arn:aws-us-gov:ec2:us-gov-west-1:111122223333:instance/i-1', 'i-1'],
  [
    'arn:aws:ec2:eu-central-1:111122223333:security-group/sg-1',
    'arn:aws:ec2:eu-central-1:111122223333:security-group/sg-1',
  ],
  ['arn:aws:ec2:eu-central-1:111122223333:i-0a1b', 'i-0a1b'],
  ['arn:aws:ec2:eu-central-1:111122223333:igw-0a1b', 'arn:aws:ec2:eu-central-1:111122223333:igw-0a1b'],
  ['arn:aws:lambda:eu-central-1:1:function:f:$LATEST', 'arn:aws:lambda:eu-central-1:1:function:f'],
  ['arn:aws:lambda:eu-central-1:1:function:f:7', 'arn:aws:lambda:eu-central-1:1:function:f:7'],
  ['arn:aws:s3:::b', 'arn:aws:s3:::b'],
  ['AWS::::Account:111122223333', 'AWS::::Account:111122223333'],
])('%s is known as %s', (id, known) => {
  expect(resourceIdOf(id)).toBe(known)
})

test('each type and id once, in order; those without id are left out; at most fifty', () => {
  const tidy = tidyResources([
    { type: 'A', id: 'i-1' },
    { type: 'B', id: undefined },
    { type: 'A', id: 'arn:aws:ec2:r:1:instance/i-1' },
    { type: 'C', id: 'i-1' },
    { type: 'D', id: 'x'.repeat(3000) },
  ])
  expect(tidy.map(({ type, id }) => [type, id.length])).toEqual([
    ['A', 3],
    ['C', 3],
    ['D', 1024],
  ])
  expect(tidyResources(Array.from({ length: 99 }, (_, n) => ({ type: 'A', id: `i-${n}` })))).toHaveLength(50)
})

import { expect, test } from 'vitest'
import { guardDutyIdOf, parseArn, partitionOf } from '../../../shared/sources/arn.ts'

test('an ARN is taken apart', () => {
  expect(parseArn('arn:aws-cn:ec2:cn-north-1:111122223333:instance/i-1:x')).toEqual({
    partition: 'aws-cn',
    service: 'ec2',
    region: 'cn-north-1',
    account: '111122223333',
    resource: 'instance/i-1:x',
  })
  expect(parseArn('arn:aws:s3:::bucket')).toMatchObject({ region: '', account: '', resource: 'bucket' })
})

test.each([[''], ['test'], ['arn:aws:s3'], ['arn::s3:::x'], ['arn:aws:s3:::']])('%j is none', (text) => {
  expect(parseArn(text)).toBeNull()
})

test('the id of a GuardDuty finding', () => {
  const idOf = (text: string) => guardDutyIdOf(parseArn(text))
  expect(idOf('arn:aws:guardduty:eu-west-1:111122223333:detector/d/finding/f')).toBe('f')
  expect(idOf('arn:aws:guardduty:eu-west-1:111122223333:detector/d')).toBeNull()
  expect(idOf('arn:aws:inspector2:eu-west-1:111122223333:detector/d/finding/f')).toBeNull()
  expect(idOf('f')).toBeNull()
})

test.each([
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eusc-de-east-1', 'aws-eusc'],
])('%s lies in %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition)
})

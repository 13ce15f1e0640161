import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { configResourceId } from '../../../shared/sources/config-resource.ts'
import { resourceTypeOf } from '../../../shared/sources/resource-type.ts'

const WHERE = { partition: 'aws-us-gov', region: 'us-gov-west-1', accountId: '111122223333' }
const idOf = (type: string, id: string) => configResourceId({ type: resourceTypeOf(type), id }, WHERE)

test.each([
  ['AWS::S3::Bucket', 'b', 'arn:aws-us-gov:s3:::b'],
  ['AWS::EC2::Volume', 'vol-1', 'arn:aws-us-gov:ec2:us-gov-west-1:111122223333:volume/vol-1'],
  ['AWS::KMS::Key', 'k-1', 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/k-1'],
  ['AWS::DynamoDB::Table', 't', 'arn:aws-us-gov:dynamodb:us-gov-west-1:111122223333:table/t'],
  ['AWS::ECR::Repository', 'r', 'arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/r'],
  ['AWS::EFS::FileSystem', 'fs-1', 'arn:aws-us-gov:elasticfilesystem:us-gov-west-1:111122223333:file-system/fs-1'],
  ['AWS::EKS::Cluster', 'c', 'arn:aws-us-gov:eks:us-gov-west-1:111122223333:cluster/c'],
  ['AWS::Redshift::Cluster', 'c', 'arn:aws-us-gov:redshift:us-gov-west-1:111122223333:cluster:c'],
  [
    'AWS::ElasticLoadBalancing::LoadBalancer',
    'lb',
    'arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:111122223333:loadbalancer/lb',
  ],
  ['AWS::SQS::Queue', 'https://sqs.example.com/111122223333/q', 'arn:aws-us-gov:sqs:us-gov-west-1:111122223333:q'],
  ['AWS::::Account', '111122223333', 'AWS::::Account:111122223333'],
  ['AWS::RDS::DBInstance', 'db-ABC', 'db-ABC'],
  ['AWS::IAM::Role', 'AROAX', 'AROAX'],
  ['Other', 'x', 'x'],
])('%s %s is %s', (type, id, known) => {
  expect(idOf(type, id)).toBe(known)
})

test('an ARN stays, whatever it is of, and a second reading changes nothing', () => {
  const types = fc.constantFrom('AWS::S3::Bucket', 'AWS::EC2::Instance', 'AWS::SQS::Queue', 'AWS::::Account', 'Other')
  fc.assert(
    fc.property(types, fc.stringMatching(/^[a-z0-9-]{1,20}$/), (type, id) => {
      expect(idOf(type, `arn:${id}`)).toBe(`arn:${id}`)
      const once = idOf(type, id)
      if (once.startsWith('arn:')) expect(idOf(type, once)).toBe(once)
    }),
  )
})

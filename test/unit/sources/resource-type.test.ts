import { expect, test } from 'vitest'
import { resourceTypeOf } from '../../../shared/sources/resource-type.ts'

test.each([
  ['AWS::S3::Bucket', 'AwsS3Bucket'],
  ['AWS::IAM::Role', 'AwsIamRole'],
  ['AWS::EC2::Snapshot', 'AwsEc2Snapshot'],
  ['AWS::RDS::DBClusterSnapshot', 'AwsRdsDbClusterSnapshot'],
  ['AWS::DynamoDB::Table', 'AwsDynamoDbTable'],
  ['AWS::SecretsManager::Secret', 'AwsSecretsManagerSecret'],
  ['AWS_EC2_INSTANCE', 'AwsEc2Instance'],
  ['AWS_ECR_CONTAINER_IMAGE', 'AwsEcrContainerImage'],
  ['AWS_LAMBDA_FUNCTION', 'AwsLambdaFunction'],
  ['CODE_REPOSITORY', 'CodeRepository'],
  ['Microsoft.Compute/virtualMachines', 'Microsoft.Compute/virtualMachines'],
  ['AwsS3Bucket', 'AwsS3Bucket'],
  ['AWS::', 'AWS::'],
  [undefined, 'Other'],
])('%s is %s', (type, expected) => {
  expect(resourceTypeOf(type)).toBe(expected)
})

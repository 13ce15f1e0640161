import * as z from 'zod/mini'
import type { FindingResource } from '../core/findings/finding.ts'
import { tidyResources } from './resource-id.ts'
import { resourceTypeOf } from './resource-type.ts'
import { list, optionalText, part } from './tolerant-schema.ts'

const id = optionalText(2048)
// `part` lowers the first letter of `ARN`.
const named = part({ aRN: id, arn: id, type: optionalText(256) })

/** CloudTrail's `resources`; few services fill it. */
export const trailResources = list(
  z.pipe(
    named,
    z.transform(({ aRN, arn, type }: z.output<typeof named>) => ({ id: aRN ?? arn, type })),
  ),
  50,
)

/** Parameters of many calls that name one resource. */
const TYPES: Readonly<Record<string, string>> = {
  userName: 'AwsIamUser',
  roleName: 'AwsIamRole',
  groupName: 'AwsIamGroup',
  policyArn: 'AwsIamPolicy',
  instanceId: 'AwsEc2Instance',
  snapshotId: 'AwsEc2Snapshot',
  imageId: 'AwsEc2Image',
  volumeId: 'AwsEc2Volume',
  vpcId: 'AwsEc2Vpc',
  keyId: 'AwsKmsKey',
  secretId: 'AwsSecretsManagerSecret',
  functionName: 'AwsLambdaFunction',
  tableName: 'AwsDynamoDbTable',
  topicArn: 'AwsSnsTopic',
  queueUrl: 'AwsSqsQueue',
  detectorId: 'AwsGuardDutyDetector',
  trailName: 'AwsCloudTrailTrail',
  dBInstanceIdentifier: 'AwsRdsDbInstance',
  dBClusterIdentifier: 'AwsRdsDbCluster',
  dBSnapshotIdentifier: 'AwsRdsDbSnapshot',
  dBClusterSnapshotIdentifier: 'AwsRdsDbClusterSnapshot',
  webACLArn: 'AwsWafv2WebAcl',
  backupVaultName: 'AwsBackupBackupVault',
}

/** What the record lists, then what the call's parameters name. Buckets as ARNs, as every other finding has them. */
export function trailResourcesOf(
  listed: z.output<typeof trailResources>,
  parameters: Readonly<Record<string, unknown>>,
  call: { readonly eventSource: string; readonly partition: string },
): FindingResource[] {
  const { bucketName, name } = parameters
  const bucket = typeof bucketName === 'string' ? `arn:${call.partition}:s3:::${bucketName}` : undefined
  const trail = call.eventSource === 'cloudtrail.amazonaws.com' && typeof name === 'string' ? name : undefined
  const said = Object.entries(TYPES).map(([key, type]) => ({ type, id: textIn(parameters[key]) }))
  return tidyResources([
    ...listed.map(({ type, id }) => ({ type: resourceTypeOf(type), id })),
    { type: 'AwsS3Bucket', id: bucket },
    { type: 'AwsCloudTrailTrail', id: trail },
    ...said,
  ])
}

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 2048 ? value : undefined
}

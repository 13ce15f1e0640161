import type * as z from 'zod/mini'
import type { FindingResource } from '../core/findings/finding.ts'
import type { guardDutySequence } from './guardduty-sequence.ts'
import { tidyResources } from './resource-id.ts'
import { tagList, tidyTags } from './resource-tags.ts'
import { list, optionalText, part } from './tolerant-schema.ts'

const id = optionalText(2048)
const name = optionalText(256)
const keyOwner = { principalId: name, userName: name, userType: name }
const s3Object = part({ objectArn: id, hash: name })

/** `detail.resource`: what GuardDuty watched. Every kind is optional; sample findings carry several. */
export const guardDutyResource = part({
  resourceType: name,
  accessKeyDetails: part({ accessKeyId: id, ...keyOwner }),
  kubernetesDetails: part({ kubernetesUserDetails: part({ username: id }) }),
  instanceDetails: part({ instanceId: id, tags: tagList }),
  s3BucketDetails: list(part({ arn: id, name, tags: tagList, s3ObjectDetails: list(s3Object, 20) }), 50),
  eksClusterDetails: part({ arn: id, name, tags: tagList }),
  ecsClusterDetails: part({ arn: id, name, tags: tagList, taskDetails: part({ arn: id, tags: tagList }) }),
  containerDetails: part({ id, name }),
  lambdaDetails: part({ functionArn: id, functionName: name, tags: tagList }),
  rdsDbInstanceDetails: part({ dbInstanceArn: id, dbInstanceIdentifier: name, tags: tagList }),
  rdsLimitlessDbDetails: part({ dbShardGroupArn: id, dbShardGroupIdentifier: name, tags: tagList }),
  ebsVolumeDetails: part({ scannedVolumeDetails: list(part({ volumeArn: id }), 20) }),
  ebsSnapshotDetails: part({ snapshotArn: id }),
  ec2ImageDetails: part({ imageArn: id }),
  recoveryPointDetails: part({ recoveryPointArn: id }),
  bedrockGuardrailDetails: part({ guardrailArn: id }),
  modelDetails: list(part({ modelId: id }), 20),
})

type Resource = z.output<typeof guardDutyResource>
type Sequence = z.output<typeof guardDutySequence>

/** GuardDuty's words for resources, and those that Security Hub uses for the same. */
const SEQUENCE_TYPES: Record<string, string> = {
  ACCESS_KEY: 'AwsIamAccessKey',
  EC2_INSTANCE: 'AwsEc2Instance',
  EC2_NETWORK_INTERFACE: 'AwsEc2NetworkInterface',
  EC2_LAUNCH_TEMPLATE: 'AwsEc2LaunchTemplate',
  EC2_VPC: 'AwsEc2Vpc',
  EC2_IMAGE: 'AwsEc2Image',
  S3_BUCKET: 'AwsS3Bucket',
  S3_OBJECT: 'AwsS3Object',
  EKS_CLUSTER: 'AwsEksCluster',
  ECS_CLUSTER: 'AwsEcsCluster',
  ECS_TASK: 'AwsEcsTask',
  CONTAINER: 'Container',
  IAM_INSTANCE_PROFILE: 'AwsIamInstanceProfile',
  AUTOSCALING_AUTO_SCALING_GROUP: 'AwsAutoScalingAutoScalingGroup',
  CLOUDFORMATION_STACK: 'AwsCloudFormationStack',
}

/** Where a finding names several, it is about the widest; a key's owner counts more than any when findings are grouped. */
const ORDER = [
  'AwsEksCluster',
  'AwsEcsCluster',
  'AwsLambdaFunction',
  'AwsRdsDbInstance',
  'AwsRdsDbShardGroup',
  'AwsS3Bucket',
  'AwsIamAccessKey',
  'AwsEc2Instance',
]
const RANKS: ReadonlyMap<string, number> = new Map(ORDER.map((type, rank) => [type, rank]))

/**
 * Resources of a GuardDuty finding, in one order in every wrapping: each wrapping has its own, and findings that name
 * nobody are grouped by the first.
 */
export function inGuardDutyOrder<Named extends { readonly type: string }>(resources: readonly Named[]): Named[] {
  const rank = ({ type }: Named) => RANKS.get(type) ?? ORDER.length
  return resources.length < 2 ? [...resources] : resources.toSorted((one, other) => rank(one) - rank(other))
}

/** What the finding is about first, then what else it names. */
export function resourcesOf(resource: Resource, sequence: Sequence, partition: string): FindingResource[] {
  const ofSequence = sequence.resources.map((member) => ({
    type: SEQUENCE_TYPES[member.resourceType ?? ''] ?? member.resourceType ?? 'Other',
    id: member.uid ?? member.name,
  }))
  const named = [...ofSequence, ...namedResources(resource, partition)].filter(({ id }) => id !== undefined)
  return tidyResources(inGuardDutyOrder(named))
}

export function tagsOf(resource: Resource, sequence: Sequence): Record<string, string> {
  const { instanceDetails, eksClusterDetails, ecsClusterDetails, lambdaDetails } = resource
  const { rdsDbInstanceDetails, rdsLimitlessDbDetails } = resource
  const tagged = [
    ...[eksClusterDetails, ecsClusterDetails, ecsClusterDetails.taskDetails, lambdaDetails],
    ...[rdsDbInstanceDetails, rdsLimitlessDbDetails, ...resource.s3BucketDetails, instanceDetails],
    ...sequence.resources,
  ]
  return tidyTags(tagged.flatMap(({ tags }) => tags))
}

function namedResources(resource: Resource, partition: string): { type: string; id: string | undefined }[] {
  const { eksClusterDetails: eks, ecsClusterDetails: ecs, lambdaDetails: lambda } = resource
  const { rdsDbInstanceDetails: rds, rdsLimitlessDbDetails: limitless, containerDetails: container } = resource
  return [
    { type: 'AwsIamAccessKey', id: resource.accessKeyDetails.accessKeyId },
    { type: 'AwsEc2Instance', id: resource.instanceDetails.instanceId },
    ...bucketResources(resource, partition),
    { type: 'AwsEksCluster', id: eks.arn ?? eks.name },
    { type: 'AwsEcsCluster', id: ecs.arn ?? ecs.name },
    { type: 'Container', id: container.id ?? container.name },
    { type: 'AwsLambdaFunction', id: lambda.functionArn ?? lambda.functionName },
    { type: 'AwsRdsDbInstance', id: rds.dbInstanceArn ?? rds.dbInstanceIdentifier },
    { type: 'AwsRdsDbShardGroup', id: limitless.dbShardGroupArn ?? limitless.dbShardGroupIdentifier },
    { type: 'AwsEcsTask', id: ecs.taskDetails.arn },
    ...resource.ebsVolumeDetails.scannedVolumeDetails.map(({ volumeArn }) => ({ type: 'AwsEc2Volume', id: volumeArn })),
    { type: 'AwsEc2Snapshot', id: resource.ebsSnapshotDetails.snapshotArn },
    { type: 'AwsEc2Image', id: resource.ec2ImageDetails.imageArn },
    { type: 'AwsBackupRecoveryPoint', id: resource.recoveryPointDetails.recoveryPointArn },
    { type: 'AwsBedrockGuardrail', id: resource.bedrockGuardrailDetails.guardrailArn },
    ...resource.modelDetails.map(({ modelId }) => ({ type: 'AwsBedrockModel', id: modelId })),
  ]
}

function bucketResources({ s3BucketDetails: buckets }: Resource, partition: string) {
  const named = buckets.map(({ arn, name: bucket }) => ({
    type: 'AwsS3Bucket',
    id: arn ?? (bucket === undefined ? undefined : bucketArn(bucket, partition)),
  }))
  const objects = buckets.flatMap(({ s3ObjectDetails }) => s3ObjectDetails)
  return [...named, ...objects.map(({ objectArn }) => ({ type: 'AwsS3Object', id: objectArn }))]
}

export function bucketArn(bucket: string, partition: string): string {
  return `arn:${partition}:s3:::${bucket}`
}

import type * as z from 'zod/mini'
import type { FindingResource } from '../core/findings/finding.ts'
import { type PrincipalText, principalOfArn } from '../core/findings/principal.ts'
import { type Holder, holderPrincipals, tidyPrincipals } from './principals.ts'
import { tidyResources } from './resource-id.ts'
import { list, optionalText, part } from './tolerant-schema.ts'

const id = optionalText(2048)
const name = optionalText(256)
const keyOwner = { principalId: name, userName: name, userType: name }
const accessKey = part(keyOwner)

/** `detail.resource`: what GuardDuty watched. Every kind is optional; sample findings carry several. */
export const guardDutyResource = part({
  resourceType: name,
  accessKeyDetails: part({ accessKeyId: id, ...keyOwner }),
  kubernetesDetails: part({ kubernetesUserDetails: part({ username: id }) }),
  instanceDetails: part({ instanceId: id }),
  s3BucketDetails: list(part({ arn: id, name }), 50),
  eksClusterDetails: part({ arn: id, name }),
  ecsClusterDetails: part({ arn: id, name }),
  containerDetails: part({ id, name }),
  lambdaDetails: part({ functionArn: id, functionName: name }),
  rdsDbInstanceDetails: part({ dbInstanceArn: id, dbInstanceIdentifier: name }),
  rdsLimitlessDbDetails: part({ dbShardGroupArn: id, dbShardGroupIdentifier: name }),
  ebsSnapshotDetails: part({ snapshotArn: id }),
  ec2ImageDetails: part({ imageArn: id }),
  recoveryPointDetails: part({ recoveryPointArn: id }),
})

const sequenceActor = part({
  user: part({ name, uid: id, type: name, account: part({ uid: name }) }),
  session: part({ issuer: id }),
})

/** `detail.service.detection`: an attack sequence names its actors and resources here. */
export const guardDutyDetection = part({
  sequence: part({
    actors: list(sequenceActor, 100),
    resources: list(part({ uid: id, name: id, resourceType: name, accountId: name, data: part({ accessKey }) }), 100),
  }),
})

type Resource = z.output<typeof guardDutyResource>
type Detection = z.output<typeof guardDutyDetection>

/** GuardDuty's words for resources, and those that Security Hub uses for the same. */
const SEQUENCE_TYPES: Record<string, string> = {
  ACCESS_KEY: 'AwsIamAccessKey',
  EC2_INSTANCE: 'AwsEc2Instance',
  EC2_NETWORK_INTERFACE: 'AwsEc2NetworkInterface',
  S3_BUCKET: 'AwsS3Bucket',
  S3_OBJECT: 'AwsS3Object',
  EKS_CLUSTER: 'AwsEksCluster',
  ECS_CLUSTER: 'AwsEcsCluster',
  CONTAINER: 'Container',
}

/** The resource that the finding is about first, then what else it names. */
export function resourcesOf(resource: Resource, detection: Detection, partition: string): FindingResource[] {
  const named = namedResources(resource, partition)
  const main = named.filter((candidate) => candidate.of === resource.resourceType)
  const sequence = detection.sequence.resources.map((member) => ({
    type: SEQUENCE_TYPES[member.resourceType ?? ''] ?? member.resourceType ?? 'Other',
    id: member.uid ?? member.name,
  }))
  return tidyResources([...main, ...sequence, ...named])
}

/**
 * Who acted. The user name comes first because both wrappings carry it, without a session's name or a key's age.
 */
export function principalOf(resource: Resource, detection: Detection): string | null {
  const { userName, principalId } = resource.accessKeyDetails
  const actor = detection.sequence.actors.map(({ user }) => user.name ?? user.uid).find((who) => who !== undefined)
  return userName ?? principalId ?? actor ?? null
}

/**
 * Everybody whom the finding names: the key's owner, an attack sequence's actors and the owners of its keys, and who is
 * known to Kubernetes by an ARN.
 */
export function principalsOf(resource: Resource, detection: Detection, accountId: string): PrincipalText[] {
  const { actors, resources } = detection.sequence
  const holders = [
    keyHolder(resource.accessKeyDetails, undefined),
    ...actors.map(actorHolder),
    ...resources.map((member) => keyHolder(member.data.accessKey, member.accountId)),
  ]
  const { username } = resource.kubernetesDetails.kubernetesUserDetails
  const about = [username, ...resources.map(({ uid }) => uid)].flatMap((arn) => principalOfArn(arn ?? '') ?? [])
  return tidyPrincipals([...holders.flatMap((holder) => holderPrincipals(holder, accountId)), ...about])
}

function keyHolder(key: z.output<typeof accessKey>, accountId: string | undefined): Holder {
  return { type: key.userType, name: key.userName, id: key.principalId, accountId, issuer: undefined }
}

function actorHolder({ user, session }: z.output<typeof sequenceActor>): Holder {
  const { type, name, uid, account } = user
  return { type, name, id: uid, accountId: account.uid, issuer: session.issuer }
}

function namedResources(resource: Resource, partition: string) {
  const bucketId = (bucket: { arn?: string | undefined; name?: string | undefined }) =>
    bucket.arn ?? (bucket.name === undefined ? undefined : `arn:${partition}:s3:::${bucket.name}`)
  const { eksClusterDetails: eks, ecsClusterDetails: ecs, lambdaDetails: lambda } = resource
  const { rdsDbInstanceDetails: rds, rdsLimitlessDbDetails: limitless, containerDetails: container } = resource
  return [
    { of: 'AccessKey', type: 'AwsIamAccessKey', id: resource.accessKeyDetails.accessKeyId },
    { of: 'Instance', type: 'AwsEc2Instance', id: resource.instanceDetails.instanceId },
    ...resource.s3BucketDetails.map((bucket) => ({ of: 'S3Bucket', type: 'AwsS3Bucket', id: bucketId(bucket) })),
    { of: 'EKSCluster', type: 'AwsEksCluster', id: eks.arn ?? eks.name },
    { of: 'ECSCluster', type: 'AwsEcsCluster', id: ecs.arn ?? ecs.name },
    { of: 'Container', type: 'Container', id: container.id ?? container.name },
    { of: 'Lambda', type: 'AwsLambdaFunction', id: lambda.functionArn ?? lambda.functionName },
    { of: 'RDSDBInstance', type: 'AwsRdsDbInstance', id: rds.dbInstanceArn ?? rds.dbInstanceIdentifier },
    {
      of: 'RDSLimitlessDB',
      type: 'AwsRdsDbShardGroup',
      id: limitless.dbShardGroupArn ?? limitless.dbShardGroupIdentifier,
    },
    { of: 'EBSSnapshot', type: 'AwsEc2Snapshot', id: resource.ebsSnapshotDetails.snapshotArn },
    { of: 'EC2Image', type: 'AwsEc2Image', id: resource.ec2ImageDetails.imageArn },
    { of: 'RecoveryPoint', type: 'AwsBackupRecoveryPoint', id: resource.recoveryPointDetails.recoveryPointArn },
  ]
}

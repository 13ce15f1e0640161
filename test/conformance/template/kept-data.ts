import { isRetained } from './encryption.ts'
import { type Check, faultIf, listOf, resourcesOf } from './template.ts'

const BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']
/** The longest that SQS keeps a message. */
const LONGEST_RETENTION_SECONDS = 1_209_600

/** Tables can be taken back to any second of the last 35 days, and go neither with the stack nor by one call. */
export const tableFaults: Check = (template) =>
  resourcesOf(template, 'AWS::DynamoDB::Table').flatMap(({ id, property, body }) => [
    ...faultIf(
      property('PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') !== true,
      `${id}: has no point-in-time recovery`,
    ),
    ...faultIf(property('DeletionProtectionEnabled') !== true, `${id}: is not protected from deletion`),
    ...faultIf(!isRetained(body), `${id}: goes with the stack`),
  ])

/** Commits wake the function that follows them up; findings wake nobody. */
export const streamFaults: Check = (template) =>
  resourcesOf(template, 'AWS::DynamoDB::Table').flatMap(({ id, property }) => {
    const hasStream = property('StreamSpecification', 'StreamViewType') !== undefined
    return faultIf(hasStream !== (id === 'IncidentsTable'), `${id}: ${hasStream ? 'has a stream' : 'has no stream'}`)
  })

/** Nothing in a bucket can be made public, by whatever mistake. */
export const bucketFaults: Check = (template) =>
  resourcesOf(template, 'AWS::S3::Bucket').flatMap(({ id, property }) => [
    ...BLOCKS.flatMap((block) =>
      faultIf(property('PublicAccessBlockConfiguration', block) !== true, `${id}: ${block} is not on`),
    ),
    ...faultIf(
      listOf(property('BucketEncryption', 'ServerSideEncryptionConfiguration')).length === 0,
      `${id}: is not encrypted`,
    ),
  ])

/** Whatever waits, waits as long as SQS can: nobody is woken by a weekend's outage for nothing. */
export const retentionFaults: Check = (template) =>
  resourcesOf(template, 'AWS::SQS::Queue').flatMap(({ id, property }) =>
    faultIf(property('MessageRetentionPeriod') !== LONGEST_RETENTION_SECONDS, `${id}: forgets before 14 days`),
  )

import * as z from 'zod/mini'
import type { UngradedFinding } from '../core/findings/finding.ts'
import { macieKey } from '../core/findings/finding-key.ts'
import { ignoredReasonOf } from '../core/findings/ignored.ts'
import { cleanTitle } from '../core/findings/text.ts'
import { FINDING_SEVERITIES, type FindingSeverity } from '../core/severity/severity.ts'
import { ABSENT } from './absent.ts'
import { partitionOf } from './arn.ts'
import { accessKeyIndicator, domainIndicator, ipIndicator, tidyIndicators } from './indicators.ts'
import { type ActorIdentity, actorHolder, macieActor } from './macie-actor.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { holderPrincipals, tidyPrincipals } from './principals.ts'
import { tidyResources } from './resource-id.ts'
import { tagList, tidyTags } from './resource-tags.ts'
import type { Source } from './source.ts'
import { type Times, timesFrom } from './times.ts'
import {
  camelKeys,
  isRecord,
  optionalCount,
  optionalFlag,
  optionalInstant,
  optionalText,
  part,
  providerId,
  requiredText,
  tolerated,
} from './tolerant-schema.ts'

const SEVERITY = 'a severity with a score (1 Low, 2 Medium, 3 High) or a description (Low, Medium, High)'
const id = optionalText(2048)

const gradeSchema = part({ score: tolerated(z.number()), description: optionalText(64) })
const severitySchema = z.pipe(
  gradeSchema,
  z.transform(({ score, description }: z.output<typeof gradeSchema>, { issues }) => {
    const grade = gradeOfScore(score) ?? gradeOfWord(description)
    if (grade === null) issues.push({ code: 'custom', message: SEVERITY, input: score ?? description })
    return { grade: grade ?? 'INFORMATIONAL', native: description ?? String(score) }
  }),
)

/** `detail` of a Macie finding, also as `GetFindings` answers it. Source: the Macie API's `Finding`. */
const detailSchema = z.pipe(
  z.transform((value) => (isRecord(value) ? camelKeys(value) : value)),
  z.object(
    {
      id: providerId,
      severity: severitySchema,
      type: requiredText(256, 'a finding type such as "SensitiveData:S3Object/Personal"'),
      category: optionalText(64),
      accountId: optionalText(64),
      region: optionalText(64),
      partition: optionalText(32),
      title: optionalText(4096),
      createdAt: optionalInstant,
      updatedAt: optionalInstant,
      count: optionalCount,
      archived: optionalFlag,
      sample: optionalFlag,
      resourcesAffected: part({
        s3Bucket: part({
          arn: id,
          name: optionalText(256),
          publicAccess: part({ effectivePermission: optionalText(64) }),
          tags: tagList,
        }),
        s3Object: part({ bucketArn: id, path: id, key: id, publicAccess: optionalFlag, tags: tagList }),
      }),
      policyDetails: part({
        action: part({ apiCallDetails: part({ firstSeen: optionalInstant, lastSeen: optionalInstant }) }),
        actor: macieActor,
      }),
    },
    'a Macie finding (an object)',
  ),
)
type Detail = z.output<typeof detailSchema>

/**
 * `Macie Finding`: policy findings (a bucket became less safe) and findings of sensitive data in an object.
 *
 * Traits: `policy` or `sensitive-data`; `public` where anybody may read the bucket or the object; `root-user` where root
 * changed the bucket.
 */
export const MACIE: Source = {
  events: [{ source: 'aws.macie', detailType: 'Macie Finding' }],
  looksLike: (value) =>
    isRecord(value.resourcesAffected) &&
    (isRecord(value.severity) || typeof value.category === 'string' || typeof value.schemaVersion === 'string'),
  parse: parseMacie,
}

/** Refused: no id, no type, no severity that Macie knows, no readable instant at all. */
function parseMacie(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['id', 'Id'], value)
  const times = timesOf(read.data, envelope)
  if (times === null) {
    return { ok: false, path: ['updatedAt'], expected: 'an ISO 8601 instant', findingId: read.data.id }
  }
  return { ok: true, finding: findingOf(read.data, envelope, times) }
}

function timesOf({ createdAt, updatedAt, policyDetails }: Detail, { time: eventAt }: Envelope): Times | null {
  const { firstSeen: firstSeenAt, lastSeen: lastSeenAt } = policyDetails.action.apiCallDetails
  return timesFrom({ firstSeenAt, lastSeenAt, createdAt, updatedAt, eventAt })
}

function findingOf(detail: Detail, envelope: Envelope, times: Times): UngradedFinding {
  const accountId = detail.accountId ?? envelope.account ?? UNKNOWN
  const region = detail.region ?? envelope.region ?? UNKNOWN
  const partition = detail.partition ?? partitionOf(region)
  const state = detail.archived === true ? 'archived' : 'active'
  const { identity, userIdentity, domainDetails, ipAddressDetails } = detail.policyDetails.actor
  return {
    ...ABSENT,
    key: macieKey({ accountId, region, id: detail.id }),
    findingId: detail.id,
    wrapping: 'macie',
    source: 'macie',
    type: detail.type,
    family: detail.type,
    severity: detail.severity.grade,
    nativeSeverity: detail.severity.native,
    title: cleanTitle(detail.title ?? '', 512) || detail.type,
    accountId,
    region,
    partition,
    resources: resourcesOf(detail, partition),
    principal: actorName(identity),
    principals: tidyPrincipals(holderPrincipals(actorHolder(userIdentity.type, identity), accountId)),
    firstSeenAt: times.firstSeenAt,
    lastSeenAt: times.lastSeenAt,
    version: { updatedAt: times.updatedAt, state },
    count: detail.count ?? null,
    traits: traitsOf(detail),
    tags: tidyTags([...detail.resourcesAffected.s3Bucket.tags, ...detail.resourcesAffected.s3Object.tags]),
    indicators: tidyIndicators([
      ...ipIndicator(ipAddressDetails.ipAddressV4),
      ...domainIndicator(domainDetails.domainName),
      ...accessKeyIndicator(identity.accessKeyId),
    ]),
    ignoredReason: ignoredReasonOf({ sample: detail.sample === true, state }),
  }
}

/** The bucket first: findings about its objects belong together. */
function resourcesOf({ resourcesAffected: { s3Bucket, s3Object } }: Detail, partition: string) {
  const named = s3Bucket.name === undefined ? undefined : `arn:${partition}:s3:::${s3Bucket.name}`
  const bucket = s3Bucket.arn ?? s3Object.bucketArn ?? named
  const inBucket = bucket === undefined || s3Object.key === undefined ? undefined : `${bucket}/${s3Object.key}`
  const object = s3Object.path === undefined ? inBucket : `arn:${partition}:s3:::${s3Object.path}`
  return tidyResources([
    { type: 'AwsS3Bucket', id: bucket },
    { type: 'AwsS3Object', id: object },
  ])
}

function actorName({ userName, arn, principalId, accountId, invokedBy }: ActorIdentity): string | null {
  return userName ?? arn ?? principalId ?? invokedBy ?? accountId ?? null
}

function traitsOf({ type, category, resourcesAffected, policyDetails }: Detail): string[] {
  const isPolicy = (category ?? (type.startsWith('Policy:') ? 'POLICY' : '')) === 'POLICY'
  const { s3Bucket, s3Object } = resourcesAffected
  const isPublic = s3Bucket.publicAccess.effectivePermission === 'PUBLIC' || s3Object.publicAccess === true
  const isRoot = policyDetails.actor.userIdentity.type?.toLowerCase() === 'root'
  return [isPolicy ? 'policy' : 'sensitive-data', ...(isPublic ? ['public'] : []), ...(isRoot ? ['root-user'] : [])]
}

/** Macie's scores end at 3; a higher one would be no less grave. */
function gradeOfScore(score: number | undefined): FindingSeverity | null {
  if (score === undefined || !(score >= 1)) return null
  if (score >= 3) return 'HIGH'
  return score >= 2 ? 'MEDIUM' : 'LOW'
}

function gradeOfWord(word: string | undefined): FindingSeverity | null {
  return FINDING_SEVERITIES.find((grade) => grade === word?.toUpperCase()) ?? null
}

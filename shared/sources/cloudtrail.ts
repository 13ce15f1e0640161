import * as z from 'zod/mini'
import type { UngradedFinding } from '../core/findings/finding.ts'
import { composedKey } from '../core/findings/finding-key.ts'
import { cutToChars } from '../core/findings/text.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { actorOf, cloudTrailPrincipals, isRoot, userIdentity } from './cloudtrail-identity.ts'
import { textIn, trailResources, trailResourcesOf } from './cloudtrail-resources.ts'
import { trailTitle } from './cloudtrail-title.ts'
import { type TrailCall, trailTraits, watchedAs } from './cloudtrail-traits.ts'
import { accessKeyIndicator, ipIndicator, tidyIndicators } from './indicators.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import type { Source } from './source.ts'
import {
  isRecord,
  optionalFlag,
  optionalInstant,
  optionalText,
  part,
  providerId,
  requiredText,
} from './tolerant-schema.ts'
import type { WatchedCall } from './watched-call.ts'

const word = optionalText(256)
const anyRecord = z.transform((value): Record<string, unknown> => (isRecord(value) ? value : {}))

/** One record, as trails and events have it. Source: CloudTrail User Guide, "CloudTrail record contents". */
const recordSchema = z.object(
  {
    eventID: providerId,
    eventSource: requiredText(256, 'the service called, such as "iam.amazonaws.com"'),
    eventName: requiredText(256, 'the name of an API call, such as "StopLogging"'),
    eventTime: optionalInstant,
    eventType: word,
    awsRegion: optionalText(64),
    recipientAccountId: optionalText(64),
    sourceIPAddress: word,
    userIdentity,
    requestParameters: anyRecord,
    responseElements: part({ consoleLogin: word }),
    additionalEventData: part({ mFAUsed: word }),
    errorCode: word,
    errorMessage: word,
    readOnly: optionalFlag,
    resources: trailResources,
  },
  'a CloudTrail record (an object)',
)
type TrailRecord = z.output<typeof recordSchema>

const API_CALL = 'AWS API Call via CloudTrail'

/**
 * Calls of AWS's APIs and sign-ins to its console. CloudTrail gives no severity: a call that no rule names is routine and
 * does not page. Ids are the `eventID`, types `iam.amazonaws.com:CreateAccessKey`, titles the call's name, with
 * who made it where it is watched. The family is `RootUse`, else the tactic of a watched call, else the type.
 *
 * | trait | what happened |
 * |---|---|
 * | `root-user` | the root user acted, and no service for it |
 * | `root-without-mfa` | so, and not by a failed sign-in, without a second factor |
 * | `root-sign-in-failed` | somebody tried to sign in as root |
 * | `console-login` | a sign-in to the console |
 * | `sign-in-without-mfa` | an IAM user has signed in without a second factor |
 * | `no-mfa` | root or a user acted without a second factor |
 * | `failed`, `denied` | the call failed; because it was not allowed |
 * | `cross-account` | whoever called is of another account |
 * | `by-aws-service` | a service of AWS called |
 * | `read-only` | nothing was changed |
 * | `watched-call` | one of `WATCHED_API_CALLS`, also if it failed |
 * | `watched-critical`, `watched-high`, `watched-medium`, `watched-low` | so, and it did not fail |
 * | `watched-denied` | so, HIGH or worse, and it was not allowed |
 */
export const CLOUDTRAIL: Source = {
  events: [
    { source: '*', detailType: API_CALL },
    { source: 'aws.signin', detailType: 'AWS Console Sign In via CloudTrail' },
  ],
  looksLike: looksLikeRecord,
  parse: parseRecord,
}

/** Records of S3's and DynamoDB's events have most of these names too, but another kind of source. */
function looksLikeRecord(value: Record<string, unknown>): boolean {
  const { eventSource } = value
  if (typeof eventSource === 'string' && !/\.amazonaws?\.com(?:\.cn)?$/.test(eventSource)) return false
  const texts = ['eventSource', 'eventName', 'eventVersion', 'eventID', 'eventTime', 'awsRegion', 'recipientAccountId']
  const signs = texts.filter((key) => typeof value[key] === 'string').length
  return signs + (isRecord(value.userIdentity) ? 1 : 0) >= 4
}

/** Refused: no id, no service or name of the call, no readable instant at all. */
function parseRecord(value: unknown, envelope: Envelope): Parsed {
  const read = recordSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['eventID'], value)
  const at = read.data.eventTime ?? envelope.time
  if (at === undefined) {
    return { ok: false, path: ['eventTime'], expected: 'an ISO 8601 instant', findingId: read.data.eventID }
  }
  const version = { updatedAt: at, state: 'active' } as const
  return { ok: true, finding: { ...findingOf(read.data, envelope), firstSeenAt: at, lastSeenAt: at, version } }
}

type Timeless = Omit<UngradedFinding, 'firstSeenAt' | 'lastSeenAt' | 'version'>

function findingOf(record: TrailRecord, envelope: Envelope): Timeless {
  const { userIdentity: identity, requestParameters: parameters, eventSource } = record
  const accountId = record.recipientAccountId ?? envelope.account ?? identity.accountId ?? UNKNOWN
  const region = record.awsRegion ?? envelope.region ?? UNKNOWN
  const partition = parseArn(identity.arn ?? '')?.partition ?? partitionOf(region)
  const call = callOf(record, accountId)
  const watched = watchedAs(call)
  const about = { userName: textIn(parameters.userName), roleName: textIn(parameters.roleName) }
  return {
    ...ABSENT,
    key: composedKey('cloudtrail', [accountId, record.eventID]),
    findingId: record.eventID,
    wrapping: 'cloudtrail',
    source: 'cloudtrail',
    type: typeOf(record),
    family: familyOf(record, watched),
    nativeSeverity: '',
    title: trailTitle(call, watched) || typeOf(record),
    accountId,
    region,
    partition,
    resources: trailResourcesOf(record.resources, parameters, { eventSource, partition }),
    principal: actorOf(identity),
    principals: cloudTrailPrincipals(identity, about, accountId),
    traits: trailTraits(call, watched),
    indicators: tidyIndicators([...ipIndicator(record.sourceIPAddress), ...accessKeyIndicator(identity.accessKeyId)]),
    ignoredReason: null,
  }
}

function callOf(record: TrailRecord, accountId: string): TrailCall {
  const { eventSource, eventName, errorCode, errorMessage, responseElements, additionalEventData } = record
  return {
    eventSource,
    eventName,
    identity: record.userIdentity,
    accountId,
    parameters: record.requestParameters,
    errorCode,
    hasFailed: (errorCode ?? errorMessage) !== undefined || responseElements.consoleLogin === 'Failure',
    isReadOnly: record.readOnly === true,
    mfaUsed: additionalEventData.mFAUsed,
  }
}

function typeOf({ eventSource, eventName }: TrailRecord): string {
  return cutToChars(`${eventSource}:${eventName}`, 256)
}

function familyOf(record: TrailRecord, watched: WatchedCall | null): string {
  if (isRoot(record.userIdentity)) return 'RootUse'
  return watched?.tactic ?? typeOf(record)
}

import * as z from 'zod/mini'
import type { FindingState, IgnoredReason, UngradedFinding } from '../core/findings/finding.ts'
import { composedKey } from '../core/findings/finding-key.ts'
import { cleanTitle, cutToChars } from '../core/findings/text.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import type { Source } from './source.ts'
import { optionalText } from './tolerant-schema.ts'

const CASES = ['Case Created', 'Case Updated', 'Case Closed', 'Case Comment Added', 'Case Comment Updated']
const MEMBERSHIPS = ['Membership Created', 'Membership Updated', 'Membership Cancelled', 'Membership Terminated']
const ARN = /^arn:[^:]+:security-ir:[^:]*:[^:]*:(?:case|membership)\/./s

/** Source: EventBridge reference, "AWS Security Incident Response events". */
const detailSchema = z.object(
  { caseId: optionalText(512), membershipId: optionalText(512), updatedBy: optionalText(256) },
  "a case's or a membership's detail (an object)",
)
type Detail = z.output<typeof detailSchema>

/**
 * Cases of AWS Security Incident Response, by their ARN. A new case pages; updates and comments are newer versions of it
 * that do not; a closed one is resolved. Memberships are none of a responder's business. Titles are what happened, and
 * the id.
 *
 * Traits: `case` or `membership`; `created`, `updated`, `closed`, `comment-added`, …; `by-aws` where AWS's own responders
 * changed it.
 */
export const SECURITY_IR: Source = {
  events: [...CASES, ...MEMBERSHIPS].map((detailType) => ({ source: 'aws.security-ir', detailType })),
  // What happened stands in the envelope only.
  looksLike: () => false,
  parse: parseCase,
}

/** Refused: neither an ARN nor an id, no time in the envelope. */
function parseCase(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['caseId'], value)
  const isCase = CASES.includes(envelope.detailType ?? '')
  const id = isCase ? read.data.caseId : read.data.membershipId
  const given = envelope.resources.find((arn) => ARN.test(arn))
  const findingId = given ?? id
  const path = [isCase ? 'caseId' : 'membershipId']
  if (findingId === undefined) return { ok: false, path, expected: 'a non-empty text', findingId: null }
  if (envelope.time === undefined) return { ok: false, path: [], expected: 'an event with its time', findingId }
  return { ok: true, finding: findingOf(read.data, envelope, { isCase, id, given, at: envelope.time }) }
}

interface Named {
  readonly isCase: boolean
  readonly id: string | undefined
  readonly given: string | undefined
  readonly at: string
}

function findingOf(detail: Detail, envelope: Envelope, { isCase, id, given, at }: Named): UngradedFinding {
  const kind = isCase ? 'case' : 'membership'
  const named = parseArn(given ?? '')
  const accountId = named?.account || envelope.account || UNKNOWN
  const region = named?.region || envelope.region || UNKNOWN
  const partition = named?.partition ?? partitionOf(region)
  const number = id ?? lastPart(named?.resource ?? '')
  const findingId = given ?? `arn:${partition}:security-ir:${region}:${accountId}:${kind}/${number}`
  const type = envelope.detailType ?? UNKNOWN
  const [state, ignoredReason] = standing(type)
  return {
    ...ABSENT,
    key: composedKey('security-ir', [findingId]),
    findingId,
    wrapping: 'security-ir',
    source: 'security-ir',
    type,
    family: kind,
    nativeSeverity: '',
    title: cleanTitle(`${type} ${number}`, 512),
    accountId,
    region,
    partition,
    resources: [{ type: isCase ? 'AwsSecurityIrCase' : 'AwsSecurityIrMembership', id: cutToChars(findingId, 1024) }],
    firstSeenAt: at,
    lastSeenAt: at,
    version: { updatedAt: at, state },
    traits: traitsOf(type, kind, detail),
    ignoredReason,
  }
}

function standing(type: string): readonly [FindingState, IgnoredReason | null] {
  if (type === 'Case Created') return ['active', null]
  return type === 'Case Closed' ? ['resolved', 'Resolved'] : ['active', 'NotAFinding']
}

/** `Case Comment Added` is `comment-added` of a `case`. */
function traitsOf(type: string, kind: string, { updatedBy }: Detail): string[] {
  const [, ...what] = type.toLowerCase().split(' ')
  const byAws = updatedBy === 'AWS Responder' ? ['by-aws'] : []
  return [kind, what.join('-'), ...byAws]
}

function lastPart(resource: string): string {
  return resource.slice(resource.lastIndexOf('/') + 1)
}

import * as z from 'zod/mini'
import type { FindingState, IgnoredReason, UngradedFinding } from '../core/findings/finding.ts'
import { accessAnalyzerKey } from '../core/findings/finding-key.ts'
import { ignoredReasonOf } from '../core/findings/ignored.ts'
import { type PrincipalText, principalOfArn } from '../core/findings/principal.ts'
import { cleanTitle } from '../core/findings/text.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { resourcePrincipals, tidyPrincipals } from './principals.ts'
import { tidyResources } from './resource-id.ts'
import { resourceTypeOf } from './resource-type.ts'
import type { Source } from './source.ts'
import { timesFrom } from './times.ts'
import { isRecord, list, optionalFlag, optionalInstant, optionalText, part, providerId } from './tolerant-schema.ts'

const STATUSES = ['ACTIVE', 'ARCHIVED', 'RESOLVED'] as const
const word = optionalText(256)
const arn = optionalText(2048)

const grantee = z.transform((value): string[] =>
  isRecord(value) ? Object.values(value).flatMap(textsOf).slice(0, 20) : [],
)
const accessDetails = part({ isPublic: optionalFlag, principal: grantee })

/**
 * `detail` of the three kinds of findings, and findings as `GetFinding` and `GetFindingV2` answer them. Of unused access
 * the id stands in `findingId`. Source: Access Analyzer's API, and IAM User Guide, "Monitoring with EventBridge".
 */
const detailSchema = z.pipe(
  z.transform((value) => (isRecord(value) ? { ...value, id: value.id ?? value.findingId } : value)),
  z.object(
    {
      id: providerId,
      status: z.enum(STATUSES, `a status (${STATUSES.join(', ')})`),
      isDeleted: optionalFlag,
      error: word,
      findingType: word,
      isPublic: optionalFlag,
      resource: arn,
      resourceType: word,
      accountId: optionalText(64),
      resourceOwnerAccount: optionalText(64),
      region: optionalText(64),
      principal: grantee,
      findingDetails: list(part({ externalAccessDetails: accessDetails, internalAccessDetails: accessDetails }), 20),
      createdAt: optionalInstant,
      updatedAt: optionalInstant,
      analyzedAt: optionalInstant,
    },
    'an Access Analyzer finding (an object)',
  ),
)
type Detail = z.output<typeof detailSchema>

const STATES: Record<Detail['status'], FindingState> = { ACTIVE: 'active', ARCHIVED: 'archived', RESOLVED: 'resolved' }
/** By its detail-type, where an event leaves out its `findingType`. */
const TYPE_OF: Readonly<Record<string, string>> = {
  'Access Analyzer Finding': 'ExternalAccess',
  'Internal Access Finding': 'InternalAccess',
  'Unused Access Finding for IAM entities': 'UnusedAccess',
}

/**
 * Access from outside (`ExternalAccess`) and inside of an organisation (`InternalAccess`), and unused access
 * (`UnusedPermission`, `UnusedIAMRole`, …). Access Analyzer gives no severity. Titles are the resource's ARN.
 *
 * Traits: `external-access`, `internal-access` or `unused-access`; `public` where anybody has access; `deleted`.
 */
export const ACCESS_ANALYZER: Source = {
  events: Object.keys(TYPE_OF).map((detailType) => ({ source: 'aws.access-analyzer', detailType })),
  looksLike: (value) => {
    const hasId = typeof value.id === 'string' || typeof value.findingId === 'string'
    const signs = ['analyzedAt', 'resourceType', 'resource', 'status'].filter((key) => typeof value[key] === 'string')
    return hasId ? signs.length >= 3 : signs.length === 4
  },
  parse: parseAccessAnalyzer,
}

/** Refused: no id, no status that Access Analyzer knows, no readable instant at all. */
function parseAccessAnalyzer(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['id', 'findingId'], value)
  const { createdAt, analyzedAt, updatedAt = analyzedAt } = read.data
  const times = timesFrom({
    firstSeenAt: createdAt,
    lastSeenAt: updatedAt,
    createdAt,
    updatedAt,
    eventAt: envelope.time,
  })
  if (times === null) {
    return { ok: false, path: ['updatedAt'], expected: 'an ISO 8601 instant', findingId: read.data.id }
  }
  const { firstSeenAt, lastSeenAt } = times
  const finding = findingOf(read.data, envelope)
  return { ok: true, finding: { ...finding, firstSeenAt, lastSeenAt, version: versionOf(read.data, times.updatedAt) } }
}

/** A deleted finding keeps the status that it had. */
function versionOf(detail: Detail, updatedAt: UngradedFinding['firstSeenAt']): UngradedFinding['version'] {
  return { updatedAt, state: detail.isDeleted === true ? 'resolved' : STATES[detail.status] }
}

type Timeless = Omit<UngradedFinding, 'firstSeenAt' | 'lastSeenAt' | 'version'>

function findingOf(detail: Detail, envelope: Envelope): Timeless {
  const analyzer = parseArn(envelope.resources[0] ?? '')
  const resource = parseArn(detail.resource ?? '')
  const accountId =
    detail.accountId ?? detail.resourceOwnerAccount ?? (resource?.account || envelope.account || UNKNOWN)
  const region = detail.region ?? envelope.region ?? (resource?.region || UNKNOWN)
  const type = detail.findingType ?? TYPE_OF[envelope.detailType ?? ''] ?? 'ExternalAccess'
  const [access] = traitsOf(detail, type)
  return {
    ...ABSENT,
    key: accessAnalyzerKey(detail.id),
    findingId: detail.id,
    wrapping: 'access-analyzer',
    source: 'access-analyzer',
    type,
    family: access ?? type,
    nativeSeverity: '',
    title: cleanTitle(detail.resource ?? '', 512) || type,
    accountId,
    region,
    partition: resource?.partition ?? analyzer?.partition ?? partitionOf(region),
    resources: tidyResources([{ type: resourceTypeOf(detail.resourceType), id: detail.resource }]),
    principals: principalsOf(detail, accountId),
    traits: traitsOf(detail, type),
    ignoredReason: ignoredReason(detail),
  }
}

function ignoredReason(detail: Detail): IgnoredReason | null {
  if (detail.isDeleted === true) return 'Resolved'
  return ignoredReasonOf({ sample: false, state: STATES[detail.status] }) ?? failure(detail)
}

function failure({ error }: Detail): IgnoredReason | null {
  return error === undefined ? null : 'AnalysisFailed'
}

function traitsOf(detail: Detail, type: string): string[] {
  const external = detail.findingDetails.map(({ externalAccessDetails }) => externalAccessDetails)
  const isPublic = detail.isPublic === true || external.some((one) => one.isPublic === true)
  return [accessOf(type), ...(isPublic ? ['public'] : []), ...(detail.isDeleted === true ? ['deleted'] : [])]
}

function accessOf(type: string): string {
  if (type.startsWith('Unused')) return 'unused-access'
  return type.startsWith('Internal') ? 'internal-access' : 'external-access'
}

/** Who has the access, and the user or role that it is about. */
function principalsOf(detail: Detail, accountId: string): PrincipalText[] {
  const inDetails = detail.findingDetails.flatMap(
    ({ externalAccessDetails: external, internalAccessDetails: internal }) => [
      ...external.principal,
      ...internal.principal,
    ],
  )
  const granted = [...detail.principal, ...inDetails].flatMap((one) => principalOfArn(one) ?? [])
  const named = { id: detail.resource, userName: undefined, roleName: undefined, uniqueId: undefined }
  const type = resourceTypeOf(detail.resourceType)
  return tidyPrincipals([...granted, ...resourcePrincipals({ ...named, type }, accountId)])
}

function textsOf(value: unknown): string[] {
  const texts = Array.isArray(value) ? value.slice(0, 20) : [value]
  return texts.filter((one): one is string => typeof one === 'string' && one.length <= 2048)
}

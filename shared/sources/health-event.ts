import * as z from 'zod/mini'
import type { FindingResource, IgnoredReason, UngradedFinding } from '../core/findings/finding.ts'
import { composedKey } from '../core/findings/finding-key.ts'
import { cleanTitle } from '../core/findings/text.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { accessKeyIndicator, tidyIndicators } from './indicators.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { resourcePrincipals, tidyPrincipals } from './principals.ts'
import { readMailDate } from './read-mail-date.ts'
import { tidyResources } from './resource-id.ts'
import { tagMap, tidyTags } from './resource-tags.ts'
import type { Source } from './source.ts'
import { type Times, timesFrom } from './times.ts'
import { list, optionalText, part, providerId, requiredText } from './tolerant-schema.ts'

const CATEGORY = 'a category: issue, investigation, accountNotification or scheduledChange'
const ACCESS_KEY = /^A(?:KIA|SIA)[0-9A-Z]{12,60}$/
/** What AWS writes where it names no entity. */
const NO_ENTITY = ['', 'UNKNOWN', 'AWS_ACCOUNT']

const text = optionalText(1024)
/** AWS writes numbers of pages as text. */
const pageNumber = z.catch(z.optional(z.pipe(z.coerce.number(), z.int().check(z.minimum(1)))), undefined)
const instant = z.optional(z.pipe(z.unknown(), z.transform(readMailDate)))

/** `detail` of an event of AWS Health. Source: AWS Health User Guide, "AWS Health events Amazon EventBridge schema". */
const detailSchema = z.object(
  {
    eventArn: providerId,
    eventTypeCode: requiredText(256, 'a type of event such as "AWS_RISK_CREDENTIALS_EXPOSED"'),
    eventTypeCategory: requiredText(64, CATEGORY),
    service: optionalText(64),
    statusCode: optionalText(64),
    eventRegion: optionalText(64),
    affectedAccount: optionalText(64),
    startTime: instant,
    lastUpdatedTime: instant,
    page: pageNumber,
    totalPages: pageNumber,
    affectedEntities: list(part({ entityValue: text, tags: z.optional(tagMap) }), 100),
  },
  'an event of AWS Health (an object)',
)
type Detail = z.output<typeof detailSchema>

/**
 * Events of AWS Health. One event has one key per account, in whichever Region it arrives (AWS sends a copy to a backup
 * Region), and whether the account itself or its organisation passes it on; further pages of entities have their own.
 * Titles are the event's type code.
 *
 * Traits: `issue`, `investigation`, `account-notification` or `scheduled-change`; the words of the type code after `AWS_`
 * (`risk`, `abuse`, `credentials`, `exposed`), and all of them but the first together (`credentials-exposed`).
 */
export const HEALTH_EVENT: Source = {
  events: ['AWS Health Event', 'AWS Health Abuse Event'].map((detailType) => ({ source: 'aws.health', detailType })),
  looksLike: ({ eventArn, eventTypeCode, eventTypeCategory }) =>
    [eventArn, eventTypeCode, eventTypeCategory].filter((one) => typeof one === 'string').length >= 2,
  parse: parseHealth,
}

/** Refused: no event's ARN, no type code, no category, no readable instant at all. */
function parseHealth(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['eventArn'], value)
  const { startTime, lastUpdatedTime, eventArn } = read.data
  const times = timesFrom({
    firstSeenAt: startTime,
    lastSeenAt: undefined,
    createdAt: undefined,
    updatedAt: lastUpdatedTime ?? envelope.time,
    eventAt: envelope.time,
  })
  if (times === null) {
    return { ok: false, path: ['lastUpdatedTime'], expected: 'a date and time', findingId: eventArn }
  }
  return { ok: true, finding: findingOf(read.data, envelope, times) }
}

function findingOf(detail: Detail, envelope: Envelope, times: Times): UngradedFinding {
  const arn = parseArn(detail.eventArn)
  const accountId = detail.affectedAccount ?? envelope.account ?? UNKNOWN
  const region = detail.eventRegion ?? (arn?.region || envelope.region || UNKNOWN)
  const isClosed = detail.statusCode?.toLowerCase() === 'closed'
  const resources = resourcesOf(detail, envelope)
  return {
    ...ABSENT,
    key: composedKey('health', [accountId, detail.eventArn, ...furtherPage(detail)]),
    findingId: detail.eventArn,
    wrapping: 'health',
    source: 'health',
    type: detail.eventTypeCode,
    family: detail.eventTypeCode,
    nativeSeverity: detail.eventTypeCategory,
    title: cleanTitle(detail.eventTypeCode, 512),
    accountId,
    region,
    partition: arn?.partition ?? partitionOf(region),
    resources,
    principals: principalsOf(resources, accountId),
    firstSeenAt: times.firstSeenAt,
    lastSeenAt: times.lastSeenAt,
    version: { updatedAt: times.updatedAt, state: isClosed ? 'resolved' : 'active' },
    traits: traitsOf(detail),
    tags: tidyTags(detail.affectedEntities.flatMap(({ tags = [] }) => tags)),
    indicators: tidyIndicators(resources.flatMap(({ id }) => accessKeyIndicator(id))),
    ignoredReason: reasonOf(detail, isClosed),
  }
}

function reasonOf({ eventTypeCategory }: Detail, isClosed: boolean): IgnoredReason | null {
  if (isClosed) return 'Resolved'
  return eventTypeCategory.toLowerCase() === 'scheduledchange' ? 'ScheduledChange' : null
}

/** Entities that one event cannot hold come in pages, each an event with entities of its own. */
function furtherPage({ page = 1 }: Detail): string[] {
  return page > 1 ? [`page ${page}`] : []
}

/** Pages name the event first, so that they are grouped by it: no two of them have an entity in common. */
function resourcesOf(detail: Detail, envelope: Envelope): FindingResource[] {
  const { page = 1, totalPages = 1 } = detail
  const own = Math.max(page, totalPages) > 1 ? [{ type: 'AwsHealthEvent', id: detail.eventArn }] : []
  return tidyResources([...own, ...entitiesOf(detail, envelope)])
}

function entitiesOf({ affectedEntities }: Detail, envelope: Envelope): FindingResource[] {
  const entities = affectedEntities.map(({ entityValue }) => entityValue)
  const named = [...entities, ...envelope.resources].filter((id) => id !== undefined && !NO_ENTITY.includes(id))
  return named.map((id = '') => ({ type: typeOfEntity(id), id }))
}

/** Entities have no type; those that an incident turns on are known by their form. */
function typeOfEntity(id: string): string {
  if (ACCESS_KEY.test(id)) return 'AwsIamAccessKey'
  if (/^i-[0-9a-f]{8,17}$/.test(id)) return 'AwsEc2Instance'
  const { service, resource = '' } = parseArn(id) ?? {}
  if (service === 'iam' && resource.startsWith('user/')) return 'AwsIamUser'
  return service === 'iam' && resource.startsWith('role/') ? 'AwsIamRole' : 'Other'
}

function principalsOf(resources: readonly FindingResource[], accountId: string) {
  const unnamed = { userName: undefined, roleName: undefined, uniqueId: undefined }
  return tidyPrincipals(resources.flatMap(({ type, id }) => resourcePrincipals({ type, id, ...unnamed }, accountId)))
}

function traitsOf({ eventTypeCode, eventTypeCategory }: Detail): string[] {
  const category = eventTypeCategory.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const words = eventTypeCode.toLowerCase().replace(/^aws_/, '').split('_').filter(Boolean)
  const together = words.slice(1).join('-')
  return [...new Set([category, ...words.slice(0, 12), ...(together === '' ? [] : [together])])]
}

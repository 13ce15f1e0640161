import * as z from 'zod/mini'
import type { FindingState, IgnoredReason, UngradedFinding } from '../core/findings/finding.ts'
import { composedKey } from '../core/findings/finding-key.ts'
import { cleanTitle, cutToChars } from '../core/findings/text.ts'
import type { Instant } from '../core/time/instant.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { accessKeyIndicator, tidyIndicators } from './indicators.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { holderPrincipals, tidyPrincipals } from './principals.ts'
import { tidyResources } from './resource-id.ts'
import type { Source } from './source.ts'
import { isRecord, optionalText, part, requiredText } from './tolerant-schema.ts'

const STATUSES = ['OK', 'WARN', 'ERROR'] as const
const STATUS = `one of ${STATUSES.join(', ')}`
const text = optionalText(1024)

/** Columns of a check's table that say more than text; each check has its own. */
const itemSchema = part({
  region: optionalText(64),
  'access Key ID': optionalText(128),
  'user Name (IAM or Root)': optionalText(256),
})

/** `detail` of a refreshed item. Source: AWS Support User Guide, "Monitoring Trusted Advisor check results". */
const detailSchema = z.object(
  {
    'check-name': requiredText(256, 'the name of a check'),
    'check-item-detail': itemSchema,
    status: z.pipe(
      z.transform((given) => (typeof given === 'string' ? given.toUpperCase() : given)),
      z.enum(STATUSES, STATUS),
    ),
    resource_id: text,
    uuid: text,
  },
  'a refreshed item of a check (an object)',
)
type Detail = z.output<typeof detailSchema>

/**
 * `Trusted Advisor Check Item Refresh Notification`: one finding per account, check and resource (the item's `uuid` where
 * it names no resource). Ids are `check|resource`, titles the check's name.
 *
 * Traits: `ok`, `warn`, `error`.
 */
export const TRUSTED_ADVISOR: Source = {
  events: [{ source: 'aws.trustedadvisor', detailType: 'Trusted Advisor Check Item Refresh Notification' }],
  looksLike: (value) => typeof value['check-name'] === 'string' && isRecord(value['check-item-detail']),
  parse: parseCheckItem,
}

/** Refused: no check's name, no status that Trusted Advisor knows, neither resource nor uuid, no time in the envelope. */
function parseCheckItem(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['uuid'], value)
  const { resource_id: resource, uuid } = read.data
  const item = resource ?? uuid ?? read.data['check-item-detail']['access Key ID']
  if (item === undefined) return { ok: false, path: ['uuid'], expected: 'the uuid of the item', findingId: null }
  const findingId = cutToChars(`${read.data['check-name']}|${item}`, 2048)
  if (envelope.time === undefined) return { ok: false, path: [], expected: 'an event with its time', findingId }
  return { ok: true, finding: findingOf(read.data, envelope, { item, findingId, at: envelope.time }) }
}

interface Named {
  readonly item: string
  readonly findingId: string
  readonly at: Instant
}

function findingOf(detail: Detail, envelope: Envelope, { item, findingId, at }: Named): UngradedFinding {
  const { 'check-name': check, 'check-item-detail': columns, status } = detail
  const arn = parseArn(detail.resource_id ?? '')
  const accountId = envelope.account ?? (arn?.account || UNKNOWN)
  const region = arn?.region || columns.region || envelope.region || UNKNOWN
  const owner = columns['user Name (IAM or Root)'] ?? null
  const [state, ignoredReason]: [FindingState, IgnoredReason | null] =
    status === 'OK' ? ['passed', 'Passed'] : ['active', null]
  return {
    ...ABSENT,
    key: composedKey('trusted-advisor', [accountId, check, item]),
    findingId,
    wrapping: 'trusted-advisor',
    source: 'trusted-advisor',
    type: check,
    family: check,
    nativeSeverity: status,
    title: cleanTitle(check, 512),
    accountId,
    region,
    partition: arn?.partition ?? partitionOf(region),
    resources: resourcesOf(detail),
    principal: owner,
    principals: owner === null ? [] : tidyPrincipals(principalsOf(owner, accountId)),
    firstSeenAt: at,
    lastSeenAt: at,
    version: { updatedAt: at, state },
    traits: [status.toLowerCase()],
    indicators: tidyIndicators(accessKeyIndicator(columns['access Key ID'])),
    ignoredReason,
  }
}

function resourcesOf({ 'check-item-detail': { 'access Key ID': key }, resource_id: resource }: Detail) {
  return tidyResources([
    { type: 'AwsIamAccessKey', id: key },
    { type: 'Other', id: resource },
  ])
}

function principalsOf(owner: string, accountId: string) {
  const isRoot = /^(<root_account>|root)$/i.test(owner)
  const type = isRoot ? 'Root' : 'IAMUser'
  return holderPrincipals({ type, name: owner, id: undefined, accountId: undefined, issuer: undefined }, accountId)
}

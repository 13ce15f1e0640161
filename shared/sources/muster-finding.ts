import * as z from 'zod/mini'
import { FINDING_STATES, type UngradedFinding } from '../core/findings/finding.ts'
import { composedKey } from '../core/findings/finding-key.ts'
import { ignoredReasonOf } from '../core/findings/ignored.ts'
import { principalOfArn } from '../core/findings/principal.ts'
import { cleanTitle, cutToChars } from '../core/findings/text.ts'
import { FINDING_SEVERITIES } from '../core/severity/severity.ts'
import { ABSENT } from './absent.ts'
import { partitionOf } from './arn.ts'
import { tidyIndicators } from './indicators.ts'
import { type Envelope, type Parsed, refusal, type Segment, UNKNOWN } from './parsed.ts'
import { tidyPrincipals } from './principals.ts'
import { readInstant } from './read-instant.ts'
import { tidyResources } from './resource-id.ts'
import { tidyTags } from './resource-tags.ts'
import type { Source } from './source.ts'
import { isRecord, providerId, requiredText } from './tolerant-schema.ts'

const INSTANT = 'an ISO 8601 instant such as "2027-03-06T02:13:30Z"'

const instant = z.optional(
  z.pipe(
    z.unknown(),
    z.transform((value, { issues }) => {
      const at = readInstant(value)
      if (at === undefined) issues.push({ code: 'custom', message: INSTANT, input: value })
      return at
    }),
  ),
)
const text = (maxChars: number, expected: string) => z.optional(requiredText(maxChars, expected))
const matching = (form: RegExp, expected: string) => z.optional(z.string(expected).check(z.regex(form, expected)))
const listOf = <Item extends z.ZodMiniType>(item: Item, max: number, what: string) =>
  z.optional(z.array(item, `a list of ${what}`).check(z.maxLength(max, `at most ${max} ${what}`)))

const SHAPE = {
  id: providerId,
  title: requiredText(4096, 'a title (a non-empty text)'),
  severity: z.optional(z.enum(FINDING_SEVERITIES, `one of ${FINDING_SEVERITIES.join(', ')}`)),
  type: requiredText(256, 'a type (a non-empty text), the same for findings of one kind'),
  accountId: matching(/^\d{12}$/, 'an account id of twelve digits (as text)'),
  region: matching(/^[a-z]{2,4}(-[a-z]+)+-\d+$|^global$/, 'a Region such as "eu-central-1"'),
  resources: listOf(
    z.object(
      {
        type: requiredText(256, "a resource's type (a non-empty text)"),
        id: requiredText(1024, "a resource's id (a non-empty text)"),
      },
      'a resource: {type, id}',
    ),
    50,
    'resources',
  ),
  principal: text(512, 'who acted: an ARN or a name (a non-empty text)'),
  firstSeenAt: instant,
  lastSeenAt: instant,
  updatedAt: instant,
  state: z.optional(z.enum(FINDING_STATES, `one of ${FINDING_STATES.join(', ')}`)),
  tags: z.optional(z.record(z.string(), z.string("a tag's value (a text)"), 'tags: names and values, all texts')),
  indicators: listOf(
    z
      .string('an indicator such as "ip:198.51.100.7"')
      .check(z.regex(/^[a-z][a-z0-9-]{0,31}:\S{1,256}$/, 'an indicator such as "ip:198.51.100.7"')),
    20,
    'indicators',
  ),
  url: matching(/^https:\/\/\S{1,1000}$/, 'a link that begins with https://'),
}
const FIELDS = Object.keys(SHAPE)
const detailSchema = z.object(SHAPE, `a finding: an object of ${FIELDS.join(', ')}`)
type Detail = z.output<typeof detailSchema>

/**
 * What other tooling puts on the bus: an event with the detail-type `muster.finding` from any source, or from the source
 * `muster.finding`. Its authors read what is wrong, so nothing that is there may be unreadable, and no field unknown.
 *
 * The same source, account and id are one finding. A finding without `severity` needs a rule that gives it one. `url` is
 * the last of the resources. It has no traits; rules know it by its source, type, title, tags and so on.
 */
export const MUSTER_FINDING: Source = {
  events: [
    { source: '*', detailType: 'muster.finding' },
    { source: 'muster.finding', detailType: '*' },
  ],
  // Who sent it, which is a part of its name, stands in the envelope only.
  looksLike: () => false,
  parse: parseMusterFinding,
}

/** Refused: whatever is not as the schema says, unknown fields, no instant at all. */
function parseMusterFinding(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['id'], value)
  const unknown = unknownPath(value)
  if (unknown !== null)
    return { ok: false, path: unknown, expected: `no other fields than ${FIELDS.join(', ')}`, findingId: read.data.id }
  const { updatedAt, lastSeenAt, firstSeenAt, id } = read.data
  const at = updatedAt ?? lastSeenAt ?? envelope.time ?? firstSeenAt
  if (at === undefined) return { ok: false, path: ['updatedAt'], expected: INSTANT, findingId: id }
  return { ok: true, finding: findingOf(read.data, envelope, at) }
}

/** A field that is misspelt would be missing without a word. */
function unknownPath(value: unknown): Segment[] | null {
  const key = isRecord(value) ? Object.keys(value).find((one) => !FIELDS.includes(one)) : undefined
  return key === undefined ? null : [cutToChars(key, 64)]
}

function findingOf(detail: Detail, envelope: Envelope, updatedAt: string): UngradedFinding {
  const { principal = null, state = 'active', type, title, url, resources = [], tags = {}, indicators = [] } = detail
  const accountId = detail.accountId ?? envelope.account ?? UNKNOWN
  const region = detail.region ?? envelope.region ?? UNKNOWN
  const source = envelope.source ?? 'muster.finding'
  const arn = principalOfArn(principal ?? '')
  return {
    ...ABSENT,
    key: composedKey('muster', [source, accountId, detail.id]),
    findingId: detail.id,
    wrapping: 'muster',
    source,
    type,
    family: type,
    severity: detail.severity ?? null,
    nativeSeverity: detail.severity ?? '',
    title: cleanTitle(title, 512) || type,
    accountId,
    region,
    partition: partitionOf(region),
    resources: tidyResources([...resources, { type: 'Url', id: url }]),
    principal,
    principals: arn === null ? [] : tidyPrincipals([arn]),
    firstSeenAt: detail.firstSeenAt ?? detail.lastSeenAt ?? updatedAt,
    lastSeenAt: detail.lastSeenAt ?? updatedAt,
    version: { updatedAt, state },
    tags: tidyTags(Object.entries(tags).map(([key, value]) => ({ key, value: cutToChars(value, 256) }))),
    indicators: tidyIndicators(indicators),
    ignoredReason: ignoredReasonOf({ sample: false, state }),
  }
}

import * as z from 'zod/mini'
import { composedKey } from '../core/findings/finding-key.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { tidyResources } from './resource-id.ts'
import type { Source } from './source.ts'
import { list, optionalInstant, optionalText, providerId } from './tolerant-schema.ts'

const TYPE = 'Access Preview State Change'

const detailSchema = z.object(
  {
    accessPreviewId: providerId,
    createdAt: optionalInstant,
    region: optionalText(64),
    configuredResources: list(optionalText(2048), 50),
  },
  'a change of an access preview (an object)',
)
type Detail = z.output<typeof detailSchema>

/** `Access Preview State Change`: what somebody tries out before a change of a policy is no finding. Its id is the preview's. */
export const ACCESS_PREVIEW: Source = {
  events: [{ source: 'aws.access-analyzer', detailType: TYPE }],
  looksLike: (value) => typeof value.accessPreviewId === 'string' && Array.isArray(value.configuredResources),
  parse: parsePreview,
}

/** Refused: no id, no readable instant at all. */
function parsePreview(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['accessPreviewId'], value)
  const { accessPreviewId: findingId, createdAt } = read.data
  const firstSeenAt = createdAt ?? envelope.time
  if (firstSeenAt === undefined) return { ok: false, path: ['createdAt'], expected: 'an ISO 8601 instant', findingId }
  const lastSeenAt = envelope.time ?? firstSeenAt
  const version = { updatedAt: lastSeenAt, state: 'active' } as const
  return { ok: true, finding: { ...previewOf(read.data, envelope), firstSeenAt, lastSeenAt, version } }
}

function previewOf({ accessPreviewId, ...detail }: Detail, envelope: Envelope) {
  const accountId = envelope.account ?? UNKNOWN
  const region = detail.region ?? envelope.region ?? UNKNOWN
  return {
    ...ABSENT,
    key: composedKey('access-preview', [accountId, region, accessPreviewId]),
    findingId: accessPreviewId,
    wrapping: 'access-analyzer',
    source: 'access-analyzer',
    type: TYPE,
    family: TYPE,
    nativeSeverity: '',
    title: TYPE,
    accountId,
    region,
    partition: parseArn(envelope.resources[0] ?? '')?.partition ?? partitionOf(region),
    resources: tidyResources(detail.configuredResources.map((id) => ({ type: 'Other', id }))),
    traits: ['access-preview'],
    ignoredReason: 'NotAFinding',
  } as const
}

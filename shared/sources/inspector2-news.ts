import * as z from 'zod/mini'
import type { UngradedFinding } from '../core/findings/finding.ts'
import { composedKey } from '../core/findings/finding-key.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { tidyResources } from './resource-id.ts'
import type { Source } from './source.ts'
import { optionalInstant } from './tolerant-schema.ts'

const TRAITS: Readonly<Record<string, string>> = {
  'Inspector2 Scan': 'scan',
  'Inspector2 Coverage': 'coverage',
  'Inspector2 AutoEnable': 'auto-enable',
}

const detailSchema = z.object({ eventTimestamp: optionalInstant }, "Inspector's news (an object)")

/**
 * What Inspector tells of itself, none of which is a finding: a scan has ended, a resource is covered or no longer, a
 * member could not be enabled. Source: Inspector User Guide, "EventBridge event schema".
 *
 * Traits: `scan`, `coverage`, `auto-enable`.
 */
export const INSPECTOR2_NEWS: Source = {
  events: Object.keys(TRAITS).map((detailType) => ({ source: 'aws.inspector2', detailType })),
  looksLike: () => false,
  parse: parseNews,
}

/** Refused: no readable instant at all. Each event is one of its own, known by the envelope's id. */
function parseNews(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, [], value)
  const at = envelope.time ?? read.data.eventTimestamp
  if (at === undefined) {
    return { ok: false, path: ['eventTimestamp'], expected: 'an ISO 8601 instant', findingId: envelope.id ?? null }
  }
  return { ok: true, finding: newsOf(envelope, at) }
}

function newsOf(envelope: Envelope, at: UngradedFinding['firstSeenAt']): UngradedFinding {
  const { account: accountId = UNKNOWN, region = UNKNOWN, detailType: type = UNKNOWN } = envelope
  const [about] = envelope.resources
  const findingId = envelope.id ?? [type, about ?? accountId, at].join('|')
  return {
    ...ABSENT,
    key: composedKey('inspector', [accountId, region, findingId]),
    findingId,
    wrapping: 'inspector2',
    source: 'inspector',
    type,
    family: type,
    nativeSeverity: '',
    title: type,
    accountId,
    region,
    partition: parseArn(about ?? '')?.partition ?? partitionOf(region),
    resources: tidyResources(envelope.resources.map((id) => ({ type: 'Other', id }))),
    firstSeenAt: at,
    lastSeenAt: at,
    version: { updatedAt: at, state: 'active' },
    traits: [TRAITS[type] ?? 'news'],
    ignoredReason: 'NotAFinding',
  }
}

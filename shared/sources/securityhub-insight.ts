import * as z from 'zod/mini'
import type { UngradedFinding } from '../core/findings/finding.ts'
import { insightKey } from '../core/findings/finding-key.ts'
import { cleanTitle } from '../core/findings/text.ts'
import { partitionOf } from './arn.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import type { Source } from './source.ts'
import { optionalText, providerId } from './tolerant-schema.ts'

const TYPE = 'Security Hub Insight Results'

const detailSchema = z.object(
  { insightArn: providerId, insightName: optionalText(4096) },
  'the results of an insight (an object)',
)

/**
 * The results of a search that somebody sent by hand: a list of counts, and no finding. It is recorded and never pages.
 * Source: "EventBridge event formats for Security Hub".
 */
export const SECURITY_HUB_INSIGHT: Source = {
  events: [{ source: 'aws.securityhub', detailType: TYPE }],
  looksLike: ({ insightArn, insightResults }) => typeof insightArn === 'string' && Array.isArray(insightResults),
  parse: parseInsight,
}

/** Refused: no insight's ARN, no time in the envelope. */
function parseInsight(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['insightArn'], value)
  const { insightArn, insightName } = read.data
  if (envelope.time === undefined) {
    return { ok: false, path: [], expected: 'an event with its time', findingId: insightArn }
  }
  const title = cleanTitle(insightName ?? '', 512) || TYPE
  return { ok: true, finding: findingOf({ insightArn, title }, envelope, envelope.time) }
}

function findingOf(insight: { insightArn: string; title: string }, envelope: Envelope, at: string): UngradedFinding {
  const region = envelope.region ?? UNKNOWN
  const accountId = envelope.account ?? UNKNOWN
  return {
    key: insightKey({ accountId, region, id: insight.insightArn }),
    findingId: insight.insightArn,
    wrapping: 'securityhub-insight',
    source: 'securityhub',
    type: TYPE,
    family: TYPE,
    severity: null,
    nativeSeverity: UNKNOWN,
    title: insight.title,
    accountId,
    region,
    partition: partitionOf(region),
    resources: [],
    principal: null,
    principals: [],
    firstSeenAt: at,
    lastSeenAt: at,
    version: { updatedAt: at, state: 'active' },
    count: null,
    traits: ['insight'],
    tags: {},
    indicators: [],
    signals: [],
    ignoredReason: 'NotAFinding',
  }
}

import * as z from 'zod/mini'
import type { UngradedFinding } from '../core/findings/finding.ts'
import { composedKey } from '../core/findings/finding-key.ts'
import { cleanTitle } from '../core/findings/text.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { tidyResources } from './resource-id.ts'
import type { Source } from './source.ts'
import { optionalInstant, optionalText, providerId } from './tolerant-schema.ts'

const TYPES = ['SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const

const bodySchema = z.object(
  { Type: z.enum(TYPES), MessageId: providerId, TopicArn: optionalText(2048), Timestamp: optionalInstant },
  "a topic's question about a subscription (an object)",
)
type Body = z.output<typeof bodySchema>

/**
 * What a topic sends before its first notification and after its last: a question to whoever set the subscription up, and
 * no finding. The token by which anybody could confirm it is not kept.
 * Source: Amazon SNS Developer Guide, "Parsing Amazon SNS message formats".
 */
export const SNS_SUBSCRIPTION: Source = {
  events: [],
  looksLike: ({ Type, TopicArn }) => TYPES.some((type) => type === Type) && typeof TopicArn === 'string',
  parse: parseBody,
}

/** Refused: no message's id, no readable instant. */
function parseBody(value: unknown, envelope: Envelope): Parsed {
  const read = bodySchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['MessageId'], value)
  const at = read.data.Timestamp ?? envelope.time
  if (at === undefined) {
    return { ok: false, path: ['Timestamp'], expected: 'an ISO 8601 instant', findingId: read.data.MessageId }
  }
  return { ok: true, finding: questionOf(read.data, at) }
}

function questionOf({ Type: type, MessageId: findingId, TopicArn: id }: Body, at: string): UngradedFinding {
  const topic = parseArn(id ?? '')
  const accountId = topic?.account || UNKNOWN
  const region = topic?.region || UNKNOWN
  return {
    ...ABSENT,
    key: composedKey('sns', [accountId, region, findingId]),
    findingId,
    wrapping: 'sns',
    source: 'sns',
    type,
    family: type,
    nativeSeverity: '',
    title: cleanTitle(`${type} of ${topic?.resource ?? id ?? 'a topic'}`, 512),
    accountId,
    region,
    partition: topic?.partition ?? partitionOf(region),
    resources: tidyResources([{ type: 'AwsSnsTopic', id }]),
    firstSeenAt: at,
    lastSeenAt: at,
    version: { updatedAt: at, state: 'active' },
    traits: ['subscription'],
    ignoredReason: 'NotAFinding',
  }
}

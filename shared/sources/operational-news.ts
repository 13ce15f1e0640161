import * as z from 'zod/mini'
import type { UngradedFinding, Wrapping } from '../core/findings/finding.ts'
import { composedKey } from '../core/findings/finding-key.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { tidyResources } from './resource-id.ts'
import type { Source } from './source.ts'
import { optionalInstant } from './tolerant-schema.ts'

/** A service that sends more than findings. */
interface NewsOf {
  /** Of its events, `aws.inspector2`. */
  readonly sender: string
  readonly source: string
  readonly wrapping: Wrapping
  /** What each kind of its news is known by in rules. */
  readonly traits: Readonly<Record<string, string>>
}

const detailSchema = z.object({ eventTimestamp: optionalInstant }, "a service's news (an object)")

/** What a service tells of itself, none of which is a finding. Each event is one of its own, known by the envelope's id. */
export function newsSource(of: NewsOf): Source {
  return {
    events: Object.keys(of.traits).map((detailType) => ({ source: of.sender, detailType })),
    looksLike: () => false,
    parse: (value, envelope) => parseNews(of, value, envelope),
  }
}

/** Refused: no readable instant at all. */
function parseNews(of: NewsOf, value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, [], value)
  const at = envelope.time ?? read.data.eventTimestamp
  if (at === undefined) {
    return { ok: false, path: ['eventTimestamp'], expected: 'an ISO 8601 instant', findingId: envelope.id ?? null }
  }
  return { ok: true, finding: newsOf(of, envelope, at) }
}

function newsOf({ source, wrapping, traits }: NewsOf, envelope: Envelope, at: string): UngradedFinding {
  const { account: accountId = UNKNOWN, region = UNKNOWN, detailType: type = UNKNOWN } = envelope
  const [about] = envelope.resources
  const findingId = envelope.id ?? [type, about ?? accountId, at].join('|')
  return {
    ...ABSENT,
    key: composedKey(source, [accountId, region, findingId]),
    findingId,
    wrapping,
    source,
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
    traits: [traits[type] ?? 'news'],
    ignoredReason: 'NotAFinding',
  }
}

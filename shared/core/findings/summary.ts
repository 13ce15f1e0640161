import type { FindingSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { Finding, FindingResource, FindingVersion, Wrapping } from './finding.ts'
import type { PrincipalText } from './principal.ts'
import { cleanTitle, cutToChars, cutToJsonBytes, jsonBytes } from './text.ts'

const MOST_INDICATORS = 5
const MOST_INDICATOR_BYTES = 400

/** The part of a finding that an incident's record carries: at most 5 KB of JSON, whatever the provider sent. */
export interface FindingSummary {
  readonly key: string
  /** The provider's own id; cut at 384 bytes of JSON. */
  readonly findingId: string
  readonly wrapping: Wrapping
  readonly version: FindingVersion
  readonly source: string
  readonly type: string
  readonly severity: FindingSeverity
  /** At most 200 characters and 400 bytes of JSON. */
  readonly title: string
  readonly accountId: string
  readonly region: string
  /** At most three. */
  readonly resources: readonly FindingResource[]
  readonly principal: string | null
  /** As the finding has them, at most 2,000 bytes; commits of long ago have none. */
  readonly principals?: readonly PrincipalText[]
  /** The first five, and 400 bytes of JSON; left out where there are none, and by commits of long ago. */
  readonly indicators?: readonly string[]
  readonly firstSeenAt: Instant
  readonly lastSeenAt: Instant
  readonly count: number | null
}

/** A finding never changes, and its summary is asked for on the way in, for its size, and for the record. */
const SUMMARIES = new WeakMap<Finding, FindingSummary>()

export function summarise(finding: Finding): FindingSummary {
  const known = SUMMARIES.get(finding)
  if (known !== undefined) return known
  const summary = summaryOf(finding)
  SUMMARIES.set(finding, summary)
  return summary
}

/** In the order of the keys, as the record writes them: nothing has to be put in order there. */
function summaryOf(finding: Finding): FindingSummary {
  return {
    accountId: cutToJsonBytes(finding.accountId, 32),
    count: finding.count,
    findingId: cutToJsonBytes(finding.findingId, 384),
    firstSeenAt: finding.firstSeenAt,
    ...indicatorsOf(finding),
    key: finding.key,
    lastSeenAt: finding.lastSeenAt,
    principal: finding.principal === null ? null : cutToJsonBytes(finding.principal, 256),
    principals: finding.principals,
    region: cutToJsonBytes(finding.region, 32),
    resources: finding.resources.slice(0, 3).map(summariseResource),
    severity: finding.severity,
    source: cutToJsonBytes(finding.source, 64),
    title: cutToJsonBytes(cleanTitle(finding.title, 200), 400),
    type: cutToJsonBytes(finding.type, 160),
    version: finding.version,
    wrapping: finding.wrapping,
  }
}

/** What instants, versions and the names of the parts take. */
const BYTES_BESIDE_TEXTS = 440
const BYTES_BESIDE_A_RESOURCE = 14

/** What a summary takes in JSON, in bytes: at least so many, and a hundred more at most. */
export function summaryBytes(summary: FindingSummary): number {
  const { key, findingId, title, type, source, principal, principals = [], indicators = [], resources } = summary
  const named = resources.flatMap((resource) => [resource.type, resource.id])
  const texts = [key, findingId, title, type, source, principal ?? '', ...principals, ...indicators, ...named]
  const beside = BYTES_BESIDE_TEXTS + resources.length * BYTES_BESIDE_A_RESOURCE
  return texts.reduce((bytes, text) => bytes + jsonBytes(text) + 3, beside)
}

function indicatorsOf({ indicators }: Finding): Pick<FindingSummary, 'indicators'> {
  const kept: string[] = []
  let bytes = 0
  for (const indicator of indicators.slice(0, MOST_INDICATORS)) {
    bytes += jsonBytes(indicator)
    if (bytes <= MOST_INDICATOR_BYTES) kept.push(indicator)
  }
  return kept.length === 0 ? {} : { indicators: kept }
}

function summariseResource(resource: FindingResource): FindingResource {
  return { id: cutToJsonBytes(cutToChars(resource.id, 256), 256), type: cutToJsonBytes(resource.type, 64) }
}

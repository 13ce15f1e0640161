import * as z from 'zod/mini'
import type { FindingState, UngradedFinding } from '../core/findings/finding.ts'
import { asffKey } from '../core/findings/finding-key.ts'
import { ignoredReasonOf } from '../core/findings/ignored.ts'
import { cleanTitle, cutToChars } from '../core/findings/text.ts'
import { FINDING_SEVERITIES } from '../core/severity/severity.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { inspectorFamily } from './inspector2-family.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { tidyResources } from './resource-id.ts'
import { tagMap, tidyTags } from './resource-tags.ts'
import { resourceTypeOf } from './resource-type.ts'
import type { Source } from './source.ts'
import { type Times, timesFrom } from './times.ts'
import {
  camelKeys,
  isRecord,
  list,
  optionalCount,
  optionalInstant,
  optionalText,
  part,
  providerId,
  requiredText,
} from './tolerant-schema.ts'

const GRADES = [...FINDING_SEVERITIES, 'UNTRIAGED'] as const
const SEVERITY = `a severity (${GRADES.join(', ')})`
const word = optionalText(256)

/** `detail` of an Inspector finding, also as `ListFindings` answers it. Source: the Inspector2 API's `Finding`. */
const detailSchema = z.pipe(
  z.transform((value) => (isRecord(value) ? camelKeys(value) : value)),
  z.object(
    {
      findingArn: providerId,
      severity: z.pipe(
        z.transform((value) => (typeof value === 'string' ? value.toUpperCase() : value)),
        z.enum(GRADES, SEVERITY),
      ),
      type: requiredText(256, 'a finding type such as "PACKAGE_VULNERABILITY"'),
      awsAccountId: optionalText(64),
      title: optionalText(4096),
      status: word,
      firstObservedAt: optionalInstant,
      lastObservedAt: optionalInstant,
      updatedAt: optionalInstant,
      exploitAvailable: word,
      fixAvailable: word,
      packageVulnerabilityDetails: part({ vulnerabilityId: word }),
      codeVulnerabilityDetails: part({ detectorId: word, ruleId: word }),
      networkReachabilityDetails: part({
        protocol: word,
        openPortRange: part({ begin: optionalCount, end: optionalCount }),
      }),
      resources: list(
        part({
          type: word,
          id: optionalText(2048),
          partition: optionalText(32),
          region: optionalText(64),
          tags: tagMap,
        }),
        50,
      ),
    },
    'an Inspector finding (an object)',
  ),
)
type Detail = z.output<typeof detailSchema>

const STATES: Readonly<Record<string, FindingState>> = { SUPPRESSED: 'suppressed', CLOSED: 'resolved' }

/**
 * `Inspector2 Finding`: vulnerable packages and code, and ports that the internet reaches. Of the family are findings of
 * one kind about one vulnerability, so that a campaign is `[account, family]` for a grouping rule.
 *
 * Traits: `exploit-available`, `fix-available`, `network-reachable`; `untriaged` where nobody has scored it yet (there is no
 * severity then), with `untriaged-exploitable` where an exploit is known all the same.
 */
export const INSPECTOR2: Source = {
  events: [{ source: 'aws.inspector2', detailType: 'Inspector2 Finding' }],
  looksLike: (value) => {
    const { findingArn, awsAccountId, severity, resources } = camelKeys(value)
    const isOurs = typeof findingArn === 'string' && findingArn.includes(':inspector2:')
    return isOurs || (typeof awsAccountId === 'string' && typeof severity === 'string' && Array.isArray(resources))
  },
  parse: parseInspector2,
}

/** Refused: no ARN, no type, no severity that Inspector knows, no readable instant at all. */
function parseInspector2(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['findingArn', 'FindingArn'], value)
  const { firstObservedAt: firstSeenAt, lastObservedAt: lastSeenAt, updatedAt } = read.data
  const times = timesFrom({ firstSeenAt, lastSeenAt, createdAt: undefined, updatedAt, eventAt: envelope.time })
  if (times === null) {
    return { ok: false, path: ['updatedAt'], expected: 'an ISO 8601 instant', findingId: read.data.findingArn }
  }
  return { ok: true, finding: findingOf(read.data, envelope, times) }
}

function findingOf(detail: Detail, envelope: Envelope, times: Times): UngradedFinding {
  const arn = parseArn(detail.findingArn)
  const [first] = detail.resources
  const accountId = detail.awsAccountId ?? (arn?.account || envelope.account || UNKNOWN)
  const region = (arn?.region || first?.region) ?? envelope.region ?? UNKNOWN
  const state = STATES[detail.status?.toUpperCase() ?? ''] ?? 'active'
  return {
    ...ABSENT,
    key: asffKey({ id: detail.findingArn, product: `inspector:${region}`, accountId }),
    findingId: detail.findingArn,
    wrapping: 'inspector2',
    source: 'inspector',
    type: detail.type,
    family: inspectorFamily(detail.title ?? '') ?? familyOf(detail),
    severity: detail.severity === 'UNTRIAGED' ? null : detail.severity,
    nativeSeverity: detail.severity,
    title: cleanTitle(detail.title ?? '', 512) || familyOf(detail),
    accountId,
    region,
    partition: first?.partition ?? arn?.partition ?? partitionOf(region),
    resources: tidyResources(detail.resources.map(({ type, id }) => ({ type: resourceTypeOf(type), id }))),
    firstSeenAt: times.firstSeenAt,
    lastSeenAt: times.lastSeenAt,
    version: { updatedAt: times.updatedAt, state },
    traits: traitsOf(detail),
    tags: tidyTags(detail.resources.flatMap(({ tags }) => tags)),
    ignoredReason: ignoredReasonOf({ sample: false, state }),
  }
}

function familyOf(detail: Detail): string {
  const { codeVulnerabilityDetails: code, packageVulnerabilityDetails: found } = detail
  const what = found.vulnerabilityId ?? code.detectorId ?? code.ruleId ?? portsOf(detail)
  return cutToChars(what === null ? detail.type : `${detail.type}/${what}`, 256)
}

/** `TCP 22` or `TCP 8000-8080`. */
function portsOf({ networkReachabilityDetails: { protocol, openPortRange } }: Detail): string | null {
  const { begin, end } = openPortRange
  if (begin === undefined) return protocol ?? null
  const ports = end === undefined || end === begin ? String(begin) : `${begin}-${end}`
  return protocol === undefined ? ports : `${protocol} ${ports}`
}

function traitsOf({ severity, type, exploitAvailable, fixAvailable }: Detail): string[] {
  const isUntriaged = severity === 'UNTRIAGED'
  const isExploitable = exploitAvailable?.toUpperCase() === 'YES'
  const said: [boolean, string][] = [
    [isUntriaged && isExploitable, 'untriaged-exploitable'],
    [isUntriaged, 'untriaged'],
    [isExploitable, 'exploit-available'],
    [fixAvailable?.toUpperCase() === 'YES', 'fix-available'],
    [type === 'NETWORK_REACHABILITY', 'network-reachable'],
  ]
  return said.flatMap(([is, trait]) => (is ? [trait] : []))
}

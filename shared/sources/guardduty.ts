import * as z from 'zod/mini'
import type { UngradedFinding } from '../core/findings/finding.ts'
import { guardDutyKey } from '../core/findings/finding-key.ts'
import { ignoredReasonOf } from '../core/findings/ignored.ts'
import { gradeOfGuardDuty } from '../core/findings/native-severity.ts'
import { cleanTitle } from '../core/findings/text.ts'
import { parseArn, partitionOf } from './arn.ts'
import { looksLikeGuardDuty } from './bare-finding.ts'
import { guardDutyAction, guardDutyFiles, guardDutyIndicators } from './guardduty-indicators.ts'
import { principalOf, principalsOf } from './guardduty-principals.ts'
import { guardDutyResource, resourcesOf, tagsOf } from './guardduty-resources.ts'
import { guardDutySequence, signalKeys } from './guardduty-sequence.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import type { Source } from './source.ts'
import { type Times, timesFrom } from './times.ts'
import {
  camelKeys,
  isRecord,
  optionalCount,
  optionalFlag,
  optionalInstant,
  optionalText,
  part,
  providerId,
  requiredText,
} from './tolerant-schema.ts'

const SEVERITY = 'a number from 0 to 10'
const TYPE = 'a finding type such as "Recon:EC2/Portscan"'

/**
 * The `detail` of a GuardDuty finding, in the camelCase of events or the PascalCase of `GetFindings`.
 * Source: the GuardDuty API's `Finding`, and events seen in the field (many leave out what the API calls required).
 */
const detailSchema = z.pipe(
  z.transform((value) => (isRecord(value) ? camelKeys(value) : value)),
  z.object(
    {
      id: providerId,
      severity: z.pipe(
        z.number(SEVERITY),
        z.transform((number: number, { issues }) => {
          const grade = gradeOfGuardDuty(number)
          if (grade === null) issues.push({ code: 'custom', message: SEVERITY, input: number })
          return { number, grade: grade ?? 'INFORMATIONAL' }
        }),
      ),
      type: requiredText(256, TYPE),
      arn: optionalText(2048),
      accountId: optionalText(64),
      region: optionalText(64),
      partition: optionalText(32),
      title: optionalText(4096),
      createdAt: optionalInstant,
      updatedAt: optionalInstant,
      resource: guardDutyResource,
      service: part({
        archived: optionalFlag,
        count: optionalCount,
        eventFirstSeen: optionalInstant,
        eventLastSeen: optionalInstant,
        additionalInfo: part({ sample: z.optional(z.unknown()), value: optionalText(100_000) }),
        detection: part({ sequence: guardDutySequence }),
        action: guardDutyAction,
        ...guardDutyFiles,
      }),
    },
    'a GuardDuty finding (an object)',
  ),
)
type Detail = z.output<typeof detailSchema>

/** `GuardDuty Finding`, and findings as `GetFindings` answers them. */
export const GUARDDUTY: Source = {
  events: [{ source: 'aws.guardduty', detailType: 'GuardDuty Finding' }],
  looksLike: looksLikeGuardDuty,
  parse: parseGuardDuty,
}

/** One GuardDuty finding. Refused: no id, no type, no severity from 0 to 10, no readable instant at all. */
function parseGuardDuty(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['id', 'Id'], value)
  const detail = read.data
  const times = timesOf(detail, envelope)
  if (times === null) {
    return { ok: false, path: ['updatedAt'], expected: 'an ISO 8601 instant', findingId: detail.id }
  }
  return { ok: true, finding: findingOf(detail, envelope, times) }
}

function timesOf({ service, createdAt, updatedAt }: Detail, { time: eventAt }: Envelope): Times | null {
  const { eventFirstSeen: firstSeenAt, eventLastSeen: lastSeenAt } = service
  return timesFrom({ firstSeenAt, lastSeenAt, createdAt, updatedAt, eventAt })
}

function findingOf(detail: Detail, envelope: Envelope, times: Times): UngradedFinding {
  const { service, severity, resource } = detail
  const { sequence } = service.detection
  const arn = parseArn(detail.arn ?? '')
  const accountId = detail.accountId ?? (arn?.account || envelope.account || UNKNOWN)
  const region = detail.region ?? (arn?.region || envelope.region || UNKNOWN)
  const partition = detail.partition ?? arn?.partition ?? partitionOf(region)
  const state = service.archived === true ? 'archived' : 'active'
  return {
    key: guardDutyKey({ accountId, region, id: detail.id }),
    findingId: detail.id,
    wrapping: 'guardduty',
    source: 'guardduty',
    type: detail.type,
    family: guardDutyFamily(detail.type) ?? detail.type,
    severity: severity.grade,
    nativeSeverity: String(severity.number),
    title: cleanTitle(detail.title ?? '', 512) || detail.type,
    accountId,
    region,
    partition,
    resources: resourcesOf(resource, sequence, partition),
    principal: principalOf(resource, sequence),
    principals: principalsOf(resource, sequence, accountId),
    firstSeenAt: times.firstSeenAt,
    lastSeenAt: times.lastSeenAt,
    version: { updatedAt: times.updatedAt, state },
    count: service.count ?? null,
    traits: [],
    tags: tagsOf(resource, sequence),
    indicators: guardDutyIndicators({ action: service.action, files: service, resource, sequence }),
    signals: signalKeys(sequence.signals, { accountId, region }),
    ignoredReason: ignoredReasonOf({ sample: isSample(detail), state }),
  }
}

/**
 * The threat purpose: `UnauthorizedAccess` of `UnauthorizedAccess:EC2/TorClient`, and of Security Hub's
 * `TTPs/UnauthorizedAccess:EC2-TorClient`; null where the type has none.
 */
export function guardDutyFamily(type: string): string | null {
  return /^(?:[^:]*\/)?([^:/]+):/.exec(type)?.[1] ?? null
}

/** Samples that GuardDuty makes on request say so in their title, in `additionalInfo`, or in its value as JSON text. */
function isSample({ title, service: { additionalInfo } }: Detail): boolean {
  return hasSampleTitle(title) || isTrue(additionalInfo.sample) || saysSample(additionalInfo.value)
}

export function hasSampleTitle(title: string | undefined): boolean {
  return title?.trimStart().startsWith('[SAMPLE]') ?? false
}

/** `additionalInfo.value` is JSON text, e.g. `{"sample":true}`. */
export function saysSample(value: string | undefined): boolean {
  if (value === undefined || !value.includes('sample')) return false
  try {
    const inner: unknown = JSON.parse(value)
    return isRecord(inner) && isTrue(inner.sample)
  } catch {
    return false
  }
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}

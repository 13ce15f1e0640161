import * as z from 'zod/mini'
import type { UngradedFinding } from '../core/findings/finding.ts'
import { configKey } from '../core/findings/finding-key.ts'
import { cleanTitle, cutToChars } from '../core/findings/text.ts'
import { ABSENT } from './absent.ts'
import { parseArn, partitionOf } from './arn.ts'
import { configResourceId, configResourceName } from './config-resource.ts'
import { COMPLIANCE, standingOf } from './config-standing.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { resourcePrincipals, tidyPrincipals } from './principals.ts'
import { tidyResources } from './resource-id.ts'
import { resourceTypeOf } from './resource-type.ts'
import type { Source } from './source.ts'
import { type Times, timesFrom } from './times.ts'
import { isRecord, optionalInstant, optionalText, part, requiredText } from './tolerant-schema.ts'

const text = optionalText(1024)

/** `detail` of a compliance change, also what Config sends to a topic. Source: Config Developer Guide, "Example notifications". */
const detailSchema = z.object(
  {
    configRuleName: requiredText(256, 'the name of a Config rule'),
    configRuleARN: text,
    awsAccountId: optionalText(64),
    awsRegion: optionalText(64),
    resourceType: optionalText(256),
    resourceId: text,
    notificationCreationTime: optionalInstant,
    newEvaluationResult: z.object(
      {
        complianceType: z.enum(COMPLIANCE, `one of ${COMPLIANCE.join(', ')}`),
        resultRecordedTime: optionalInstant,
        evaluationResultIdentifier: part({
          evaluationResultQualifier: part({ resourceType: optionalText(256), resourceId: text }),
        }),
      },
      'the new result of the evaluation (an object)',
    ),
  },
  'a change of compliance (an object)',
)
type Detail = z.output<typeof detailSchema>

/**
 * `Config Rules Compliance Change`: one finding per account, Region, rule and resource. Ids are `rule ARN|type|id`, titles
 * the rule's name. What rules say that Security Hub made is set aside: it comes as the findings of its controls.
 *
 * Traits: `non-compliant`, `compliant`, `not-applicable`, `insufficient-data`.
 */
export const CONFIG_COMPLIANCE: Source = {
  events: [{ source: 'aws.config', detailType: 'Config Rules Compliance Change' }],
  looksLike: (value) =>
    value.messageType === 'ComplianceChangeNotification' ||
    (typeof value.configRuleName === 'string' && isRecord(value.newEvaluationResult)),
  parse: parseCompliance,
}

/** Refused: no rule's name, no compliance that Config knows, no readable instant at all. */
function parseCompliance(value: unknown, envelope: Envelope): Parsed {
  const read = detailSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['configRuleARN'], value)
  const { resultRecordedTime: recordedAt } = read.data.newEvaluationResult
  const times = timesFrom({
    firstSeenAt: recordedAt,
    lastSeenAt: read.data.notificationCreationTime,
    createdAt: undefined,
    updatedAt: recordedAt,
    eventAt: envelope.time,
  })
  if (times === null) {
    const path = ['newEvaluationResult', 'resultRecordedTime']
    return { ok: false, path, expected: 'an ISO 8601 instant', findingId: read.data.configRuleARN ?? null }
  }
  return { ok: true, finding: findingOf(read.data, envelope, times) }
}

function findingOf(detail: Detail, envelope: Envelope, times: Times): UngradedFinding {
  const arn = parseArn(detail.configRuleARN ?? '')
  const accountId = detail.awsAccountId ?? (arn?.account || envelope.account || UNKNOWN)
  const region = detail.awsRegion ?? (arn?.region || envelope.region || UNKNOWN)
  const { complianceType } = detail.newEvaluationResult
  const partition = arn?.partition ?? partitionOf(region)
  const { state, reason } = standingOf(complianceType)
  const { type, id } = resourceOf(detail)
  const resource = imported({ type, id }, { partition, region, accountId })
  const rule = detail.configRuleARN ?? detail.configRuleName
  return {
    ...ABSENT,
    key: configKey({ accountId, region, rule, resource: configResourceName({ ...resource, id: resource.id ?? '' }) }),
    findingId: cutToChars([rule, type, id ?? ''].join('|'), 2048),
    wrapping: 'config',
    source: 'config',
    type: 'Config Rules Compliance Change',
    family: detail.configRuleName,
    nativeSeverity: complianceType,
    title: cleanTitle(detail.configRuleName, 512),
    accountId,
    region,
    partition,
    resources: tidyResources([resource]),
    principals: principalsOf(resource.type, resource.id, accountId),
    firstSeenAt: times.firstSeenAt,
    lastSeenAt: times.lastSeenAt,
    version: { updatedAt: times.updatedAt, state },
    traits: [complianceType.toLowerCase().replaceAll('_', '-')],
    ignoredReason: reason ?? (isOfSecurityHub(detail) ? 'CoveredElsewhere' : null),
  }
}

interface Named {
  readonly type: string
  readonly id: string | undefined
}

function resourceOf({ resourceType, resourceId, newEvaluationResult }: Detail): Named {
  const { evaluationResultQualifier: qualifier } = newEvaluationResult.evaluationResultIdentifier
  return { type: resourceType ?? qualifier.resourceType ?? 'Other', id: resourceId ?? qualifier.resourceId }
}

/** Security Hub makes rules to check its controls with, and sends what they say as findings of those. */
function isOfSecurityHub({ configRuleName, configRuleARN }: Detail): boolean {
  return (
    configRuleName.startsWith('securityhub-') ||
    /:config-rule\/aws-service-rule\/securityhub[^/]*\.amazonaws\.com\//.test(configRuleARN ?? '')
  )
}

/** As Security Hub has the resource. */
function imported({ type, id }: Named, where: Parameters<typeof configResourceId>[1]): Named {
  const known = resourceTypeOf(type)
  return { type: known, id: id === undefined ? id : configResourceId({ type: known, id }, where) }
}

function principalsOf(type: string, id: string | undefined, accountId: string) {
  const named = { type, id, userName: undefined, roleName: undefined, uniqueId: undefined }
  return tidyPrincipals(resourcePrincipals(named, accountId))
}

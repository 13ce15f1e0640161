import { camelKeys, isRecord } from './tolerant-schema.ts'

// Without an envelope only the shape tells the kind. No single field does (any may be missing or broken), so some of
// those that together no other service writes must be there.

/** Three of what a GuardDuty finding has. */
export function looksLikeGuardDuty(value: Record<string, unknown>): boolean {
  const { accountId, severity, type, service, resource, arn } = camelKeys(value)
  const signs = [
    typeof accountId === 'string',
    typeof severity === 'number',
    typeof type === 'string',
    isRecord(service),
    isRecord(resource),
    typeof arn === 'string' && arn.includes(':guardduty:'),
  ]
  return signs.filter(Boolean).length >= 3
}

/** Two of what a Security Hub finding has. */
export function looksLikeAsff(value: Record<string, unknown>): boolean {
  const signs = [
    value.SchemaVersion === '2018-10-08',
    typeof value.ProductArn === 'string',
    typeof value.AwsAccountId === 'string',
    typeof value.GeneratorId === 'string',
    Array.isArray(value.Types),
    typeof value.RecordState === 'string',
    isRecord(value.Severity),
    Array.isArray(value.Resources),
  ]
  return signs.filter(Boolean).length >= 2
}

const FINDING_CLASSES = { first: 2001, last: 2099 }

/** The class of a finding or its `finding_info`, and two more of what every OCSF object has. */
export function looksLikeOcsf(value: Record<string, unknown>): boolean {
  const { class_uid: kind } = value
  const isFinding = typeof kind === 'number' && kind >= FINDING_CLASSES.first && kind <= FINDING_CLASSES.last
  if (!isFinding && !isRecord(value.finding_info)) return false
  const signs = [
    isFinding,
    isRecord(value.finding_info),
    value.category_uid === 2,
    typeof value.type_uid === 'number',
    typeof value.severity_id === 'number',
    isRecord(value.metadata),
    isRecord(value.cloud),
  ]
  return signs.filter(Boolean).length >= 3
}

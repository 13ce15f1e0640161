import { createHash } from 'node:crypto'
import { jsonBytes } from './text.ts'

/** Table keys and summaries hold a finding's key, so that it must stay short whatever a provider sends. */
export const MAX_KEY_BYTES = 256

/** The key of one GuardDuty finding, the same whether it came from GuardDuty itself or through Security Hub. */
export function guardDutyKey(finding: { accountId: string; region: string; id: string }): string {
  return boundedKey(`guardduty:${finding.region}:${finding.accountId}:${finding.id}`)
}

/**
 * The key of any other ASFF finding. ARNs are unique in the world; any other id is so only within its product and the
 * account that it is about.
 * @param product the ProductArn, or whatever names the product best.
 */
export function asffKey({ id, product, accountId }: { id: string; product: string; accountId: string }): string {
  return boundedKey(id.startsWith('arn:') ? id : `${product}:${accountId}:${id}`)
}

/**
 * The key of a finding that only one service sends, and to which it gives no id that is unique in the world.
 * @param parts what together names it in that service.
 */
export function composedKey(service: string, parts: readonly string[]): string {
  return boundedKey(`${service}:${JSON.stringify(parts)}`)
}

/**
 * The key of one resource's compliance with one of Config's rules, the same whether it came from Config itself or through
 * Security Hub.
 * @param resource in the form that both have.
 */
export function configKey(of: { accountId: string; region: string; rule: string; resource: string }): string {
  return composedKey('config', [of.accountId, of.region, of.rule, of.resource])
}

/**
 * The key of one finding of Access Analyzer. Security Hub has it only for unused access: of access from outside it makes
 * one finding for each resource.
 */
export function accessAnalyzerKey(id: string): string {
  return composedKey('access-analyzer', [id])
}

/** The key of one Macie finding, the same whether it came from Macie itself or through Security Hub. */
export function macieKey(finding: { accountId: string; region: string; id: string }): string {
  return boundedKey(`macie:${finding.region}:${finding.accountId}:${finding.id}`)
}

/**
 * The key of a scan's result for one version of an object; every later scan of that version is news of the same.
 * @param version the object's version, or its ETag where the bucket has no versions.
 */
export function malwareScanKey(scan: { partition: string; bucket: string; object: string; version: string }): string {
  return boundedKey(`malware-scan:${scan.partition}:${scan.bucket}/${scan.object}@${scan.version}`)
}

/** Of an insight's results: AWS's own insights have one ARN in every account. */
export function insightKey(insight: { accountId: string; region: string; id: string }): string {
  return boundedKey(`insight:${insight.region}:${insight.accountId}:${insight.id}`)
}

/** The text itself while it is short and plain, else its SHA-256. */
function boundedKey(text: string): string {
  const plain = /^[\x20-\x7e]+$/.test(text) && jsonBytes(text) <= MAX_KEY_BYTES
  return plain ? text : `sha256:${createHash('sha256').update(JSON.stringify(text)).digest('hex')}`
}

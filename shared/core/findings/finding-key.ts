import { createHash } from 'node:crypto'
import { jsonBytes } from './text.ts'

/** Table keys and summaries hold a finding's key, so that it must stay short whatever a provider sends. */
export const MAX_KEY_BYTES = 256

/** The key of one GuardDuty finding, the same whether it came from GuardDuty itself or through Security Hub. */
export function guardDutyKey(finding: { accountId: string; region: string; id: string }): string {
  return boundedKey(`guardduty:${finding.region}:${finding.accountId}:${finding.id}`)
}

/**
 * The key of any other ASFF finding. ARNs are unique in the world; any other id is so only within its product.
 * @param product the ProductArn, or whatever names the product best.
 */
export function asffKey(finding: { id: string; product: string }): string {
  return boundedKey(finding.id.startsWith('arn:') ? finding.id : `${finding.product}:${finding.id}`)
}

/** The text itself while it is short and plain, else its SHA-256. */
function boundedKey(text: string): string {
  const plain = /^[\x20-\x7e]+$/.test(text) && jsonBytes(text) <= MAX_KEY_BYTES
  return plain ? text : `sha256:${createHash('sha256').update(JSON.stringify(text)).digest('hex')}`
}

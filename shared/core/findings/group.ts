import type { Finding } from './finding.ts'

/**
 * What findings are grouped by into one incident: account, who acted (else what was touched first), and family. A
 * finding that names neither joins the others of its family in its account.
 */
export function groupKeyOf(finding: Pick<Finding, 'accountId' | 'principal' | 'resources' | 'family'>): string {
  return JSON.stringify([finding.accountId, finding.principal ?? finding.resources[0]?.id ?? '', finding.family])
}

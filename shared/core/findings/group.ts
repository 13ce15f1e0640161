import type { AccountProfile } from '../directory/directory.ts'
import type { GroupingPart, GroupingRule } from '../directory/finding-rules.ts'
import { fits } from './filter.ts'
import type { UngradedFinding } from './finding.ts'

type Grouped = Pick<UngradedFinding, 'accountId' | 'principal' | 'resources' | 'family'> &
  Partial<Pick<UngradedFinding, 'source'>>

/**
 * What findings are grouped by into one incident. Without a rule that fits: account, who acted (else what was touched
 * first), and family; a finding that names neither joins the others of its family in its account. Keys of a rule carry
 * its id, so that they never meet another rule's.
 */
export function groupKeyOf(
  finding: Grouped,
  rule: { readonly id: string; readonly parts: readonly string[] } | null = null,
): string {
  if (rule === null) return JSON.stringify([finding.accountId, betweenOf(finding), finding.family])
  return JSON.stringify([finding.accountId, { rule: rule.id }, ...rule.parts])
}

/** The first rule that fits, with what the finding has of the parts that it groups by; null where none fits. */
export function groupingOf(
  finding: UngradedFinding,
  rules: readonly GroupingRule[],
  profile: AccountProfile | null,
): { readonly id: string; readonly parts: readonly string[] } | null {
  const rule = rules.find(({ filter }) => fits(filter, finding, profile))
  return rule === undefined ? null : { id: rule.id, parts: rule.by.map((part) => partOf(finding, part)) }
}

function partOf(finding: UngradedFinding, part: GroupingPart): string {
  switch (part) {
    case 'account':
      return finding.accountId
    case 'actor':
      return actorOf(finding)
    case 'resource':
      return finding.resources[0]?.id ?? ''
    default:
      return finding[part]
  }
}

/**
 * What stands between account and family. A finding must be of one group in every wrapping, but Security Hub leaves out
 * who acted from Macie's, and has other names than Config for many resources: there only what both have counts.
 */
function betweenOf(finding: Grouped): string {
  if (finding.source === 'config') return ''
  return finding.source === 'macie' ? (finding.resources[0]?.id ?? '') : actorOf(finding)
}

function actorOf({ principal, resources }: Pick<UngradedFinding, 'principal' | 'resources'>): string {
  return principal ?? resources[0]?.id ?? ''
}

import type { FindingState, IgnoredReason } from '../core/findings/finding.ts'

/** Config's words. Source: Config's API, `EvaluationResult`. */
export const COMPLIANCE = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA'] as const
export type Compliance = (typeof COMPLIANCE)[number]

/** Where a resource stands with a rule, and why that does not page. */
export interface ConfigStanding {
  readonly state: FindingState
  readonly reason: IgnoredReason | null
}

const STANDINGS: Readonly<Record<Compliance, ConfigStanding>> = {
  NON_COMPLIANT: { state: 'active', reason: null },
  COMPLIANT: { state: 'passed', reason: 'Passed' },
  NOT_APPLICABLE: { state: 'resolved', reason: 'NotAFinding' },
  INSUFFICIENT_DATA: { state: 'active', reason: 'NotAFinding' },
}

export function standingOf(compliance: Compliance): ConfigStanding {
  return STANDINGS[compliance]
}

/** Null for whatever is no word of Config's. */
export function complianceOf(word: unknown): ConfigStanding | null {
  const known = COMPLIANCE.find((one) => one === word)
  return known === undefined ? null : STANDINGS[known]
}

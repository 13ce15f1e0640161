import { type AccountProfile, spanHolds } from '../directory/directory.ts'
import type { Suppression } from '../directory/finding-rules.ts'
import type { FindingSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import { fits } from './filter.ts'
import type { UngradedFinding } from './finding.ts'

/**
 * The first rule that holds a finding back now; null where none does. A critical finding is held back only by a rule
 * whose filter names CRITICAL in full.
 */
export function suppressionOf(
  finding: UngradedFinding & { readonly severity: FindingSeverity },
  suppressions: readonly Suppression[],
  profile: AccountProfile | null,
  now: Instant,
): Suppression | null {
  const holds = (one: Suppression) =>
    spanHolds(one, now) && mayHold(one, finding.severity) && fits(one.filter, finding, profile)
  return suppressions.find(holds) ?? null
}

function mayHold({ filter }: Suppression, severity: FindingSeverity): boolean {
  if (severity !== 'CRITICAL') return true
  return filter.severity?.some((pattern) => pattern.toUpperCase() === 'CRITICAL') ?? false
}

import type { Instant } from '../../core/time/instant.ts'
import type { Item } from '../../ports/table.ts'
import { nameHash } from './keys.ts'

/** That an incident names an indicator: `IND#hash` / `INC#id`, so that one query answers who else does. */
export function indicatorRow(
  indicator: string,
  { incidentId, accountId, at }: { readonly incidentId: string; readonly accountId: string; readonly at: Instant },
): Item {
  return { pk: indicatorPk(indicator), sk: `INC#${incidentId}`, indicator, incidentId, accountId, at }
}

export function indicatorPk(indicator: string): string {
  return `IND#${nameHash(indicator).slice(0, 40)}`
}

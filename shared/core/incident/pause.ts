import type { IncidentSeverity } from '../severity/severity.ts'

const FIRST_SECONDS = 60
const LONGEST_SECONDS = { SEV1: 300, other: 900 }

/** How long nobody is called after a round in which everybody was: it doubles from one round to the next. */
export function pauseSeconds(round: number, severity: IncidentSeverity): number {
  const longest = severity === 'SEV1' ? LONGEST_SECONDS.SEV1 : LONGEST_SECONDS.other
  return Math.min(FIRST_SECONDS * 2 ** Math.min(round - 1, 10), longest)
}

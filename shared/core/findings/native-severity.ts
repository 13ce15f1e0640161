import type { FindingSeverity } from '../severity/severity.ts'

/**
 * GuardDuty's bands. The published bands leave gaps (8.9 to 9.0); a number in a gap belongs to the band below it.
 * @param severity 0 to 10, else null is returned.
 */
export function gradeOfGuardDuty(severity: number): FindingSeverity | null {
  if (!(severity >= 0 && severity <= 10)) return null
  if (severity >= 9) return 'CRITICAL'
  if (severity >= 7) return 'HIGH'
  if (severity >= 4) return 'MEDIUM'
  return severity > 0 ? 'LOW' : 'INFORMATIONAL'
}

/**
 * ASFF `Severity.Normalized`, as Security Hub turns it into a label.
 * @param normalized 0 to 100, else null is returned.
 */
export function gradeOfNormalized(normalized: number): FindingSeverity | null {
  if (!(normalized >= 0 && normalized <= 100)) return null
  if (normalized >= 90) return 'CRITICAL'
  if (normalized >= 70) return 'HIGH'
  if (normalized >= 40) return 'MEDIUM'
  return normalized > 0 ? 'LOW' : 'INFORMATIONAL'
}

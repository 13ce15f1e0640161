/** How bad one finding is, in the words of AWS. */
export const FINDING_SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number]

/** How bad an incident is; SEV1 is worst. */
export const INCIDENT_SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const
export type IncidentSeverity = (typeof INCIDENT_SEVERITIES)[number]

const INCIDENT_SEVERITY_OF: Record<FindingSeverity, IncidentSeverity | null> = {
  CRITICAL: 'SEV1',
  HIGH: 'SEV2',
  MEDIUM: 'SEV3',
  LOW: 'SEV4',
  INFORMATIONAL: null,
}

/** The severity of the incident that a finding opens; null for one that never opens any. */
export function incidentSeverityOf(severity: FindingSeverity): IncidentSeverity | null {
  return INCIDENT_SEVERITY_OF[severity]
}

/** The worse of two. */
export function worseFinding(a: FindingSeverity, b: FindingSeverity): FindingSeverity {
  return FINDING_SEVERITIES.indexOf(a) <= FINDING_SEVERITIES.indexOf(b) ? a : b
}

/** CRITICAL is worse than HIGH; nothing is worse than itself. */
export function isWorseFinding(a: FindingSeverity, b: FindingSeverity): boolean {
  return FINDING_SEVERITIES.indexOf(a) < FINDING_SEVERITIES.indexOf(b)
}

/** SEV1 is worse than SEV2. */
export function isWorse(a: IncidentSeverity, b: IncidentSeverity): boolean {
  return a < b
}

/** SEV1 and SEV2 ring at any hour; the others wait for the end of quiet hours (rule of paging 4). */
export function ringsAtNight(severity: IncidentSeverity): boolean {
  return severity === 'SEV1' || severity === 'SEV2'
}

import type { SeverityRule } from '../directory/finding-rules.ts'

/**
 * What Muster makes of findings whose provider gives no severity. The first that fits decides; the user's own come
 * before these. None raises.
 */
export const DEFAULT_SEVERITY_RULES: readonly SeverityRule[] = [
  {
    id: 'malware-in-object',
    filter: { source: ['guardduty'], trait: ['threats-found'] },
    severity: 'HIGH',
    use: 'missing',
  },
  // Application Auto Scaling makes these alarms to scale by; they come and go all day (its User Guide, "Target tracking").
  {
    id: 'cloudwatch-scaling-alarm',
    filter: { source: ['cloudwatch'], title: ['TargetTracking-*'] },
    severity: 'INFORMATIONAL',
    use: 'missing',
  },
  { id: 'cloudwatch-alarm', filter: { source: ['cloudwatch'] }, severity: 'HIGH', use: 'missing' },
  // A rule that somebody set up is broken: soon, not at night.
  {
    id: 'config-non-compliant',
    filter: { source: ['config'], trait: ['non-compliant'] },
    severity: 'MEDIUM',
    use: 'missing',
  },
  // AWS found the key in public; whoever found it too may be using it (AWS Health, "AWS_RISK_CREDENTIALS_EXPOSED").
  {
    id: 'health-exposed-credentials',
    filter: { source: ['health'], type: ['AWS_RISK_CREDENTIALS_*'] },
    severity: 'CRITICAL',
    use: 'missing',
  },
  { id: 'health-risk', filter: { source: ['health'], type: ['AWS_RISK_*'] }, severity: 'HIGH', use: 'missing' },
  // AWS was told that the account attacks others: often the first sign of an intruder, and it wants an answer in a day.
  { id: 'health-abuse', filter: { source: ['health'], type: ['AWS_ABUSE_*'] }, severity: 'HIGH', use: 'missing' },
  {
    id: 'health-security-issue',
    filter: {
      source: ['health'],
      trait: ['issue', 'investigation'],
      type: ['*SECURITY*', '*COMPROMISE*', '*EXPOSED*', '*EXPOSURE*', '*VULNERABILIT*', '*UNAUTHORIZED*'],
    },
    severity: 'HIGH',
    use: 'missing',
  },
  // Operations' business first; it explains what else is seen.
  {
    id: 'health-issue',
    filter: { source: ['health'], trait: ['issue', 'investigation'] },
    severity: 'LOW',
    use: 'missing',
  },
  { id: 'health-notification', filter: { source: ['health'] }, severity: 'INFORMATIONAL', use: 'missing' },
  // As the exposed credentials of AWS Health.
  {
    id: 'trusted-advisor-exposed-keys',
    filter: { source: ['trusted-advisor'], type: ['Exposed Access Keys*'] },
    severity: 'CRITICAL',
    use: 'missing',
  },
  // The event has no category, so checks of the category Security are known by name (AWS Support User Guide, "Security").
  {
    id: 'trusted-advisor-security-error',
    filter: {
      source: ['trusted-advisor'],
      trait: ['error'],
      type: [
        'Security Groups*',
        '*Security Group*',
        'IAM *',
        'MFA on Root*',
        '*Root*MFA*',
        '*Bucket Permissions*',
        '*Public Snapshots*',
        '*CloudTrail*',
        '*Listener Security*',
        '*SSL Certificate*',
        '*Deprecated Runtimes*',
        '*for security*',
      ],
    },
    severity: 'MEDIUM',
    use: 'missing',
  },
  // Costs, limits, speed, and what is yellow: for working hours.
  { id: 'trusted-advisor', filter: { source: ['trusted-advisor'] }, severity: 'INFORMATIONAL', use: 'missing' },
  // Somebody asked AWS's responders, or they saw something themselves: an incident is under way.
  {
    id: 'security-ir-case',
    filter: { source: ['security-ir'], type: ['Case Created'] },
    severity: 'HIGH',
    use: 'missing',
  },
  // Nobody has scored it yet, but an exploit is known.
  {
    id: 'inspector-untriaged-exploitable',
    filter: { source: ['inspector'], trait: ['untriaged-exploitable'] },
    severity: 'HIGH',
    use: 'missing',
  },
  // As Security Hub labels them. Inspector sends the finding again once it is scored, and that pages.
  {
    id: 'inspector-untriaged',
    filter: { source: ['inspector'], trait: ['untriaged'] },
    severity: 'INFORMATIONAL',
    use: 'missing',
  },
  {
    id: 'access-analyzer-public',
    filter: { source: ['access-analyzer'], trait: ['public'] },
    severity: 'HIGH',
    use: 'missing',
  },
  {
    id: 'access-analyzer-unused',
    filter: { source: ['access-analyzer'], trait: ['unused-access'] },
    severity: 'LOW',
    use: 'missing',
  },
  {
    id: 'access-analyzer-access',
    filter: { source: ['access-analyzer'], trait: ['external-access', 'internal-access'] },
    severity: 'MEDIUM',
    use: 'missing',
  },
  // What each watched call means: shared/sources/watched-api-calls.ts.
  {
    id: 'cloudtrail-watched-critical',
    filter: { source: ['cloudtrail'], trait: ['watched-critical'] },
    severity: 'CRITICAL',
    use: 'missing',
  },
  // Nobody works as root; whoever does, and with a password alone, may be anybody.
  {
    id: 'cloudtrail-root-without-mfa',
    filter: { source: ['cloudtrail'], trait: ['root-without-mfa'] },
    severity: 'CRITICAL',
    use: 'missing',
  },
  {
    id: 'cloudtrail-root-sign-in-failed',
    filter: { source: ['cloudtrail'], trait: ['root-sign-in-failed'] },
    severity: 'MEDIUM',
    use: 'missing',
  },
  { id: 'cloudtrail-root', filter: { source: ['cloudtrail'], trait: ['root-user'] }, severity: 'HIGH', use: 'missing' },
  {
    id: 'cloudtrail-watched-high',
    filter: { source: ['cloudtrail'], trait: ['watched-high'] },
    severity: 'HIGH',
    use: 'missing',
  },
  {
    id: 'cloudtrail-watched-medium',
    filter: { source: ['cloudtrail'], trait: ['watched-medium', 'sign-in-without-mfa'] },
    severity: 'MEDIUM',
    use: 'missing',
  },
  // It was not allowed, but somebody tried.
  {
    id: 'cloudtrail-watched-denied',
    filter: { source: ['cloudtrail'], trait: ['watched-denied'] },
    severity: 'MEDIUM',
    use: 'missing',
  },
  {
    id: 'cloudtrail-watched-low',
    filter: { source: ['cloudtrail'], trait: ['watched-low'] },
    severity: 'LOW',
    use: 'missing',
  },
]

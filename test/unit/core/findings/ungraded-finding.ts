import type { UngradedFinding } from '../../../../shared/core/findings/finding.ts'

/** A finding as a source reads it; `change` says what is different. */
export function ungraded(change: Partial<UngradedFinding> = {}): UngradedFinding {
  return {
    key: 'sample-key',
    findingId: 'finding/1',
    wrapping: 'asff',
    source: 'securityhub',
    type: 'Software and Configuration Checks/Open',
    family: 'Software and Configuration Checks',
    severity: 'HIGH',
    nativeSeverity: 'HIGH',
    title: 'A bucket is open',
    accountId: '111122223333',
    region: 'eu-central-1',
    partition: 'aws',
    resources: [
      { type: 'AwsS3Bucket', id: 'arn:aws:s3:::first' },
      { type: 'AwsEc2Instance', id: 'i-1' },
    ],
    principal: 'arn:aws:iam::111122223333:user/sample',
    principals: [],
    firstSeenAt: '2027-03-10T09:00:00.000Z',
    lastSeenAt: '2027-03-10T09:30:00.000Z',
    version: { updatedAt: '2027-03-10T09:30:00.000Z', state: 'active' },
    count: 1,
    traits: ['public', 'no-mfa'],
    tags: { team: 'payments', tier: '1' },
    indicators: [],
    signals: [],
    ignoredReason: null,
    ...change,
  }
}

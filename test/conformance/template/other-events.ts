import { sampleEvent } from '../../unit/sources/sample-events.ts'

export interface NamedEvent {
  readonly name: string
  readonly event: Readonly<Record<string, unknown>>
}

const ENVELOPE = {
  version: '0',
  id: '0e0e0e0e-0000-4000-8000-000000000001',
  account: '444455556666',
  time: '2027-03-09T08:10:00Z',
  region: 'eu-central-1',
  resources: [],
}

function other(name: string, source: string, detailType: string, detail: object = {}): NamedEvent {
  return { name, event: { ...ENVELOPE, source, 'detail-type': detailType, detail } }
}

/** A finding that somebody else has put on the bus, or that has another name. */
function altered(name: string, sample: string, change: object): NamedEvent {
  return { name, event: { ...(sampleEvent(sample) as object), ...change } }
}

/** Events that share a bus, a source or a name with findings, and must wake nobody. */
export const OTHER_EVENTS: readonly NamedEvent[] = [
  other('a call that CloudTrail saw', 'aws.s3', 'AWS API Call via CloudTrail', { eventName: 'DeleteBucket' }),
  other('a call to GuardDuty', 'aws.guardduty', 'AWS API Call via CloudTrail', { eventName: 'DeleteDetector' }),
  other('a call to Security Hub', 'aws.securityhub', 'AWS API Call via CloudTrail', {
    eventName: 'BatchUpdateFindings',
  }),
  other('a sign-in', 'aws.signin', 'AWS Console Sign In via CloudTrail', { eventName: 'ConsoleLogin' }),
  other('an instance that stops', 'aws.ec2', 'EC2 Instance State-change Notification', { state: 'stopped' }),
  other('the minute', 'aws.events', 'Scheduled Event'),
  other('an alarm of Muster that rings', 'aws.cloudwatch', 'CloudWatch Alarm State Change', {
    alarmName: 'muster-prod-missed-tick',
    state: { value: 'ALARM' },
  }),
  other('a mute rule of CloudWatch', 'aws.cloudwatch', 'CloudWatch Alarm Mute Rule State Change'),
  other('a scan of Inspector', 'aws.inspector2', 'Inspector2 Scan'),
  other("an event of Muster's own", 'muster', 'Incident Opened'),
  other('a mail that was delivered', 'aws.ses', 'Email Delivered', { mail: { tags: {} } }),
  altered('a GuardDuty finding put by an application', 'guardduty/leaked-access-key', { source: 'com.example' }),
  altered('a Security Hub finding put by an application', 'securityhub/leaked-access-key', { source: 'com.example' }),
  altered('a finding under the name of the other service', 'guardduty/leaked-access-key', {
    source: 'aws.securityhub',
  }),
  altered('a finding of another kind of event', 'securityhub/leaked-access-key', { 'detail-type': 'Findings' }),
]

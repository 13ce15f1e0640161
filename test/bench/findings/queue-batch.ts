import type { SQSRecord } from 'aws-lambda'
import { ACCOUNT } from '../cost/sample-organisation.ts'
import { eventOf, REGION, type StormFinding } from './storm-events.ts'

const QUEUE = `arn:aws:sqs:${REGION}:${ACCOUNT}:muster-findings`
/** Lengths that the queue's own have. */
const RECEIPT = 'AQEB'.padEnd(380, 'x')

/** What Lambda hands to a function for a batch of its queue, as the text that its runtime reads. */
export function invocationText(findings: readonly StormFinding[]): string {
  return JSON.stringify({ Records: findings.map(recordOf) })
}

function recordOf(finding: StormFinding): SQSRecord {
  return {
    messageId: `${finding.id.slice(-12)}-0000-4000-8000-000000000000`,
    receiptHandle: RECEIPT,
    body: JSON.stringify(eventOf(finding)),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1804669200000',
      SenderId: 'AIDAEXAMPLEEXAMPLE01',
      ApproximateFirstReceiveTimestamp: '1804669200001',
    },
    messageAttributes: {},
    md5OfBody: '0123456789abcdef0123456789abcdef',
    eventSource: 'aws:sqs',
    eventSourceARN: QUEUE,
    awsRegion: REGION,
  }
}

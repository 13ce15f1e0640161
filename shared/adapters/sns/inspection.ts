import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns'
import type { SubscriptionCounts } from '../../core/readiness/judge-alarm-topic.ts'
import type { TopicInspection } from '../../ports/inspection.ts'
import { lookFor } from '../../ports/look.ts'

/** Topics by their ARNs. Who is subscribed is not kept: addresses are nobody's business here. */
export function topicInspection(client: SNSClient): TopicInspection {
  return { subscriptions: (topicArn) => lookFor('sns:ListSubscriptionsByTopic', () => counts(client, topicArn)) }
}

async function counts(client: SNSClient, topicArn: string): Promise<SubscriptionCounts> {
  const arns: string[] = []
  for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn })) {
    arns.push(...(page.Subscriptions ?? []).map(({ SubscriptionArn = '' }) => SubscriptionArn))
  }
  // In place of an ARN the service says `PendingConfirmation`, or `Deleted`.
  return {
    confirmed: arns.filter((arn) => arn.startsWith('arn:')).length,
    pending: arns.filter((arn) => /^pending/i.test(arn)).length,
  }
}

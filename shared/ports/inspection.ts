import type { StackResource } from '../core/readiness/deployed-stack.ts'
import type { SubscriptionCounts } from '../core/readiness/judge-alarm-topic.ts'
import type { KeyFacts } from '../core/readiness/judge-key.ts'
import type { MailAccountFacts, MailDestinationFacts, MailIdentityFacts } from '../core/readiness/judge-mail.ts'
import type { OriginationFacts } from '../core/readiness/judge-sms.ts'
import type { StackFacts } from '../core/readiness/judge-stack.ts'
import type { TableFacts } from '../core/readiness/judge-table.ts'
import type { Looked } from '../core/readiness/looked.ts'

/**
 * What can be seen of a deployed Muster, service by service. Nothing here changes anything, or rejects; null stands for
 * what does not exist. Each method asks for one permission.
 */
export interface Inspection {
  readonly stacks: StackInspection
  readonly rules: RuleInspection
  readonly topics: TopicInspection
  readonly queues: QueueInspection
  readonly tables: TableInspection
  readonly keys: KeyInspection
  readonly mail: MailInspection
  readonly sms: SmsInspection
}

export interface StackInspection {
  stack(name: string): Promise<Looked<StackFacts | null>>
  /** Those that exist now. */
  resources(name: string): Promise<Looked<readonly StackResource[] | null>>
}

export interface RuleInspection {
  enabled(name: string): Promise<Looked<boolean | null>>
  /** ARNs. */
  targets(name: string): Promise<Looked<readonly string[]>>
}

export interface TopicInspection {
  subscriptions(topicArn: string): Promise<Looked<SubscriptionCounts | null>>
}

export interface QueueInspection {
  /** How many messages, also those in flight and those that wait for their delay. */
  count(queueUrl: string): Promise<Looked<number | null>>
}

export interface TableInspection {
  table(name: string): Promise<Looked<TableFacts | null>>
  /** Whether point-in-time recovery is on. */
  recoverable(name: string): Promise<Looked<boolean | null>>
}

export interface KeyInspection {
  key(keyId: string): Promise<Looked<KeyFacts | null>>
  rotates(keyId: string): Promise<Looked<boolean>>
}

export interface MailInspection {
  account(): Promise<Looked<MailAccountFacts>>
  /** @param name an address or a domain. */
  identity(name: string): Promise<Looked<MailIdentityFacts | null>>
  /** Whether a configuration set may send. */
  configurationSet(name: string): Promise<Looked<boolean | null>>
  eventDestinations(configurationSet: string): Promise<Looked<readonly MailDestinationFacts[] | null>>
}

export interface SmsInspection {
  /** @param identity the ARN of a phone number, a pool or a sender id. */
  origination(identity: string): Promise<Looked<OriginationFacts | null>>
  /** `PRODUCTION` or `SANDBOX`. */
  tier(): Promise<Looked<string | null>>
  /** US dollars a month for texts. */
  monthlyLimit(): Promise<Looked<number | null>>
}

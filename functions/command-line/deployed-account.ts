import { createCloudFormationClient } from '../../shared/adapters/cloudformation/client.ts'
import { stackInspection } from '../../shared/adapters/cloudformation/inspection.ts'
import { ownRegion } from '../../shared/adapters/cloudformation/own-region.ts'
import { createDynamoClient } from '../../shared/adapters/dynamodb/client.ts'
import { tableInspection } from '../../shared/adapters/dynamodb/inspection.ts'
import { dynamoTable } from '../../shared/adapters/dynamodb/table.ts'
import { createEventBridgeClient } from '../../shared/adapters/eventbridge/client.ts'
import { ruleInspection } from '../../shared/adapters/eventbridge/inspection.ts'
import { createKmsClient } from '../../shared/adapters/kms/client.ts'
import { keyInspection } from '../../shared/adapters/kms/inspection.ts'
import { ownTime } from '../../shared/adapters/node-runtime/machine-time.ts'
import { createSesClient } from '../../shared/adapters/ses/client.ts'
import { mailInspection } from '../../shared/adapters/ses/inspection.ts'
import { createSmsClient } from '../../shared/adapters/sms/client.ts'
import { smsInspection } from '../../shared/adapters/sms/inspection.ts'
import { createSnsClient } from '../../shared/adapters/sns/client.ts'
import { topicInspection } from '../../shared/adapters/sns/inspection.ts'
import { createSqsClient } from '../../shared/adapters/sqs/client.ts'
import { sqsDeadLetters } from '../../shared/adapters/sqs/dead-letters.ts'
import { queueInspection } from '../../shared/adapters/sqs/inspection.ts'
import type { DeployedAccount } from '../../shared/ports/deployed-account.ts'

/** A person waits at a command line, not a page: longer than the functions do. */
const REQUEST_MS = 10_000
const ATTEMPTS = 5

/**
 * The account that the credentials of this machine lead to.
 * @param region without one, that of `AWS_REGION` or of the profile.
 * @returns null when no region is named anywhere.
 */
export async function deployedAccount(region: string | undefined): Promise<DeployedAccount | null> {
  const named = region ?? (await ownRegion())
  if (named === null) return null
  const connection = { region: named, requestMilliseconds: REQUEST_MS }
  const dynamo = createDynamoClient(connection)
  const sqs = createSqsClient(connection)
  return {
    region: named,
    inspection: {
      stacks: stackInspection(createCloudFormationClient(connection)),
      rules: ruleInspection(createEventBridgeClient(connection)),
      topics: topicInspection(createSnsClient(connection)),
      queues: queueInspection(sqs),
      tables: tableInspection(dynamo),
      keys: keyInspection(createKmsClient(connection)),
      mail: mailInspection(createSesClient({ ...connection, attempts: ATTEMPTS })),
      sms: smsInspection(createSmsClient({ ...connection, attempts: ATTEMPTS })),
    },
    deadLetters: sqsDeadLetters(sqs),
    time: ownTime,
    table: (names) => dynamoTable({ client: dynamo, names }),
  }
}

import { DescribeContinuousBackupsCommand, DescribeTableCommand, type TableDescription } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { TableFacts } from '../../core/readiness/judge-table.ts'
import type { TableInspection } from '../../ports/inspection.ts'
import { lookFor } from '../../ports/look.ts'

/** Tables by their names in the account. */
export function tableInspection(client: DynamoDBDocumentClient): TableInspection {
  return {
    table: (name) =>
      lookFor('dynamodb:DescribeTable', async () => {
        const { Table = {} } = await client.send(new DescribeTableCommand({ TableName: name }))
        return factsOf(Table)
      }),
    recoverable: (name) =>
      lookFor('dynamodb:DescribeContinuousBackups', async () => {
        const answer = await client.send(new DescribeContinuousBackupsCommand({ TableName: name }))
        const recovery = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription
        return recovery?.PointInTimeRecoveryStatus === 'ENABLED'
      }),
  }
}

function factsOf({
  TableStatus,
  DeletionProtectionEnabled,
  SSEDescription,
  StreamSpecification,
}: TableDescription): TableFacts {
  return {
    // A table that is being changed can be used all the same.
    isActive: TableStatus === 'ACTIVE' || TableStatus === 'UPDATING',
    isProtected: DeletionProtectionEnabled === true,
    keyArn: SSEDescription?.SSEType === 'KMS' ? (SSEDescription.KMSMasterKeyArn ?? null) : null,
    hasStream: StreamSpecification?.StreamEnabled === true,
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import { CreateTableCommand, DescribeTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { tableDefinition } from '../../shared/adapters/dynamodb/table-definitions.ts'

const LOOK_AGAIN_MS = 5
const LOOKS = 400

/** Creates those of the tables that are not there, and waits until all can be used. Throws the SDK's errors. */
export async function createTables(client: DynamoDBDocumentClient, names: readonly string[]): Promise<void> {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}))
  const missing = names.filter((name) => !TableNames.includes(name))
  await Promise.all(missing.map((name) => createTable(client, name)))
}

async function createTable(client: DynamoDBDocumentClient, name: string): Promise<void> {
  await client.send(new CreateTableCommand(tableDefinition(name)))
  for (let look = 0; look < LOOKS; look += 1) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }))
    if (Table?.TableStatus === 'ACTIVE') return
    await wait(LOOK_AGAIN_MS)
  }
  throw new Error(`the table ${name} did not become active`)
}

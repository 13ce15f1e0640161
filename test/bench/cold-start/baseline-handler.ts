import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})

/** The least that a function of this kind does: the database's client alone, and one read. */
export async function handler(): Promise<{ readonly found: boolean }> {
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: process.env.MUSTER_INCIDENTS_TABLE,
      Key: { pk: { S: 'DIR' }, sk: { S: 'NOW' } },
      ConsistentRead: true,
    }),
  )
  return { found: Item !== undefined }
}

import type { AddressInfo } from 'node:net'
import dynalite from 'dynalite'
import { createTables } from '../../infra/local/create-tables.ts'
import { LOCAL_CONNECTION, LOCAL_TABLES } from '../../infra/local/database.ts'
import { createDynamoClient } from '../../shared/adapters/dynamodb/client.ts'
import { dynamoTable } from '../../shared/adapters/dynamodb/table.ts'
import type { TableUnderTest } from './table-contract.ts'

/** The DynamoDB adapter over the embedded database, in memory and on a free port of loopback. */
export async function dynaliteTable(): Promise<TableUnderTest> {
  const server = dynalite({ createTableMs: 0 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = createDynamoClient({ ...LOCAL_CONNECTION, endpoint })
  await createTables(client, Object.values(LOCAL_TABLES))
  const close = async (): Promise<void> => {
    client.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { table: dynamoTable({ client, names: LOCAL_TABLES }), close }
}

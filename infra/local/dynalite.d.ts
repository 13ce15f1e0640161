/** The embedded database: a public server, and the inner store that is mended before the server opens it. */
declare module 'dynalite' {
  import type { Server } from 'node:http'
  export default function dynalite(options?: { path?: string; createTableMs?: number }): Server
}

declare module 'dynalite/db/index.js' {
  interface Level {
    open(): Promise<void>
    close(): Promise<void>
    batch(
      operations: readonly ({ type: 'put'; key: string; value: unknown } | { type: 'del'; key: string })[],
    ): Promise<void>
    iterator(range: { gte: string; lt: string; valueEncoding: 'utf8' }): AsyncIterable<[string, string]>
    iterator(range: { gte: string; lt: string }): AsyncIterable<[string, unknown]>
  }
  interface TableRecord {
    TableName: string
    TableStatus: string
    GlobalSecondaryIndexes?: { IndexName: string; IndexStatus: string; KeySchema: { AttributeName: string }[] }[]
  }
  interface Database {
    create(options: { path: string }): { db: Level }
    getIndexActions(
      indexes: TableRecord['GlobalSecondaryIndexes'],
      existingItem: null,
      item: unknown,
      table: TableRecord,
    ): { puts: { index: string; key: string; item: unknown }[] }
  }
  const database: Database
  export default database
}

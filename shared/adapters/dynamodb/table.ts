import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { PermanentFault } from '../../ports/faults.ts'
import type {
  Attribute,
  Condition,
  IndexName,
  IndexQuery,
  IndexRow,
  Item,
  Key,
  Query,
  ScanPage,
  Table,
  TableName,
  TableRead,
} from '../../ports/table.ts'
import { conditionExpression, keyExpression, Placeholders, updateExpression } from './expressions.ts'
import { isConditionFailure, toFault } from './faults.ts'

const PAGE_ITEMS = 1000

export interface DynamoTableOptions {
  readonly client: DynamoDBDocumentClient
  /** What the tables are called in the account. */
  readonly names: Readonly<Record<TableName, string>>
}

/**
 * The table over DynamoDB. A retry inside the SDK of a conditional write whose first answer was lost says `false`
 * although the write has happened; callers look for their cause before they believe it.
 */
export function dynamoTable(options: DynamoTableOptions): Table {
  return new DynamoTable(options)
}

class DynamoTable implements Table {
  readonly #client: DynamoDBDocumentClient
  readonly #names: Readonly<Record<TableName, string>>

  constructor({ client, names }: DynamoTableOptions) {
    this.#client = client
    this.#names = names
  }

  async get(table: TableName, { pk, sk }: Key): Promise<Item | null> {
    const command = new GetCommand({ TableName: this.#names[table], Key: { pk, sk }, ConsistentRead: true })
    const answer = await this.#ask('get', () => this.#client.send(command))
    return answer.Item === undefined ? null : asItem(answer.Item)
  }

  async batchGet(reads: readonly TableRead[]): ReturnType<Table['batchGet']> {
    checkBatchSize(reads, 100)
    if (reads.length === 0) return { items: [], leftOver: [] }
    const asked = Map.groupBy(reads, (read) => read.table)
    const requests = [...asked].map(([table, ofTable]) => [
      this.#names[table],
      { Keys: ofTable.map(({ key }) => ({ pk: key.pk, sk: key.sk })), ConsistentRead: true },
    ])
    const command = new BatchGetCommand({ RequestItems: Object.fromEntries(requests) })
    const answer = await this.#ask('batch get', () => this.#client.send(command))
    const tables = [...asked.keys()]
    return {
      items: tables.flatMap((table) =>
        (answer.Responses?.[this.#names[table]] ?? []).map((item) => ({ table, item: asItem(item) })),
      ),
      leftOver: tables.flatMap((table) =>
        (answer.UnprocessedKeys?.[this.#names[table]]?.Keys ?? []).map((key) => ({ table, key: asItem(key) })),
      ),
    }
  }

  async put(table: TableName, item: Item, conditions: readonly Condition[] = []): Promise<boolean> {
    const to = new Placeholders()
    const command = new PutCommand({
      TableName: this.#names[table],
      Item: item,
      ConditionExpression: conditionExpression(conditions, to),
      ...to.forRequest(),
    })
    return this.#write('put', () => this.#client.send(command))
  }

  async update(
    table: TableName,
    { pk, sk }: Key,
    change: { readonly set?: Readonly<Record<string, Attribute>>; readonly remove?: readonly string[] },
    conditions: readonly Condition[] = [],
  ): Promise<boolean> {
    const to = new Placeholders()
    const command = new UpdateCommand({
      TableName: this.#names[table],
      Key: { pk, sk },
      UpdateExpression: updateExpression(change, to),
      ConditionExpression: conditionExpression([{ kind: 'present' }, ...conditions], to),
      ...to.forRequest(),
    })
    return this.#write('update', () => this.#client.send(command))
  }

  async delete(table: TableName, { pk, sk }: Key, conditions: readonly Condition[] = []): Promise<boolean> {
    const to = new Placeholders()
    const command = new DeleteCommand({
      TableName: this.#names[table],
      Key: { pk, sk },
      ConditionExpression: conditionExpression(conditions, to),
      ...to.forRequest(),
    })
    return this.#write('delete', () => this.#client.send(command))
  }

  async putMany(table: TableName, items: readonly Item[]): Promise<readonly Item[]> {
    checkBatchSize(items, 25)
    if (items.length === 0) return []
    const name = this.#names[table]
    const command = new BatchWriteCommand({ RequestItems: { [name]: items.map((Item) => ({ PutRequest: { Item } })) } })
    const answer = await this.#ask('batch write', () => this.#client.send(command))
    return (answer.UnprocessedItems?.[name] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item === undefined ? [] : [asItem(PutRequest.Item)],
    )
  }

  async query(table: TableName, query: Query): ReturnType<Table['query']> {
    const to = new Placeholders()
    const command = new QueryCommand({
      TableName: this.#names[table],
      KeyConditionExpression: keyExpression(['pk', query.pk], 'sk', query, to),
      ...to.forRequest(),
      ConsistentRead: true,
      ...paging(query),
      ExclusiveStartKey: query.after === undefined ? undefined : { pk: query.pk, sk: query.after },
    })
    const answer = await this.#ask('query', () => this.#client.send(command))
    const last = answer.LastEvaluatedKey
    return { items: (answer.Items ?? []).map(asItem), next: last === undefined ? null : asItem(last).sk }
  }

  async queryIndex(table: TableName, index: IndexName, query: IndexQuery): ReturnType<Table['queryIndex']> {
    const [partition, sort] = [`${index}Pk`, `${index}At`]
    const { pk, after } = query
    const to = new Placeholders()
    const command = new QueryCommand({
      TableName: this.#names[table],
      IndexName: index,
      KeyConditionExpression: keyExpression([partition, pk], sort, query, to),
      ...to.forRequest(),
      ...paging(query),
      ExclusiveStartKey:
        after === undefined ? undefined : { pk: after.pk, sk: after.sk, [partition]: pk, [sort]: after.at },
    })
    const answer = await this.#ask('index query', () => this.#client.send(command))
    const last = answer.LastEvaluatedKey
    return {
      rows: (answer.Items ?? []).map((row) => asIndexRow(row, sort)),
      next: last === undefined ? null : asIndexRow(last, sort),
    }
  }

  async *scan(table: TableName): AsyncIterable<Item> {
    let after: Key | null = null
    do {
      const page: Awaited<ReturnType<Table['scanPage']>> = await this.scanPage(table, after === null ? {} : { after })
      yield* page.items
      after = page.next
    } while (after !== null)
  }

  async scanPage(table: TableName, { limit, after }: ScanPage): ReturnType<Table['scanPage']> {
    const command = new ScanCommand({
      TableName: this.#names[table],
      ConsistentRead: true,
      Limit: Math.min(limit ?? PAGE_ITEMS, PAGE_ITEMS),
      ExclusiveStartKey: after === undefined ? undefined : { pk: after.pk, sk: after.sk },
    })
    const answer = await this.#ask('scan', () => this.#client.send(command))
    const last = answer.LastEvaluatedKey
    return { items: (answer.Items ?? []).map(asItem), next: last === undefined ? null : keyOf(asItem(last)) }
  }

  async #write(operation: string, send: () => Promise<unknown>): Promise<boolean> {
    try {
      await send()
      return true
    } catch (error) {
      if (isConditionFailure(error)) return false
      throw toFault(operation, error)
    }
  }

  async #ask<Answer>(operation: string, send: () => Promise<Answer>): Promise<Answer> {
    try {
      return await send()
    } catch (error) {
      throw toFault(operation, error)
    }
  }
}

function paging(query: { readonly limit?: number; readonly descending?: boolean }): {
  Limit: number
  ScanIndexForward: boolean
} {
  return { Limit: Math.min(query.limit ?? PAGE_ITEMS, PAGE_ITEMS), ScanIndexForward: !query.descending }
}

function checkBatchSize(batch: readonly unknown[], most: number): void {
  if (batch.length > most) throw new PermanentFault(`a batch of ${batch.length}, at most ${most} are allowed`)
}

/** Only Muster writes these tables, and only flat items. */
function asItem(stored: Record<string, unknown>): Item {
  return stored as Item
}

function keyOf({ pk, sk }: Key): Key {
  return { pk, sk }
}

function asIndexRow(stored: Record<string, unknown>, sort: string): IndexRow {
  const row = asItem(stored)
  return { pk: row.pk, sk: row.sk, at: String(row[sort]) }
}

import type { CreateTableCommandInput, GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb'
import type { IndexName } from '../../ports/table.ts'

const INDEX_NAMES: readonly IndexName[] = ['due', 'list']

/** What CreateTable needs for one of Muster's tables: on demand, with both sparse, keys-only indexes. */
export function tableDefinition(name: string): CreateTableCommandInput {
  const attributes = ['pk', 'sk', ...INDEX_NAMES.flatMap((index) => [`${index}Pk`, `${index}At`])]
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    KeySchema: keySchema('pk', 'sk'),
    GlobalSecondaryIndexes: INDEX_NAMES.map(indexDefinition),
  }
}

function indexDefinition(index: IndexName): GlobalSecondaryIndex {
  return {
    IndexName: index,
    KeySchema: keySchema(`${index}Pk`, `${index}At`),
    Projection: { ProjectionType: 'KEYS_ONLY' },
  }
}

function keySchema(partition: string, sort: string): NonNullable<GlobalSecondaryIndex['KeySchema']> {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ]
}

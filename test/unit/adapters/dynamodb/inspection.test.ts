import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { LOCAL_CONNECTION } from '../../../../infra/local/database.ts'
import { createDynamoClient } from '../../../../shared/adapters/dynamodb/client.ts'
import { tableInspection } from '../../../../shared/adapters/dynamodb/inspection.ts'
import type { TableInspection } from '../../../../shared/ports/inspection.ts'
import { AwsJsonServer, type Call, Refusal } from '../../../contract/aws-json-server.ts'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/data-key'
let answer: (call: Call) => object
const server = new AwsJsonServer('1.0', (call) => answer(call))
let tables: TableInspection

beforeAll(async () => {
  const endpoint = await server.start()
  tables = tableInspection(createDynamoClient({ ...LOCAL_CONNECTION, endpoint, requestMilliseconds: 10_000 }))
})
afterAll(() => server.stop())
beforeEach(() => server.reset())

const WHOLE = {
  TableStatus: 'ACTIVE',
  DeletionProtectionEnabled: true,
  SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: KEY },
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
}
const FACTS = { isActive: true, isProtected: true, keyArn: KEY, hasStream: true }

test.each([
  [WHOLE, FACTS],
  [{ ...WHOLE, TableStatus: 'UPDATING' }, FACTS],
  [
    { ...WHOLE, TableStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' },
    { ...FACTS, isActive: false },
  ],
  [{ TableStatus: 'ACTIVE' }, { isActive: true, isProtected: false, keyArn: null, hasStream: false }],
])('a table that is %j', async (Table, fact) => {
  answer = () => ({ Table })
  expect(await tables.table('incidents')).toEqual({ status: 'seen', fact })
  expect(server.calls).toMatchObject([{ operation: 'DescribeTable', input: { TableName: 'incidents' } }])
})

test.each([
  ['ENABLED', true],
  ['DISABLED', false],
])('point-in-time recovery that is %s', async (PointInTimeRecoveryStatus, fact) => {
  const PointInTimeRecoveryDescription = { PointInTimeRecoveryStatus }
  const description = { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription }
  answer = () => ({ ContinuousBackupsDescription: description })
  expect(await tables.recoverable('incidents')).toEqual({ status: 'seen', fact })
  expect(server.calls).toMatchObject([{ operation: 'DescribeContinuousBackups', input: { TableName: 'incidents' } }])
})

test('a table that is gone, or may not be looked at', async () => {
  answer = ({ operation }) => {
    throw new Refusal(operation === 'DescribeTable' ? 'ResourceNotFoundException' : 'TableNotFoundException')
  }
  expect(await tables.table('incidents')).toEqual({ status: 'seen', fact: null })
  expect(await tables.recoverable('incidents')).toEqual({ status: 'seen', fact: null })
  answer = () => {
    throw new Refusal('AccessDeniedException')
  }
  expect(await tables.table('incidents')).toEqual({ status: 'not-allowed', action: 'dynamodb:DescribeTable' })
  expect(await tables.recoverable('incidents')).toEqual({
    ...{ status: 'not-allowed', action: 'dynamodb:DescribeContinuousBackups' },
  })
})

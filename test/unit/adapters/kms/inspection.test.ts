import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { LOCAL_CONNECTION } from '../../../../infra/local/database.ts'
import { createKmsClient } from '../../../../shared/adapters/kms/client.ts'
import { keyInspection } from '../../../../shared/adapters/kms/inspection.ts'
import type { KeyInspection } from '../../../../shared/ports/inspection.ts'
import { AwsJsonServer, type Call, Refusal } from '../../../contract/aws-json-server.ts'

let answer: (call: Call) => object
const server = new AwsJsonServer('1.1', (call) => answer(call))
let keys: KeyInspection

beforeAll(async () => {
  const endpoint = await server.start()
  keys = keyInspection(createKmsClient({ ...LOCAL_CONNECTION, endpoint, requestMilliseconds: 10_000 }))
})
afterAll(() => server.stop())
beforeEach(() => server.reset())

test.each([
  ['Enabled', 'SYMMETRIC_DEFAULT', true],
  ['PendingDeletion', 'SYMMETRIC_DEFAULT', true],
  ['Enabled', 'HMAC_256', false],
])('a key that is %s, %s', async (state, KeySpec, canRotate) => {
  answer = () => ({ KeyMetadata: { KeyId: 'k-1', KeyState: state, KeySpec } })
  expect(await keys.key('k-1')).toEqual({ status: 'seen', fact: { state, canRotate } })
  expect(server.calls).toMatchObject([{ operation: 'DescribeKey', input: { KeyId: 'k-1' } }])
})

test.each([true, false])('rotation: %j', async (fact) => {
  answer = () => ({ KeyRotationEnabled: fact })
  expect(await keys.rotates('k-1')).toEqual({ status: 'seen', fact })
  expect(server.calls).toMatchObject([{ operation: 'GetKeyRotationStatus', input: { KeyId: 'k-1' } }])
})

test('a key that is gone, or may not be looked at', async () => {
  answer = () => {
    throw new Refusal('NotFoundException')
  }
  expect(await keys.key('k-1')).toEqual({ status: 'seen', fact: null })
  answer = () => {
    throw new Refusal('AccessDeniedException')
  }
  expect(await keys.key('k-1')).toEqual({ status: 'not-allowed', action: 'kms:DescribeKey' })
  expect(await keys.rotates('k-1')).toEqual({ status: 'not-allowed', action: 'kms:GetKeyRotationStatus' })
})

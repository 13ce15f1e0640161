import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { LOCAL_CONNECTION } from '../../../../infra/local/database.ts'
import { createSmsClient } from '../../../../shared/adapters/sms/client.ts'
import { smsInspection } from '../../../../shared/adapters/sms/inspection.ts'
import type { SmsInspection } from '../../../../shared/ports/inspection.ts'
import { AwsJsonServer, type Call, Refusal } from '../../../contract/aws-json-server.ts'

const ARN = 'arn:aws:sms-voice:us-east-1:111122223333'
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:muster-prod-text-messages'
let answer: (call: Call) => object
const server = new AwsJsonServer('1.0', (call) => answer(call))
let sms: SmsInspection

beforeAll(async () => {
  const endpoint = await server.start()
  sms = smsInspection(createSmsClient({ ...LOCAL_CONNECTION, endpoint, requestMilliseconds: 10_000 }))
})
afterAll(() => server.stop())
beforeEach(() => server.reset())

const TWO_WAY = { TwoWayEnabled: true, TwoWayChannelArn: TOPIC }
const NUMBER = { PhoneNumberId: 'phone-1', Status: 'ACTIVE', NumberCapabilities: ['SMS'], ...TWO_WAY }

test.each([
  [NUMBER, { isActive: true, twoWayTopicArn: TOPIC }],
  [
    { ...NUMBER, Status: 'PENDING' },
    { isActive: false, twoWayTopicArn: TOPIC },
  ],
  [
    { ...NUMBER, NumberCapabilities: ['VOICE'] },
    { isActive: false, twoWayTopicArn: TOPIC },
  ],
  [
    { ...NUMBER, TwoWayEnabled: false },
    { isActive: true, twoWayTopicArn: null },
  ],
])('a number %j', async (found, fact) => {
  answer = () => ({ PhoneNumbers: [found] })
  expect(await sms.origination(`${ARN}:phone-number/phone-1`)).toEqual({
    status: 'seen',
    fact: { kind: 'phone-number', ...fact },
  })
  expect(server.calls).toMatchObject([{ operation: 'DescribePhoneNumbers', input: { PhoneNumberIds: ['phone-1'] } }])
})

test('a pool', async () => {
  answer = () => ({ Pools: [{ PoolId: 'pool-1', Status: 'ACTIVE', ...TWO_WAY }] })
  expect(await sms.origination(`${ARN}:pool/pool-1`)).toEqual({
    status: 'seen',
    fact: { kind: 'pool', isActive: true, twoWayTopicArn: TOPIC },
  })
  expect(server.calls).toMatchObject([{ operation: 'DescribePools', input: { PoolIds: ['pool-1'] } }])
})

test('a sender id', async () => {
  answer = () => ({ SenderIds: [{ SenderId: 'MUSTER', IsoCountryCode: 'DE' }] })
  expect(await sms.origination(`${ARN}:sender-id/MUSTER/DE`)).toEqual({
    status: 'seen',
    fact: { kind: 'sender-id', isActive: true, twoWayTopicArn: null },
  })
  expect(server.calls.map(({ input }) => input)).toEqual([
    { SenderIds: [{ SenderId: 'MUSTER', IsoCountryCode: 'DE' }] },
  ])
})

test('the ARN of something else is that of nothing', async () => {
  expect(await sms.origination(`${ARN}:opt-out-list/x`)).toEqual({ status: 'seen', fact: null })
  expect(await sms.origination('')).toEqual({ status: 'seen', fact: null })
  expect(server.calls).toEqual([])
})

test.each(['phone-number/phone-1', 'pool/pool-1', 'sender-id/MUSTER/DE'])('%s that is gone', async (name) => {
  answer = () => ({})
  expect(await sms.origination(`${ARN}:${name}`)).toEqual({ status: 'seen', fact: null })
  answer = () => {
    throw new Refusal('ResourceNotFoundException')
  }
  expect(await sms.origination(`${ARN}:${name}`)).toEqual({ status: 'seen', fact: null })
})

test.each([
  [[{ Name: 'ACCOUNT_TIER', Value: 'SANDBOX' }], 'SANDBOX'],
  [[{ Name: 'DEFAULT_PROTECT_CONFIGURATION_ID', Value: 'x' }], null],
])('the tier of %j', async (AccountAttributes, fact) => {
  answer = () => ({ AccountAttributes })
  expect(await sms.tier()).toEqual({ status: 'seen', fact })
})

test('the limit for texts, not that for calls', async () => {
  const limits = [
    { Name: 'VOICE_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit: 5, MaxLimit: 5, Overridden: false },
    { Name: 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit: 1, MaxLimit: 50, Overridden: true },
  ]
  answer = () => ({ SpendLimits: limits })
  expect(await sms.monthlyLimit()).toEqual({ status: 'seen', fact: 1 })
  answer = () => ({ SpendLimits: [] })
  expect(await sms.monthlyLimit()).toEqual({ status: 'seen', fact: null })
})

test('what may not be looked at', async () => {
  answer = () => {
    throw new Refusal('AccessDeniedException')
  }
  const looks = [
    ...['phone-number/phone-1', 'pool/pool-1', 'sender-id/MUSTER/DE'].map((name) => sms.origination(`${ARN}:${name}`)),
    ...[sms.tier(), sms.monthlyLimit()],
  ]
  expect((await Promise.all(looks)).map((looked) => ('action' in looked ? looked.action : null))).toEqual([
    'sms-voice:DescribePhoneNumbers',
    'sms-voice:DescribePools',
    'sms-voice:DescribeSenderIds',
    'sms-voice:DescribeAccountAttributes',
    'sms-voice:DescribeSpendLimits',
  ])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { LOCAL_CONNECTION } from '../../../../infra/local/database.ts'
import { createSnsClient } from '../../../../shared/adapters/sns/client.ts'
import { topicInspection } from '../../../../shared/adapters/sns/inspection.ts'
import type { TopicInspection } from '../../../../shared/ports/inspection.ts'
import { AwsQueryServer } from '../aws-query-server.ts'

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:muster-prod-alarms'
let server: AwsQueryServer
let topics: TopicInspection

beforeAll(async () => {
  server = await AwsQueryServer.start()
  topics = topicInspection(createSnsClient({ ...LOCAL_CONNECTION, endpoint: server.url }))
})
afterAll(() => server.stop())

test('counts subscriptions on every page by whether they are confirmed', async () => {
  server.answers(({ NextToken }) => {
    const arns = NextToken === undefined ? [`${TOPIC}:1`, 'PendingConfirmation'] : ['Deleted', `${TOPIC}:2`]
    const members = arns.map((arn) => `<member><SubscriptionArn>${arn}</SubscriptionArn></member>`).join('')
    const next = NextToken === undefined ? '<NextToken>2</NextToken>' : ''
    return { result: `<Subscriptions>${members}</Subscriptions>${next}` }
  })
  expect(await topics.subscriptions(TOPIC)).toEqual({ status: 'seen', fact: { confirmed: 2, pending: 1 } })
  expect(server.calls.map(({ Action, TopicArn }) => [Action, TopicArn])).toEqual([
    ['ListSubscriptionsByTopic', TOPIC],
    ['ListSubscriptionsByTopic', TOPIC],
  ])
})

test('nobody', async () => {
  server.answers(() => ({ result: '<Subscriptions/>' }))
  expect(await topics.subscriptions(TOPIC)).toEqual({ status: 'seen', fact: { confirmed: 0, pending: 0 } })
})

test.each([
  [
    { code: 'NotFound', message: 'Topic does not exist', status: 404 },
    { status: 'seen', fact: null },
  ],
  [
    { code: 'AuthorizationError', message: 'no', status: 403 },
    { status: 'not-allowed', action: 'sns:ListSubscriptionsByTopic' },
  ],
  [
    { code: 'InvalidParameter', message: 'no' },
    { status: 'unseen', why: 'InvalidParameterException' },
  ],
])('%j', async (answer, looked) => {
  server.answers(() => answer)
  expect(await topics.subscriptions(TOPIC)).toEqual(looked)
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { LOCAL_CONNECTION } from '../../../../infra/local/database.ts'
import { createEventBridgeClient } from '../../../../shared/adapters/eventbridge/client.ts'
import { ruleInspection } from '../../../../shared/adapters/eventbridge/inspection.ts'
import type { RuleInspection } from '../../../../shared/ports/inspection.ts'
import { AwsJsonServer, type Call, Refusal } from '../../../contract/aws-json-server.ts'

let answer: (call: Call) => object
const server = new AwsJsonServer('1.1', (call) => answer(call))
let rules: RuleInspection

beforeAll(async () => {
  rules = ruleInspection(createEventBridgeClient({ ...LOCAL_CONNECTION, endpoint: await server.start() }))
})
afterAll(() => server.stop())
beforeEach(() => server.reset())

test.each([
  ['ENABLED', true],
  ['ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', true],
  ['DISABLED', false],
])('a rule that is %s', async (State, fact) => {
  answer = () => ({ Name: 'tick', State })
  expect(await rules.enabled('tick')).toEqual({ status: 'seen', fact })
  expect(server.calls).toMatchObject([{ operation: 'DescribeRule', input: { Name: 'tick' } }])
})

test('targets on every page', async () => {
  answer = ({ input }) =>
    input.NextToken === undefined
      ? { Targets: [{ Id: '1', Arn: 'arn:1' }], NextToken: 'more' }
      : { Targets: [{ Id: '2', Arn: 'arn:2' }] }
  expect(await rules.targets('tick')).toEqual({ status: 'seen', fact: ['arn:1', 'arn:2'] })
  expect(server.calls.map(({ input }) => input)).toEqual([{ Rule: 'tick' }, { Rule: 'tick', NextToken: 'more' }])
})

test('a rule that is gone, or may not be looked at', async () => {
  answer = () => {
    throw new Refusal('ResourceNotFoundException')
  }
  expect(await rules.enabled('tick')).toEqual({ status: 'seen', fact: null })
  answer = () => {
    throw new Refusal('AccessDeniedException')
  }
  expect(await rules.enabled('tick')).toEqual({ status: 'not-allowed', action: 'events:DescribeRule' })
  expect(await rules.targets('tick')).toEqual({ status: 'not-allowed', action: 'events:ListTargetsByRule' })
})

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { LOCAL_CONNECTION } from '../../../../infra/local/database.ts'
import { createCloudFormationClient } from '../../../../shared/adapters/cloudformation/client.ts'
import { stackInspection } from '../../../../shared/adapters/cloudformation/inspection.ts'
import { ownRegion } from '../../../../shared/adapters/cloudformation/own-region.ts'
import type { StackInspection } from '../../../../shared/ports/inspection.ts'
import { AwsQueryServer } from '../aws-query-server.ts'

let server: AwsQueryServer
let stacks: StackInspection

beforeAll(async () => {
  server = await AwsQueryServer.start()
  stacks = stackInspection(createCloudFormationClient({ ...LOCAL_CONNECTION, endpoint: server.url }))
})
afterAll(() => server.stop())

const GONE = { code: 'ValidationError', message: 'Stack with id muster-prod does not exist' }
const DENIED = {
  code: 'AccessDenied',
  message: 'User: arn:aws:iam::111122223333:user/x is not authorized to perform: cloudformation:SomethingElse',
  status: 403,
}

function parameter(name: string, value: string): string {
  return `<member><ParameterKey>${name}</ParameterKey><ParameterValue>${value}</ParameterValue></member>`
}

function resource(logicalId: string, physicalId: string, status = 'CREATE_COMPLETE'): string {
  const physical = physicalId === '' ? '' : `<PhysicalResourceId>${physicalId}</PhysicalResourceId>`
  const type = '<ResourceType>AWS::SQS::Queue</ResourceType>'
  return `<member><LogicalResourceId>${logicalId}</LogicalResourceId>${physical}${type}<ResourceStatus>${status}</ResourceStatus></member>`
}

describe('a stack', () => {
  test('its status and parameters', async () => {
    const parameters = parameter('MailFrom', 'muster@example.com') + parameter('SmsIdentity', '')
    const stack = `<StackName>muster-prod</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><Parameters>${parameters}</Parameters>`
    server.answers(() => ({ result: `<Stacks><member>${stack}</member></Stacks>` }))
    expect(await stacks.stack('muster-prod')).toEqual({
      status: 'seen',
      fact: { status: 'UPDATE_COMPLETE', parameters: { MailFrom: 'muster@example.com', SmsIdentity: '' } },
    })
    expect(server.calls).toMatchObject([{ Action: 'DescribeStacks', StackName: 'muster-prod' }])
  })

  test('that does not exist', async () => {
    server.answers(() => GONE)
    expect(await stacks.stack('muster-prod')).toEqual({ status: 'seen', fact: null })
    expect(await stacks.resources('muster-prod')).toEqual({ status: 'seen', fact: null })
  })

  test('that is asked for in the wrong way is not gone', async () => {
    server.answers(() => ({ code: 'ValidationError', message: '1 validation error detected' }))
    expect(await stacks.stack('x y')).toEqual({ status: 'unseen', why: 'ValidationError' })
  })

  test('that may not be looked at', async () => {
    server.answers(() => DENIED)
    const looked = { status: 'not-allowed', action: 'cloudformation:SomethingElse' }
    expect(await stacks.stack('muster-prod')).toEqual(looked)
    expect(await stacks.resources('muster-prod')).toEqual(looked)
  })
})

test('resources: every page, those that exist', async () => {
  server.answers(({ NextToken }) => {
    const [first, last] = [resource('A', 'a') + resource('Old', 'old', 'DELETE_COMPLETE'), resource('B', 'b')]
    const failed = resource('Never', '', 'CREATE_FAILED')
    const page = NextToken === undefined ? `${first}${failed}` : last
    const next = NextToken === undefined ? '<NextToken>2</NextToken>' : ''
    return { result: `<StackResourceSummaries>${page}</StackResourceSummaries>${next}` }
  })
  expect(await stacks.resources('muster-prod')).toEqual({
    status: 'seen',
    fact: [
      { logicalId: 'A', physicalId: 'a', type: 'AWS::SQS::Queue' },
      { logicalId: 'B', physicalId: 'b', type: 'AWS::SQS::Queue' },
    ],
  })
  expect(server.calls.map(({ Action, NextToken }) => [Action, NextToken])).toEqual([
    ['ListStackResources', undefined],
    ['ListStackResources', '2'],
  ])
})

test.each([
  ['eu-west-1', 'eu-west-1'],
  ['', null],
  [undefined, null],
])('with AWS_REGION %j the region is %j', async (set, region) => {
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials')
  vi.stubEnv('AWS_REGION', set)
  expect(await ownRegion().finally(() => vi.unstubAllEnvs())).toBe(region)
})

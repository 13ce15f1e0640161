import { describe, expect, test } from 'vitest'
import { isAllowedByResourcePolicy } from './is-allowed.ts'
import { resolveTemplate } from './resolve-template.ts'
import type { TemplateValues } from './template-values.ts'

const VALUES: TemplateValues = {
  pseudo: {
    'AWS::Region': 'eu-central-1',
    'AWS::AccountId': '111122223333',
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  },
  conditions: { Encrypted: true, Copied: false },
  parameters: { Stage: 'test' },
  resources: { Api: { ref: 'api-1', attributes: { 'Endpoint.Address': 'api.example.com' } } },
}

const TEMPLATE = {
  Parameters: { Stage: { Type: 'String', Default: 'dev' }, Days: { Type: 'Number', Default: 7 }, Bare: {} },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': `\${Stage}-findings` } } },
    Unnamed: { Type: 'AWS::SQS::Queue' },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms' } },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'incidents' } },
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'tick', Path: '/muster/' } },
    Key: { Type: 'AWS::KMS::Key' },
    Handler: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'tick' } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'findings' } },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'security' } },
    Group: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'wakes' } },
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/tick' } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'heads' } },
    Api: { Type: 'AWS::ApiGateway::RestApi' },
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Self: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['Self', 'QueueName'] } } },
  },
}

/** One value, as if it stood in the template. */
function resolved(value: unknown, values = VALUES): unknown {
  return resolveTemplate({ ...TEMPLATE, Value: value }, values, ['Value'])
}

const ARN = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:111122223333:${resource}`

test.each<[unknown, unknown]>([
  [{ Ref: 'AWS::Region' }, 'eu-central-1'],
  [{ Ref: 'Stage' }, 'test'],
  [{ Ref: 'Days' }, 7],
  [{ Ref: 'Queue' }, 'https://sqs.eu-central-1.amazonaws.com/111122223333/test-findings'],
  [{ Ref: 'Topic' }, ARN('sns', 'alarms')],
  [{ Ref: 'Table' }, 'incidents'],
  [{ Ref: 'Role' }, 'tick'],
  [{ Ref: 'Key' }, 'Key'],
  [{ Ref: 'Api' }, 'api-1'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, ARN('sqs', 'test-findings')],
  [{ 'Fn::GetAtt': 'Queue.QueueName' }, 'test-findings'],
  [{ 'Fn::GetAtt': ['Unnamed', 'Arn'] }, ARN('sqs', 'Unnamed')],
  [{ 'Fn::GetAtt': ['Topic', 'TopicArn'] }, ARN('sns', 'alarms')],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, ARN('dynamodb', 'table/incidents')],
  [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, ARN('dynamodb', 'table/incidents/stream/2026-01-01T00:00:00.000')],
  [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111122223333:role/muster/tick'],
  [{ 'Fn::GetAtt': ['Key', 'Arn'] }, ARN('kms', 'key/Key')],
  [{ 'Fn::GetAtt': ['Handler', 'Arn'] }, ARN('lambda', 'function:tick')],
  [{ 'Fn::GetAtt': ['Rule', 'Arn'] }, ARN('events', 'rule/findings')],
  [{ 'Fn::GetAtt': ['Bus', 'Name'] }, 'security'],
  [{ 'Fn::GetAtt': ['Group', 'Arn'] }, ARN('scheduler', 'schedule-group/wakes')],
  [{ 'Fn::GetAtt': ['Log', 'Arn'] }, ARN('logs', 'log-group:/aws/lambda/tick:*')],
  [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::heads'],
  [{ 'Fn::GetAtt': ['Api', 'Endpoint.Address'] }, 'api.example.com'],
  [{ 'Fn::Sub': `arn:\${AWS::Partition}:sqs:\${ AWS::Region }:*:\${Stage}` }, 'arn:aws:sqs:eu-central-1:*:test'],
  [{ 'Fn::Sub': `\${Queue.Arn}/\${Topic}` }, `${ARN('sqs', 'test-findings')}/${ARN('sns', 'alarms')}`],
  [{ 'Fn::Sub': `\${!aws:username}-\${Days}` }, `\${aws:username}-7`],
  [{ 'Fn::Sub': [`\${Name}.\${Stage}`, { Name: { Ref: 'Table' } }] }, 'incidents.test'],
  [{ 'Fn::Join': [':', ['a', 'b', 'c']] }, 'a:b:c'],
  [
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, { Ref: 'AWS::NoValue' }, ':s3:::', { Ref: 'Bucket' }]] },
    'arn:aws:s3:::heads',
  ],
  [{ 'Fn::If': ['Encrypted', { Ref: 'Key' }, 'none'] }, 'Key'],
  [{ 'Fn::If': ['Copied', { Ref: 'Gone' }, ['none']] }, ['none']],
  [{ a: { 'Fn::If': ['Copied', 1, { Ref: 'AWS::NoValue' }] }, b: [{ Ref: 'AWS::NoValue' }, 2] }, { b: [2] }],
  [{ Condition: { Bool: { k: [true, 1, null] } } }, { Condition: { Bool: { k: [true, 1, null] } } }],
])('%j is %j', (value, expected) => {
  expect(resolved(value)).toEqual(expected)
})

test.each<[unknown, string]>([
  [{ a: [{ 'Fn::ImportValue': 'x' }] }, 'Value.a[0].Fn::ImportValue: is not understood'],
  [{ 'Fn::Select': [0, ['a']] }, 'Value.Fn::Select: is not understood'],
  [{ Ref: 'Gone' }, 'Value.Ref: there is no Gone'],
  [{ Ref: 'toString' }, 'Value.Ref: there is no toString'],
  [{ Ref: 'Bare' }, 'Value.Ref: the parameter Bare has no value'],
  [{ Ref: 'AWS::StackName' }, 'Value.Ref: AWS::StackName has no value'],
  [{ Ref: 'Pool' }, 'Value.Ref: the ARN of AWS::Cognito::UserPool is not known; give it with the values'],
  [{ Ref: ['Queue'] }, 'Value.Ref: takes a text'],
  [{ Ref: 'Queue', Type: 'x' }, 'Value.Ref: stands beside other keys'],
  [{ Ref: 'Self' }, 'Self is named after itself'],
  [{ 'Fn::GetAtt': ['Queue', 'Url'] }, 'Value.Fn::GetAtt: Queue.Url is not known'],
  [{ 'Fn::GetAtt': 'Queue' }, 'Value.Fn::GetAtt: there is no '],
  [{ 'Fn::Sub': `\${Gone}` }, `Value.Fn::Sub: \${Gone}: there is no Gone`],
  [{ 'Fn::Sub': `\${Gone.Arn}` }, `Value.Fn::Sub: \${Gone.Arn}: there is no Gone`],
  [{ 'Fn::Sub': `\${AWS::NoValue}` }, `Value.Fn::Sub: \${AWS::NoValue}: takes a text`],
  [{ 'Fn::Sub': ['x', 'y'] }, 'Value.Fn::Sub: takes a text and its variables'],
  [{ 'Fn::Join': 'a' }, 'Value.Fn::Join: takes a delimiter and a list'],
  [{ 'Fn::Join': ['', [{ a: 1 }]] }, 'Value.Fn::Join: takes a text'],
  [{ 'Fn::If': ['Unknown', 1, 2] }, 'Value.Fn::If: whether Unknown holds is not given'],
  [{ 'Fn::If': ['Encrypted', 1] }, 'Value.Fn::If: takes a text'],
  [{ Ref: 'AWS::NoValue' }, 'Value: there is nothing'],
])('%j has no value: %s', (value, error) => {
  expect(() => resolved(value)).toThrow(error)
})

describe('a template', () => {
  test('is resolved whole, or in one part, whatever stands in the others', () => {
    const template = { Resources: { Queue: TEMPLATE.Resources.Queue }, Parameters: TEMPLATE.Parameters }
    expect(resolveTemplate(template, VALUES)).toMatchObject({
      Resources: { Queue: { Properties: { QueueName: 'test-findings' } } },
    })
    const other = { ...template, Outputs: { A: { 'Fn::ImportValue': 'x' } } }
    expect(resolveTemplate(other, VALUES, ['Resources', 'Queue', 'Type'])).toBe('AWS::SQS::Queue')
    expect(() => resolveTemplate(other, VALUES)).toThrow('Outputs.A.Fn::ImportValue')
    expect(() => resolveTemplate(other, VALUES, ['Resources', 'Gone'])).toThrow('Resources.Gone: there is nothing')
    expect(() => resolveTemplate([], VALUES)).toThrow('a template is an object')
  })

  test('gives up its policies to be asked', () => {
    const statement = {
      Effect: 'Allow',
      Principal: { Service: { 'Fn::Sub': `events.\${AWS::URLSuffix}` } },
      Action: 'sqs:SendMessage',
      Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': ['Rule', 'Arn'] } } },
    }
    const policy = resolved({ Version: '2012-10-17', Statement: [statement] })
    const decide = (rule: string) =>
      isAllowedByResourcePolicy(policy, {
        action: 'sqs:SendMessage',
        resource: ARN('sqs', 'test-findings'),
        context: { 'aws:SourceArn': ARN('events', rule) },
        principal: { service: 'events.amazonaws.com' },
      })
    expect([decide('rule/findings'), decide('rule/other')]).toEqual(['allowed', 'denied'])
  })
})

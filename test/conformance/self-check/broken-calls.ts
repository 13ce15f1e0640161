import type { RecordingEndpoint } from '../recording-endpoint.ts'
import { jsonCall, scope } from './signed-call.ts'
import type { Tally } from './tally.ts'

const LONG_PAST = 4

interface BrokenCall {
  readonly name: string
  readonly send: (endpoint: RecordingEndpoint) => Promise<unknown>
  readonly expected: readonly string[]
}

const BROKEN_CALLS: readonly BrokenCall[] = [
  {
    name: 'a message',
    send: (endpoint) => sqs(endpoint, 'SendMessage', { QueueUrl: 'x', Delay: 1, DelaySeconds: '5' }),
    expected: [
      'sqs.SendMessage Delay unknown-member',
      'sqs.SendMessage MessageBody required',
      'sqs.SendMessage DelaySeconds type',
    ],
  },
  {
    name: 'an operation',
    send: (endpoint) => sqs(endpoint, 'SendMessages', {}),
    expected: ['sqs  operation'],
  },
  {
    name: 'an item',
    send: (endpoint) =>
      jsonCall(endpoint, {
        signingName: 'dynamodb',
        target: 'DynamoDB_20120810.PutItem',
        version: '1.0',
        body: { TableName: '', Item: { pk: { S: 1, T: '' } }, ReturnValues: 'EVERYTHING' },
      }),
    expected: [
      'dynamodb.PutItem TableName length',
      'dynamodb.PutItem Item["pk"].T unknown-member',
      'dynamodb.PutItem Item["pk"].S type',
      'dynamodb.PutItem ReturnValues enum',
    ],
  },
  {
    name: 'a text',
    send: (endpoint) =>
      jsonCall(endpoint, {
        signingName: 'sms-voice',
        target: 'PinpointSMSVoiceV2.SendTextMessage',
        version: '1.0',
        body: { DestinationPhoneNumber: 'nobody', MessageBody: 'SEV1', TimeToLive: LONG_PAST },
      }),
    expected: [
      'pinpoint-sms-voice-v2.SendTextMessage DestinationPhoneNumber pattern',
      'pinpoint-sms-voice-v2.SendTextMessage TimeToLive range',
    ],
  },
  {
    name: 'an e-mail',
    send: (endpoint) =>
      post(endpoint, '/v2/email/outbound-emails', 'ses', 'application/json', '{"Destination":{"ToAddresses":[1]}}'),
    expected: ['sesv2.SendEmail Content required', 'sesv2.SendEmail Destination.ToAddresses[0] type'],
  },
  {
    name: 'a form',
    send: (endpoint) => {
      const form = 'Action=Publish&Version=2010-03-31&Text=a'
      return post(endpoint, '/', 'sns', 'application/x-www-form-urlencoded', form)
    },
    expected: ['sns.Publish Text unknown-member', 'sns.Publish Message required'],
  },
]

/** Calls that the services would refuse: what is wrong with each must show, and nothing else. */
export async function brokenCalls(tally: Tally, endpoint: RecordingEndpoint): Promise<void> {
  for (const { name, send, expected } of BROKEN_CALLS) {
    endpoint.forget()
    await send(endpoint)
    const found = endpoint.violations().map(({ operation, member, rule }) => `${operation} ${member} ${rule}`)
    tally.equal(`${name} is seen to be broken`, found.toSorted(), expected.toSorted())
  }
}

function sqs(endpoint: RecordingEndpoint, operation: string, body: object): Promise<unknown> {
  return jsonCall(endpoint, { signingName: 'sqs', target: `AmazonSQS.${operation}`, version: '1.0', body })
}

function post({ url }: RecordingEndpoint, path: string, signingName: string, type: string, body: string) {
  return fetch(url + path, { method: 'POST', headers: { ...scope(signingName), 'content-type': type }, body })
}

import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { CreateKeyCommand, GenerateMacCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms'
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { RecordingEndpoint } from '../recording-endpoint.ts'
import type { Tally } from './tally.ts'

export const TABLE = 'self-check'
const ITEM = { pk: { S: 'incident' }, at: { N: '1790000000' } }
const TIMEOUT_MS = 300

function connection({ url }: RecordingEndpoint) {
  return { endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
}

/** What goes through the endpoint to DynamoDB Local and moto. */
export async function emulatedCalls(tally: Tally, endpoint: RecordingEndpoint): Promise<void> {
  await itemCalls(tally, new DynamoDBClient(connection(endpoint)))
  await queueCalls(tally, new SQSClient(connection(endpoint)), endpoint)
  await keyCalls(tally, new KMSClient(connection(endpoint)))
}

async function itemCalls(tally: Tally, client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  )
  await client.send(new PutItemCommand({ TableName: TABLE, Item: ITEM }))
  const { Item } = await client.send(
    new GetItemCommand({ TableName: TABLE, Key: { pk: ITEM.pk }, ConsistentRead: true }),
  )
  tally.equal('DynamoDB Local returns the item', Item, ITEM)
}

async function queueCalls(tally: Tally, client: SQSClient, { url }: RecordingEndpoint): Promise<void> {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'pages' }))
  tally.equal("moto's queue has the endpoint's address", QueueUrl, `${url}/123456789012/pages`)
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"page":1}', DelaySeconds: 0 }))
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }))
  tally.equal(
    'moto returns the message',
    Messages?.map(({ Body }) => Body),
    ['{"page":1}'],
  )
}

async function keyCalls(tally: Tally, client: KMSClient): Promise<void> {
  const { KeyMetadata } = await client.send(
    new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
  )
  const what = { KeyId: KeyMetadata?.KeyId, MacAlgorithm: 'HMAC_SHA_256' as const, Message: Buffer.from('a link') }
  const { Mac } = await client.send(new GenerateMacCommand(what))
  const { MacValid } = await client.send(new VerifyMacCommand({ ...what, Mac }))
  tally.equal('moto verifies what it has signed', MacValid, true)
}

/** What the endpoint answers by itself. */
export async function answeredCalls(tally: Tally, endpoint: RecordingEndpoint): Promise<void> {
  const mail = await new SESv2Client(connection(endpoint)).send(
    new SendEmailCommand({
      FromEmailAddress: 'muster@example.com',
      Destination: { ToAddresses: ['ana@example.com'] },
      Content: { Simple: { Subject: { Data: 'SEV1' }, Body: { Text: { Data: 'Take it:\nhttps://example.com/a' } } } },
    }),
  )
  tally.equal('an e-mail gets an identifier', mail.MessageId?.startsWith('MessageId-'), true)
  const text = await new PinpointSMSVoiceV2Client(connection(endpoint)).send(
    new SendTextMessageCommand({ DestinationPhoneNumber: '+15550100', MessageBody: 'SEV1\nACK 4711', TimeToLive: 300 }),
  )
  tally.equal('a text gets an identifier', text.MessageId?.startsWith('MessageId-'), true)
}

/** What the SDK makes of injected faults. */
export async function faultyCalls(tally: Tally, endpoint: RecordingEndpoint): Promise<void> {
  const client = new SQSClient({
    ...connection(endpoint),
    maxAttempts: 2,
    requestHandler: { requestTimeout: TIMEOUT_MS, throwOnRequestTimeout: true },
  })
  const create = () =>
    client.send(new CreateQueueCommand({ QueueName: 'pages' })).then(
      () => 'done',
      ({ name }: Error) => name,
    )
  for (const kind of ['throttle', 'drop', 'hang', 'lose-answer'] as const) {
    const lift = endpoint.inject({ service: 'sqs', fault: { kind }, calls: 1 })
    tally.equal(`the SDK gets over one ${kind}`, await create(), 'done')
    lift()
  }
  const lift = endpoint.inject({ service: 'sqs', operation: 'CreateQueue', fault: { kind: 'throttle' } })
  tally.equal('the SDK knows the error', await create(), 'RequestThrottled')
  lift()
}

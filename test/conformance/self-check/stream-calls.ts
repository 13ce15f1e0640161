import type { RecordingEndpoint } from '../recording-endpoint.ts'
import { TABLE } from './sdk-calls.ts'
import { jsonCall } from './signed-call.ts'
import type { Tally } from './tally.ts'

interface Answers {
  readonly ListStreams: { readonly Streams: { readonly StreamArn: string }[] }
  readonly DescribeStream: { readonly StreamDescription: { readonly Shards: { readonly ShardId: string }[] } }
  readonly GetShardIterator: { readonly ShardIterator: string }
  readonly GetRecords: { readonly Records: { readonly eventName: string; readonly dynamodb: { NewImage: object } }[] }
}

/** Reads what `emulatedCalls` has written from the table's stream. */
export async function streamCalls(tally: Tally, endpoint: RecordingEndpoint): Promise<void> {
  const ask = async <Name extends keyof Answers>(name: Name, body: object): Promise<Answers[Name]> => {
    const target = `DynamoDBStreams_20120810.${name}`
    const answer = await jsonCall(endpoint, { signingName: 'dynamodb', target, version: '1.0', body })
    return (await answer.json()) as Answers[Name]
  }
  const { Streams } = await ask('ListStreams', { TableName: TABLE })
  const StreamArn = Streams[0]?.StreamArn ?? ''
  const { StreamDescription } = await ask('DescribeStream', { StreamArn })
  const ShardId = StreamDescription.Shards[0]?.ShardId ?? ''
  const place = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }
  const { ShardIterator } = await ask('GetShardIterator', place)
  const { Records } = await ask('GetRecords', { ShardIterator, Limit: 10 })
  const found = Records.map(({ eventName, dynamodb }) => [eventName, dynamodb.NewImage])
  tally.equal('the stream has the item', found, [['INSERT', { pk: { S: 'incident' }, at: { N: '1790000000' } }]])
}

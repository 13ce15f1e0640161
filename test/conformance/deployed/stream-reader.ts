import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { REGION } from './packaged-stack.ts'

export interface StreamRecord {
  readonly eventName: string
  readonly dynamodb: { readonly SequenceNumber: string }
}

interface Answers {
  readonly DescribeStream: { readonly StreamDescription: { readonly Shards: { readonly ShardId: string }[] } }
  readonly GetShardIterator: { readonly ShardIterator: string }
  readonly GetRecords: { readonly Records: StreamRecord[]; readonly NextShardIterator?: string }
}

/** Reads a table's stream from its beginning, as the mapping of a function does. */
export class StreamReader {
  readonly #url: string
  #iterators: string[] = []

  private constructor(url: string) {
    this.#url = url
  }

  static async open(client: DynamoDBClient, url: string, table: string): Promise<StreamReader> {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }))
    const reader = new StreamReader(url)
    const StreamArn = Table?.LatestStreamArn ?? ''
    const { StreamDescription } = await reader.#ask('DescribeStream', { StreamArn })
    for (const { ShardId } of StreamDescription.Shards) {
      const place = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }
      const { ShardIterator } = await reader.#ask('GetShardIterator', place)
      reader.#iterators.push(ShardIterator)
    }
    return reader
  }

  /** What has been written since the last time. */
  async next(): Promise<StreamRecord[]> {
    const records: StreamRecord[] = []
    const left: string[] = []
    for (const ShardIterator of this.#iterators) {
      const answer = await this.#ask('GetRecords', { ShardIterator, Limit: 1000 })
      records.push(...answer.Records)
      if (answer.NextShardIterator !== undefined) left.push(answer.NextShardIterator)
    }
    this.#iterators = left
    return records
  }

  /** No client of the SDK is installed for streams: nothing else here reads one. */
  async #ask<Name extends keyof Answers>(name: Name, body: object): Promise<Answers[Name]> {
    const credential = `Credential=local/20260101/${REGION}/dynamodb/aws4_request`
    const answer = await fetch(this.#url, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`,
        'x-amz-target': `DynamoDBStreams_20120810.${name}`,
        'content-type': 'application/x-amz-json-1.0',
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Answers[Name]
  }
}

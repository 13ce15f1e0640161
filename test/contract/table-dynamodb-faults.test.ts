import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { LOCAL_CONNECTION, LOCAL_TABLES } from '../../infra/local/database.ts'
import { createDynamoClient } from '../../shared/adapters/dynamodb/client.ts'
import { dynamoTable } from '../../shared/adapters/dynamodb/table.ts'
import { PermanentFault, TransientFault } from '../../shared/ports/faults.ts'
import type { Table } from '../../shared/ports/table.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A service that answers as told, one answer a request, the last one for all that follow. */
class FakeService {
  requests = 0
  readonly #server: Server

  constructor(answers: readonly Answer[]) {
    this.#server = createServer((request, response) => {
      const answer = answers[Math.min(this.requests, answers.length - 1)]
      this.requests += 1
      request.resume().on('end', () => answer?.(response, request))
    })
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

const json =
  (status: number, body: object): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body))
const refused = (name: string, status = 400): Answer =>
  json(status, { __type: `com.amazonaws.dynamodb.v20120810#${name}` })
const fine = json(200, {})
const hangUp: Answer = (_, request) => request.socket.destroy()
const silent: Answer = () => {}
const garbage: Answer = (response) =>
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"Item":')

const key = { pk: 'x', sk: 'x' }
const services: FakeService[] = []

async function tableOver(...answers: Answer[]): Promise<{ table: Table; service: FakeService }> {
  const service = new FakeService(answers)
  services.push(service)
  const client = createDynamoClient({ ...LOCAL_CONNECTION, endpoint: await service.start(), requestMilliseconds: 300 })
  return { table: dynamoTable({ client, names: LOCAL_TABLES }), service }
}

describe('the DynamoDB adapter, when the service does not do as asked', () => {
  afterEach(async () => {
    vi.unstubAllEnvs()
    for (const service of services.splice(0)) await service.stop()
  })

  test('three attempts, then a transient fault', async () => {
    const { table, service } = await tableOver(refused('InternalServerError', 500))
    await expect(table.get('incidents', key)).rejects.toThrow(TransientFault)
    expect(service.requests).toBe(3)
  })

  test('throttled once, then answered', async () => {
    const { table, service } = await tableOver(refused('ProvisionedThroughputExceededException'), fine)
    expect(await table.put('incidents', key)).toBe(true)
    expect(service.requests).toBe(2)
  })

  test('a service that does not answer is given up on', async () => {
    const { table } = await tableOver(silent)
    await expect(table.get('incidents', key)).rejects.toThrow(TransientFault)
  })

  test('an answer that stops half-way is given up on', async () => {
    const { table } = await tableOver((response) =>
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).write('{"Item":'),
    )
    await expect(table.get('incidents', key)).rejects.toThrow(TransientFault)
  })

  test('an answer that cannot be read leaves the outcome unknown', async () => {
    const { table } = await tableOver(garbage)
    await expect(table.get('incidents', key)).rejects.toThrow(TransientFault)
  })

  test('nobody listens: transient', async () => {
    const { table, service } = await tableOver(fine)
    await service.stop()
    await expect(table.put('incidents', key)).rejects.toThrow(TransientFault)
  })

  test('a refusal for good is not tried again', async () => {
    const { table, service } = await tableOver(refused('AccessDeniedException'))
    await expect(table.query('incidents', { pk: 'x' })).rejects.toThrow(PermanentFault)
    expect(service.requests).toBe(1)
  })

  test('a conditional put whose answer was lost says false: the caller looks for its cause', async () => {
    const { table, service } = await tableOver(hangUp, refused('ConditionalCheckFailedException'))
    expect(await table.put('incidents', key, [{ kind: 'absent' }])).toBe(false)
    expect(service.requests).toBe(2)
  })

  test('a conditional delete whose answer was lost says false: the item is gone all the same', async () => {
    const { table, service } = await tableOver(hangUp, refused('ConditionalCheckFailedException'))
    expect(await table.delete('incidents', key, [{ kind: 'equal', attribute: 'at', value: '1' }])).toBe(false)
    expect(service.requests).toBe(2)
  })

  test('a delete and a page of a scan without an answer are transient', async () => {
    const { table } = await tableOver(refused('InternalServerError', 500))
    await expect(table.delete('incidents', key)).rejects.toThrow(TransientFault)
    await expect(table.scanPage('incidents', {})).rejects.toThrow(TransientFault)
  })

  test('items and keys that the service leaves over come back as they were', async () => {
    const names = LOCAL_TABLES
    const stored = { pk: { S: 'x' }, sk: { S: 'y' }, n: { N: '5' } }
    const { table } = await tableOver(
      json(200, { UnprocessedItems: { [names.findings]: [{ PutRequest: { Item: stored } }] } }),
      json(200, {
        Responses: {},
        UnprocessedKeys: { [names.incidents]: { Keys: [{ pk: { S: 'x' }, sk: { S: 'x' } }] } },
      }),
    )
    const items = [key, { pk: 'x', sk: 'y', n: 5 }]
    expect(await table.putMany('findings', items)).toEqual([items[1]])
    const read = { table: 'incidents', key } as const
    expect(await table.batchGet([read])).toEqual({ items: [], leftOver: [read] })
  })

  test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_DYNAMODB'])('%s says where the service is', async (variable) => {
    const service = new FakeService([json(200, { Item: { pk: { S: 'x' }, sk: { S: 'x' }, from: { S: variable } } })])
    services.push(service)
    vi.stubEnv(variable, await service.start())
    const table = dynamoTable({ client: createDynamoClient(LOCAL_CONNECTION), names: LOCAL_TABLES })
    expect(await table.get('incidents', key)).toEqual({ ...key, from: variable })
  })
})

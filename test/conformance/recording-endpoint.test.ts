import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LETTERS, QUEUES, TOPICS } from './aws-models/small-models.ts'
import { type RecordingEndpoint, startRecordingEndpoint } from './recording-endpoint.ts'

/** Signs with the same name as `QUEUES`. */
const OLD_QUEUES = { ...QUEUES, name: 'old-queues', metadata: { ...QUEUES.metadata, targetPrefix: 'OldQueues' } }
const MODELS = [OLD_QUEUES, QUEUES, LETTERS, TOPICS]

let endpoint: RecordingEndpoint
let emulator: Server
let forwarded: { path: string | undefined; host: string | undefined; body: string }[]

beforeEach(async () => {
  endpoint = await startRecordingEndpoint({ models: MODELS })
  forwarded = []
  emulator = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    forwarded.push({ path: request.url, host: request.headers.host, body })
    response.writeHead(201, { 'x-from': 'emulator' }).end(`{"echo":${body || null}}`)
  })
  await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  await endpoint.close()
  emulator.closeAllConnections()
  await new Promise((resolve) => emulator.close(resolve))
})

function signed(service: string): Record<string, string> {
  return { authorization: `AWS4-HMAC-SHA256 Credential=KEY/20261124/eu-west-1/${service}/aws4_request, Signature=0` }
}

function send(body: object, options: { target?: string; url?: string; signal?: AbortSignal } = {}): Promise<Response> {
  const headers = {
    ...signed('queues'),
    'x-amz-target': options.target ?? 'SmallQueues.Send',
    'content-type': 'application/x-amz-json-1.0',
  }
  const { signal } = options
  return fetch(options.url ?? endpoint.url, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })
}

function post(path: string, service: string, type: string, body: string): Promise<Response> {
  return fetch(endpoint.url + path, { method: 'POST', headers: { ...signed(service), 'content-type': type }, body })
}

async function behind(): Promise<RecordingEndpoint> {
  const upstream = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`
  await endpoint.close()
  endpoint = await startRecordingEndpoint({ models: MODELS, upstreams: { queues: upstream } })
  return endpoint
}

describe('what is recorded', () => {
  it('is the service, the operation and its input', async () => {
    await send({ Queue: 'pages' })
    await send({ Queue: 'pages' }, { target: 'OldQueues.Send' })
    await post('/v1/boxes/a/letters', 'post', 'application/json', '{"subject":"Hello"}')
    await post('/', 'topics', 'application/x-www-form-urlencoded', 'Action=Publish&Version=2010-03-31&Message=Hello')
    expect(endpoint.recorded()).toMatchObject([
      { service: 'queues', operation: 'Send', input: { Queue: 'pages' }, request: { method: 'POST', path: '/' } },
      { service: 'old-queues', operation: 'Send' },
      { service: 'letters', operation: 'SendLetter', input: { Box: 'a', Subject: 'Hello' } },
      { service: 'topics', operation: 'Publish', input: { Message: 'Hello' } },
    ])
    expect(endpoint.violations()).toEqual([])
    endpoint.forget()
    expect(endpoint.recorded()).toEqual([])
  })

  it('is also what no service takes, and counts as violation', async () => {
    expect((await send({}, { target: 'SmallQueues.Sent' })).status).toBe(400)
    expect((await post('/', 'billing', 'application/json', '{}')).status).toBe(400)
    expect((await fetch(endpoint.url)).status).toBe(403)
    await send({ Queue: 'pages', Delay: 0 })
    expect(endpoint.recorded()).toMatchObject([
      { service: 'old-queues', operation: null, input: null },
      { service: 'billing', operation: null },
      { service: null, operation: null },
      { service: 'queues', operation: 'Send' },
    ])
    expect(endpoint.violations()).toMatchObject([
      { operation: 'old-queues', rule: 'operation', found: 'POST with the target SmallQueues.Sent' },
      { operation: 'billing', rule: 'operation', expected: 'one of old-queues, queues, letters, topics' },
      { operation: '', rule: 'operation', found: 'no signature' },
      { operation: 'queues.Send', member: 'Delay', rule: 'range' },
    ])
  })
})

describe('the answer', () => {
  it('is the least that the model allows', async () => {
    const answer = await send({ Queue: 'pages' })
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.0')
    expect(await answer.json()).toEqual({ MessageId: 'MessageId-1', Accepted: 1, Failed: [], By: { label: 'Label-2' } })
    const letter = await post('/v1/boxes/a/letters', 'post', 'application/json', '{"subject":"Hello"}')
    expect([letter.status, await letter.json()]).toEqual([202, { letterId: 'LetterId-3' }])
  })

  it('is XML to a form', async () => {
    const form = 'Action=Publish&Version=2010-03-31&Message=Hello'
    const ask = async () => (await post('/', 'topics', 'application/x-www-form-urlencoded', form)).text()
    expect(await ask()).toContain('<PublishResult><MessageId>MessageId-1</MessageId></PublishResult>')
    endpoint.respond({ 'topics.Publish': () => ({ status: 200, body: { Ids: ['<a>', 'b'] } }) })
    expect(await ask()).toContain('<Ids><member>&#60;a&#62;</member><member>b</member></Ids>')
    endpoint.inject({ service: 'topics', fault: { kind: 'error', status: 404, code: 'NotFound' } })
    expect(await ask()).toContain('<Error><Type>Sender</Type><Code>NotFound</Code>')
  })

  it('is that of a responder, which may leave it', async () => {
    endpoint.respond({
      'queues.Send': ({ Queue }, { service }) =>
        Queue === 'mine' ? { status: 200, body: { MessageId: service }, headers: { 'x-own': 'yes' } } : null,
    })
    const own = await send({ Queue: 'mine' })
    expect([own.headers.get('x-own'), await own.json()]).toEqual(['yes', { MessageId: 'queues' }])
    expect(await (await send({ Queue: 'other' })).json()).toMatchObject({ MessageId: 'MessageId-1' })
  })

  it('is a failure when a responder throws, and the end tells', async () => {
    endpoint.respond({ 'queues.Send': () => Promise.reject(new Error('a wrong test')) })
    expect((await send({ Queue: 'pages' })).status).toBe(500)
    await expect(endpoint.close()).rejects.toMatchObject({ errors: [new Error('a wrong test')] })
    endpoint = await startRecordingEndpoint({ models: MODELS })
  })

  it('is that of the emulator behind it', async () => {
    const { url } = await behind()
    const answer = await send({ Queue: 'pages' })
    expect([answer.status, answer.headers.get('x-from')]).toEqual([201, 'emulator'])
    expect(await answer.json()).toEqual({ echo: { Queue: 'pages' } })
    expect(forwarded).toEqual([{ path: '/', host: new URL(url).host, body: '{"Queue":"pages"}' }])
    expect(await (await send({ Queue: 'pages' }, { target: 'OldQueues.Send' })).json()).toHaveProperty('MessageId')
    emulator.closeAllConnections()
    await new Promise((resolve) => emulator.close(resolve))
    expect((await send({ Queue: 'pages' })).status).toBe(502)
  })
})

describe('a fault', () => {
  it('lasts as many calls as asked for', async () => {
    endpoint.inject({ service: 'queues', fault: { kind: 'throttle' }, calls: 1 })
    const first = await send({ Queue: 'pages' })
    expect([first.status, first.headers.get('x-amzn-errortype')]).toEqual([429, 'RequestThrottled'])
    expect(await first.json()).toMatchObject({ __type: 'RequestThrottled' })
    expect((await send({ Queue: 'pages' })).status).toBe(200)
  })

  it('lasts until it is lifted, and is meant for one service or operation', async () => {
    const fault = { kind: 'error', status: 503, code: 'ServiceUnavailable' } as const
    const lift = endpoint.inject({ service: 'queues', operation: 'Send', fault })
    expect((await send({ Queue: 'pages' })).status).toBe(503)
    expect((await send({}, { target: 'SmallQueues.Ping' })).status).toBe(200)
    expect((await send({ Queue: 'pages' }, { target: 'OldQueues.Send' })).status).toBe(200)
    expect((await send({ Queue: 'pages' })).status).toBe(503)
    lift()
    expect((await send({ Queue: 'pages' })).status).toBe(200)
  })

  it('lasts for a time', async () => {
    endpoint.inject({ service: 'queues', fault: { kind: 'throttle' }, forMs: 100 })
    expect((await send({ Queue: 'pages' })).status).toBe(429)
    await wait(150)
    expect((await send({ Queue: 'pages' })).status).toBe(200)
  })

  it('has a code of its own where the operation names none', async () => {
    endpoint.inject({ service: 'letters', fault: { kind: 'throttle' } })
    const answer = await post('/v1/boxes/a/letters', 'post', 'application/json', '{"subject":"Hello"}')
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'ThrottlingException'])
  })

  it('drops the connection before the emulator hears of it', async () => {
    await behind()
    endpoint.inject({ service: 'queues', fault: { kind: 'drop' } })
    await expect(send({ Queue: 'pages' })).rejects.toThrow('fetch failed')
    expect(forwarded).toEqual([])
    expect(endpoint.recorded()).toHaveLength(1)
  })

  it('loses the answer after the emulator has done it', async () => {
    await behind()
    endpoint.inject({ service: 'queues', fault: { kind: 'lose-answer' } })
    await expect(send({ Queue: 'pages' })).rejects.toThrow('fetch failed')
    expect(forwarded).toHaveLength(1)
  })

  it('hangs until it is lifted', async () => {
    const lift = endpoint.inject({ service: 'queues', fault: { kind: 'hang' } })
    await expect(send({ Queue: 'pages' }, { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout')
    const waiting = send({ Queue: 'pages' })
    await Promise.all([expect(waiting).rejects.toThrow('fetch failed'), wait(100).then(lift)])
    expect((await send({ Queue: 'pages' })).status).toBe(200)
    expect(endpoint.recorded()).toHaveLength(3)
  })
})

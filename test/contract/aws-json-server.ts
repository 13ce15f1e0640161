import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it arrived. */
export interface Call {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly contentType: string
}

/** What the other side does instead of answering. */
export type Misdeed = (response: ServerResponse, request: IncomingMessage) => void

/** What a service says when it does not do as asked. */
export class Refusal extends Error {
  readonly status: number

  constructor(name: string, status = 400, message = 'said so') {
    super(message)
    this.name = name
    this.status = status
  }
}

/** A service of AWS that speaks JSON, on a free port of loopback: it keeps its calls, and misbehaves when told to. */
export class AwsJsonServer {
  readonly calls: Call[] = []
  readonly #server: Server
  readonly #version: '1.0' | '1.1'
  #misdeed: Misdeed | null = null
  #misdeedsLeft = new Map<string, number>()
  #misdeedTimes = 0

  /** `answer` gives the output of an operation, or throws a `Refusal`. */
  constructor(version: '1.0' | '1.1', answer: (call: Call) => object) {
    this.#version = version
    this.#server = createServer((request, response) => void this.#handle(request, response, answer))
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  get operations(): string[] {
    return this.calls.map(({ operation }) => operation)
  }

  /** Of each operation the next requests go wrong, so many of them. */
  misbehave(misdeed: Misdeed, times = Number.POSITIVE_INFINITY): void {
    this.#misdeed = misdeed
    this.#misdeedTimes = times
    this.#misdeedsLeft = new Map()
  }

  /** Behaves again, and forgets its calls. */
  reset(): void {
    this.#misdeed = null
    this.calls.length = 0
  }

  async #handle(request: IncomingMessage, response: ServerResponse, answer: (call: Call) => object): Promise<void> {
    const call = await readCall(request)
    this.calls.push(call)
    const misdeed = this.#takeMisdeed(call.operation)
    if (misdeed !== null) misdeed(response, request)
    else sendJson(response, this.#version, () => answer(call))
  }

  #takeMisdeed(operation: string): Misdeed | null {
    const left = this.#misdeedsLeft.get(operation) ?? this.#misdeedTimes
    this.#misdeedsLeft.set(operation, left - 1)
    return left > 0 ? this.#misdeed : null
  }
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return {
    operation: String(request.headers['x-amz-target']).split('.').at(-1) ?? '',
    input: JSON.parse(Buffer.concat(parts).toString('utf8')),
    contentType: String(request.headers['content-type']),
  }
}

function sendJson(response: ServerResponse, version: string, answer: () => object): void {
  const { status, body } = answered(answer)
  response.writeHead(status, { 'content-type': `application/x-amz-json-${version}` }).end(JSON.stringify(body))
}

function answered(answer: () => object): { status: number; body: object } {
  try {
    return { status: 200, body: answer() }
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return { status: refusal.status, body: { __type: refusal.name, message: refusal.message } }
  }
}

/** Refused by name, whatever was asked. */
export function refusing(name: string, status = 400): Misdeed {
  return (response) => {
    const body = JSON.stringify({ __type: name, message: 'said so' })
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body)
  }
}

/** Never answers. */
export const silent: Misdeed = () => {}
export const hangingUp: Misdeed = (_, request) => request.socket.destroy()
/** The headers and the first bytes, then nothing more. */
export const stoppingHalfway: Misdeed = (response) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '1000' }).write('{"Ke')
}
export const hangingUpHalfway: Misdeed = (response, request) => {
  stoppingHalfway(response, request)
  setTimeout(() => request.socket.destroy(), 20)
}
/** A page of somebody in between. */
export const answeringInHtml: Misdeed = (response) => {
  response.writeHead(503, { 'content-type': 'text/html' }).end('<html><body>Back soon</body></html>')
}

export function saying(body: string): Misdeed {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(body)
  }
}

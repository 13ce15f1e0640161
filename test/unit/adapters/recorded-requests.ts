import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OutgoingMessage } from '../../../shared/ports/message-provider.ts'

export interface Recorded {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Parsed; null when there was none. */
  readonly body: unknown
}

export type Answer = (response: ServerResponse) => void

/** A server on loopback that keeps what it was asked and answers as the test says. */
export class RecordingServer {
  readonly requests: Recorded[] = []
  readonly url: string
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async start(answerTo: (asked: Recorded) => Answer): Promise<RecordingServer> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const service = new RecordingServer(server)
    server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
      const asked = await read(request)
      service.requests.push(asked)
      answerTo(asked)(response)
    })
    return service
  }

  /** The request of that place, from zero. */
  asked(index: number): Recorded {
    const asked = this.requests.at(index)
    if (asked === undefined) throw new Error(`request ${index} was not made`)
    return asked
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

async function read(request: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const body: unknown = text === '' ? null : JSON.parse(text)
  return { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body }
}

export const REQUEST_ID = '1b5e1b5e-0000-4000-8000-1b5e1b5e1b5e'

export function json(status: number, body: object, headers: Record<string, string> = {}): Answer {
  const all = { 'content-type': 'application/json', 'x-amzn-requestid': REQUEST_ID, ...headers }
  return (response) => response.writeHead(status, all).end(JSON.stringify(body))
}
export const silent: Answer = () => {}
export const hangUp: Answer = (response) => response.socket?.destroy()
export const garbage: Answer = (response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"MessageId":')
/** Begins to answer, and never ends. */
export const stalls: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
  response.write('{"MessageId":')
}

export function outgoing(change: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    effectId: 'inc-0123456789abcdef.12.3',
    kind: 'page',
    channel: 'email',
    to: 'ana@example.com',
    subject: '[SEV1] Incident Commander needed: Credentials were used elsewhere',
    text: 'Sample Ana, you are called as Incident Commander.',
    html: '<!doctype html><p>Sample Ana, you are called as Incident Commander.</p>',
    responderId: 'ana',
    incidentId: 'inc-0123456789abcdef',
    incidentUrl: 'https://muster.example.com/#inc-0123456789abcdef',
    seats: [],
    at: '2027-03-10T10:00:00.000Z',
    ...change,
  }
}

/** What a call threw; a test that expects it fails when it did not. */
export async function thrownBy(call: Promise<unknown>): Promise<Error> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was thrown')
}

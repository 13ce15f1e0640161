import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Asked {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

type Answer = readonly [status: number, body: object]

/** SQS, KMS and SES as far as the first event of a function asks them, on a free port of loopback. */
export class AnsweringAws {
  /** The operations that were asked for, in order. */
  readonly operations: string[] = []
  readonly #server = createServer((request, response) => void this.#handle(request, response))

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await readAsked(request)
    this.operations.push(asked.operation)
    const [status, body] = answerTo(asked)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const text = Buffer.concat(parts).toString('utf8')
  // SQS and KMS name the operation in a header, SES by its address.
  const target = request.headers['x-amz-target']
  const operation = target === undefined ? `${request.method} ${request.url}` : String(target).split('.').at(-1)
  return { operation: operation ?? '', input: text === '' ? {} : JSON.parse(text) }
}

function answerTo({ operation, input }: Asked): Answer {
  if (operation === 'SendMessageBatch') return [200, taken(input.Entries as Entry[])]
  if (operation === 'GenerateMac') return [200, signed(String(input.KeyId), String(input.Message))]
  if (operation === 'POST /v2/email/outbound-emails') return [200, { MessageId: 'sample-message' }]
  if (operation.startsWith('GET /v2/email/suppression/')) return [404, { __type: 'NotFoundException', message: 'none' }]
  return [400, { __type: 'UnknownOperationException', message: operation }]
}

interface Entry {
  readonly Id: string
  readonly MessageBody: string
}

function taken(entries: readonly Entry[]): object {
  const Successful = entries.map(({ Id, MessageBody }) => ({
    Id,
    MessageId: `message-${Id}`,
    MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
  }))
  return { Successful, Failed: [] }
}

function signed(keyId: string, message: string): object {
  const mac = createHmac('sha256', 'sample').update(Buffer.from(message, 'base64')).digest('base64')
  return { KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Mac: mac }
}

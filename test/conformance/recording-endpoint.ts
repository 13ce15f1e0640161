import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AwsRequest } from './aws-models/aws-request.ts'
import type { ServiceModel } from './aws-models/model.ts'
import type { Violation } from './aws-models/violation.ts'
import { type Answer, defaultAnswer, errorAnswer, throttleAnswer, written } from './recording/answer.ts'
import { forward } from './recording/forward.ts'
import { type FaultSpan, InjectedFaults } from './recording/injected-faults.ts'
import { type RecordedCall, recordedCall, violationsOf } from './recording/recorded-call.ts'

/** Answers one operation; null leaves it to the emulator behind, or to the default. */
export type Responder = (
  input: Readonly<Record<string, unknown>>,
  call: RecordedCall,
) => Answer | null | Promise<Answer | null>

/** By service and operation, for example `sesv2.SendEmail`. */
export type Responders = Readonly<Record<string, Responder>>

export interface RecordingOptions {
  /** Those of the services that it stands in for. */
  readonly models: readonly ServiceModel[]
  readonly responders?: Responders
  /** Addresses of emulators, by botocore's name of the service. */
  readonly upstreams?: Readonly<Record<string, string>>
  /** Told of each call before it is carried out; may have its connection go before or after. */
  readonly watch?: (call: RecordedCall) => 'drop' | 'lose-answer' | null
}

const CODES = {
  unsigned: 'MissingAuthenticationToken',
  unknown: 'UnknownOperationException',
  thrown: 'ResponderThrew',
} as const

export function startRecordingEndpoint(options: RecordingOptions): Promise<RecordingEndpoint> {
  return RecordingEndpoint.start(options)
}

/** A server on loopback that stands in for AWS, or stands before emulators, and keeps in memory all that it is sent. */
class RecordingEndpoint {
  readonly #options: RecordingOptions
  readonly #server: Server
  readonly #faults = new InjectedFaults()
  readonly #responders = new Map<string, Responder>()
  #calls: RecordedCall[] = []
  #identifiers = 0
  readonly #thrown: unknown[] = []

  private constructor(options: RecordingOptions) {
    this.#options = options
    this.respond(options.responders ?? {})
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        response.writeHead(502).end(String(error))
      })
    })
  }

  static async start(options: RecordingOptions): Promise<RecordingEndpoint> {
    const endpoint = new RecordingEndpoint(options)
    await new Promise<void>((resolve) => endpoint.#server.listen(0, '127.0.0.1', resolve))
    return endpoint
  }

  /** For `endpoint` or `AWS_ENDPOINT_URL`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Every call since the start or the last `forget`, in the order in which they arrived. */
  recorded(): readonly RecordedCall[] {
    return this.#calls
  }

  forget(): void {
    this.#calls = []
  }

  /** What the recorded calls have against the models. */
  violations(): Violation[] {
    return this.#calls.flatMap((call) => violationsOf(this.#options.models, call))
  }

  /** Answers operations from now on; later ones replace earlier ones. */
  respond(responders: Responders): void {
    for (const [operation, responder] of Object.entries(responders)) this.#responders.set(operation, responder)
  }

  /** Lets calls fail from now on; what it returns ends that. */
  inject(span: FaultSpan): () => void {
    return this.#faults.inject(span)
  }

  /** Ends it with every open connection. Rejects when a responder has thrown. */
  async close(): Promise<void> {
    this.#faults.endAll()
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
    if (this.#thrown.length > 0) throw new AggregateError(this.#thrown, 'a responder has thrown')
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = recordedCall(this.#options.models, await readRequest(incoming))
    this.#calls.push(call)
    const taken = this.#faults.take(call)
    const kind = this.#options.watch?.(call) ?? taken?.fault.kind
    if (kind === 'hang') await taken?.ended
    if (kind === 'hang' || kind === 'drop') return void incoming.socket.destroy()
    const answer = await this.#answer(call, taken?.fault)
    if (kind === 'lose-answer') return void incoming.socket.destroy()
    this.#send(call, answer, response)
  }

  async #answer(call: RecordedCall, fault: FaultSpan['fault'] | undefined): Promise<Answer> {
    const model = this.#modelOf(call)
    const operation = model?.operations[call.operation ?? '']
    if (fault?.kind === 'error') return errorAnswer(fault.status, fault.code)
    if (fault?.kind === 'throttle') return throttleAnswer(model, operation)
    const own = await this.#ownAnswer(call)
    if (own !== null) return own
    const upstream = this.#options.upstreams?.[call.service ?? '']
    if (upstream !== undefined) return forward(upstream, call.request)
    if (call.service === null) return errorAnswer(403, CODES.unsigned)
    if (model === undefined || operation === undefined) return errorAnswer(400, CODES.unknown)
    return defaultAnswer(model, operation, (member) => this.#identifier(member))
  }

  async #ownAnswer(call: RecordedCall): Promise<Answer | null> {
    const responder = this.#responders.get(`${call.service}.${call.operation}`)
    try {
      return (await responder?.(call.input ?? {}, call)) ?? null
    } catch (fault) {
      this.#thrown.push(fault)
      return errorAnswer(500, CODES.thrown)
    }
  }

  #send(call: RecordedCall, answer: Answer, response: ServerResponse): void {
    const { type, bytes } = written(answer, this.#modelOf(call), call)
    const headers = { ...(type && { 'content-type': type }), ...answer.headers, 'content-length': bytes.length }
    response.writeHead(answer.status, headers).end(bytes)
  }

  #modelOf({ service }: RecordedCall): ServiceModel | undefined {
    return this.#options.models.find(({ name }) => name === service)
  }

  #identifier(member: string): string {
    this.#identifiers += 1
    return `${member}-${this.#identifiers}`
  }
}

export type { RecordingEndpoint }

async function readRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '/',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  }
}

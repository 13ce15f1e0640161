import { setTimeout as wait } from 'node:timers/promises'
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import type { DynamoDBBatchResponse } from 'aws-lambda'
import { readModel } from '../aws-models/read-model.ts'
import { startDynamodbLocal } from '../emulators/dynamodb-local.ts'
import type { Emulator } from '../emulators/emulator-process.ts'
import { startMoto } from '../emulators/moto.ts'
import { pythonEnvironment } from '../emulators/python-environment.ts'
import { matches } from '../event-pattern/matches.ts'
import { errorAnswer } from '../recording/answer.ts'
import type { RecordedCall } from '../recording/recorded-call.ts'
import { type RecordingEndpoint, startRecordingEndpoint } from '../recording-endpoint.ts'
import { API_URL, EmulatedAccount } from './emulated-account.ts'
import { type Invoked, LambdaFunction } from './lambda-function.ts'
import { deliverBatch } from './queue-source.ts'
import { StreamReader, type StreamRecord } from './stream-reader.ts'

const MODELS = ['dynamodb', 'sqs', 'sesv2', 'kms', 'pinpoint-sms-voice-v2']
const FUNCTIONS = /LambdaFunction$/
/** The lease of `functions/send-messages/handler.ts`, and a second. */
const CLAIM_SECONDS = 46

/** A kill of one function's process, right before or right after its n-th request to AWS has been carried out. */
export interface Kill {
  readonly name: string
  readonly request: number
  readonly when: 'before' | 'after'
}

/** The packaged handlers over emulators, fed as the packaged template says; nothing of Muster runs in this process. */
export class DeployedMuster {
  readonly #emulators: readonly Emulator[]
  readonly endpoint: RecordingEndpoint
  readonly account: EmulatedAccount
  readonly functions = new Map<string, LambdaFunction>()
  readonly #dynamodbUrl: string
  #stream: StreamReader | null = null
  #undelivered: StreamRecord[] = []
  #aheadMs = 0
  /** The function that works now, and how many requests it has made in this invocation. */
  #working: { readonly name: string; requests: number } | null = null
  #kills: Kill[] = []
  /** Kills that have struck. */
  killed: Kill[] = []
  /** What each function has asked of AWS since the account was made anew. */
  readonly callsOf = new Map<string, RecordedCall[]>()
  /** The most requests that a function has made in one invocation. */
  readonly mostRequests = new Map<string, number>()

  private constructor(emulators: readonly Emulator[], endpoint: RecordingEndpoint, account: EmulatedAccount) {
    this.#emulators = emulators
    this.endpoint = endpoint
    this.account = account
    this.#dynamodbUrl = emulators[0]?.url ?? ''
    for (const id of account.stack.idsOf('AWS::Lambda::Function')) this.#addFunction(id)
  }

  static async start(): Promise<DeployedMuster> {
    const { models } = await pythonEnvironment()
    const emulators = [await startDynamodbLocal(), await startMoto()] as const
    const [{ url: dynamodb }, { url: moto }] = emulators
    let muster: DeployedMuster | null = null
    const endpoint = await startRecordingEndpoint({
      models: await Promise.all(MODELS.map((name) => readModel(models, name))),
      upstreams: { dynamodb, sqs: moto, kms: moto },
      responders: { 'sesv2.GetSuppressedDestination': () => errorAnswer(404, 'NotFoundException') },
      watch: (call) => muster?.strike(call) ?? null,
    })
    const account = await EmulatedAccount.create({ dynamodb, moto, functions: endpoint.url })
    muster = new DeployedMuster(emulators, endpoint, account)
    return muster
  }

  async stop(): Promise<void> {
    for (const one of this.functions.values()) one.kill()
    await this.endpoint.close()
    await Promise.all(this.#emulators.map((emulator) => emulator.stop()))
  }

  /** An empty account; the functions stay warm, and time goes on. */
  async startAnew(): Promise<void> {
    await this.account.startAnew()
    this.#stream = null
    this.#undelivered = []
    this.#kills = []
    this.killed = []
    this.callsOf.clear()
    this.endpoint.forget()
  }

  #addFunction(id: string): void {
    const handler = this.account.stack.properties<string>(id, 'Handler')
    const bundle = handler.replace(/\.handler$/, '.mjs')
    const name = id.replace(FUNCTIONS, '')
    this.functions.set(name, new LambdaFunction({ name, bundle, environment: this.account.environmentOf(id) }))
  }

  /** Waits, without waiting. */
  advance(seconds: number): void {
    this.#aheadMs += seconds * 1000
    for (const one of this.functions.values()) one.advanceTo(this.#aheadMs)
  }

  get now(): number {
    return Date.now() + this.#aheadMs
  }

  /** The next time that a function makes so many requests in one invocation, its process ends there. */
  killAt(kills: readonly Kill[]): void {
    this.#kills = [...kills]
  }

  /** Asked at every request of a function. */
  strike(call: RecordedCall): 'drop' | 'lose-answer' | null {
    const working = this.#working
    if (working === null) return null
    working.requests += 1
    this.callsOf.set(working.name, [...(this.callsOf.get(working.name) ?? []), call])
    this.mostRequests.set(working.name, Math.max(working.requests, this.mostRequests.get(working.name) ?? 0))
    const kill = this.#kills.find(({ name, request }) => name === working.name && request === working.requests)
    if (kill === undefined) return null
    this.#kills = this.#kills.filter((one) => one !== kill)
    this.killed.push(kill)
    this.functions.get(kill.name)?.kill()
    return kill.when === 'before' ? 'drop' : 'lose-answer'
  }

  /** A sender's claim must end before another may take it over; nothing else is held by who is gone. */
  #outwait(name: string): void {
    if (name.startsWith('Send')) this.advance(CLAIM_SECONDS)
  }

  async invoke(name: string, event: unknown): Promise<Invoked> {
    const target = this.functions.get(name)
    if (target === undefined) throw new Error(`no function ${name}`)
    this.#working = { name, requests: 0 }
    const invoked = await target.invoke(event)
    this.#working = null
    if (invoked.status === 'killed') this.#outwait(name)
    return invoked
  }

  /** An event as EventBridge would put it into the queue. */
  putEvent(event: object): Promise<void> {
    return this.put('FindingsQueue', event)
  }

  async put(queue: string, body: object): Promise<void> {
    const QueueUrl = this.account.queueUrls.get(queue)
    await this.account.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }))
  }

  /** The tick, as its rule would run it. */
  tick(): Promise<Invoked> {
    return this.invoke('Tick', { source: 'aws.events', 'detail-type': 'Scheduled Event' })
  }

  /** Streams and queues into functions, until nothing more is delivered. */
  async drain(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      const busy = (await this.#dispatch()) || (await this.#deliver())
      quiet = busy ? 0 : quiet + 1
      if (!busy) await wait(30)
    }
  }

  async #dispatch(): Promise<boolean> {
    const table = this.account.stack.properties<string>('IncidentsTable', 'TableName')
    this.#stream ??= await StreamReader.open(this.account.dynamodb, this.#dynamodbUrl, table)
    const batch = [...this.#undelivered, ...(await this.#stream.next())].filter((record) => this.#isWanted(record))
    this.#undelivered = []
    if (batch.length === 0) return false
    const invoked = await this.invoke('DispatchCommits', { Records: batch })
    this.#undelivered = stillToDo(batch, invoked)
    return true
  }

  #isWanted(record: StreamRecord): boolean {
    const [mapping = ''] = this.account.stack
      .idsOf('AWS::Lambda::EventSourceMapping')
      .filter((id) => id.includes('Dynamodb'))
    const { Filters } = this.account.stack.properties<{ Filters: { Pattern: string }[] }>(mapping, 'FilterCriteria')
    return Filters.some(({ Pattern }) => matches(JSON.parse(Pattern), record))
  }

  /** One batch from each queue that a mapping of the template reads. */
  async #deliver(): Promise<boolean> {
    let busy = false
    for (const id of this.account.stack.idsOf('AWS::Lambda::EventSourceMapping')) {
      const [, name, queue] = /^(\w+)EventSourceMappingSQS(\w+)$/.exec(id) ?? []
      const target = name === undefined ? undefined : this.functions.get(name)
      const queueUrl = this.account.queueUrls.get(queue ?? '')
      if (name === undefined || target === undefined || queueUrl === undefined) continue
      const batchSize = this.account.stack.properties<number>(id, 'BatchSize')
      this.#working = { name, requests: 0 }
      const { delivered, invoked } = await deliverBatch({ client: this.account.sqs, queueUrl, batchSize, target })
      this.#working = null
      if (invoked?.status === 'killed') this.#outwait(name)
      busy ||= delivered
    }
    return busy
  }

  /** The API, as a person's program would call it. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const [rawPath = '', rawQueryString = ''] = path.split('?')
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath,
      rawQueryString,
      cookies: headers.cookie?.split('; '),
      headers: { host: new URL(API_URL).host, 'content-type': 'application/json', ...headers },
      requestContext: {
        domainName: new URL(API_URL).host,
        http: { method, path: rawPath, sourceIp: '192.0.2.1', protocol: 'HTTP/1.1', userAgent: 'test' },
        requestId: 'request',
        stage: '$default',
      },
      body: text,
      isBase64Encoded: false,
    }
    const first = await this.invoke('ServeApi', event)
    // Whoever gets no answer asks again.
    const invoked = first.status === 'killed' ? await this.invoke('ServeApi', event) : first
    if (invoked.status !== 'answered') throw new Error(`${method} ${path}: ${JSON.stringify(invoked)}`)
    return invoked.answer as { statusCode: number; body: string; headers: Record<string, string>; cookies?: string[] }
  }

  async json<Content>(method: string, path: string, body?: unknown): Promise<Content> {
    const answer = await this.ask(method, path, body)
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
    return JSON.parse(answer.body) as Content
  }

  /** What left for people, in the order in which it did. */
  sent(): RecordedCall[] {
    const leaving = ['SendEmail', 'SendTextMessage']
    return this.endpoint.recorded().filter(({ operation }) => operation !== null && leaving.includes(operation))
  }

  /** How many messages wait in a queue, seen or not. */
  async waiting(queue: string): Promise<number> {
    const { Attributes = {} } = await this.account.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: this.account.queueUrls.get(queue), AttributeNames: ['All'] }),
    )
    const { ApproximateNumberOfMessages: seen, ApproximateNumberOfMessagesNotVisible: hidden } = Attributes
    return Number(seen) + Number(hidden)
  }
}

/** The stream goes on from the first failure; an invocation without an answer is tried again whole. */
function stillToDo(batch: readonly StreamRecord[], invoked: Invoked): StreamRecord[] {
  if (invoked.status !== 'answered') return [...batch]
  const [first] = (invoked.answer as DynamoDBBatchResponse).batchItemFailures
  const from = batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === first?.itemIdentifier)
  return from === -1 ? [] : batch.slice(from)
}

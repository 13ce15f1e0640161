import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { feedingTable } from '../../../infra/local/feeding-table.ts'
import { LocalQueues } from '../../../infra/local/local-queues.ts'
import { Runtime } from '../../../infra/local/runtime.ts'
import { linkSigner } from '../../../shared/adapters/node-crypto/link-signer.ts'
import { machineRandom } from '../../../shared/adapters/node-runtime/machine-random.ts'
import { machineTime, ownTime } from '../../../shared/adapters/node-runtime/machine-time.ts'
import type { SenderDependencies } from '../../../shared/app/dependencies.ts'
import { directoryReader, importDirectory } from '../../../shared/app/directory-versions.ts'
import { type IntakeMemory, newIntakeMemory } from '../../../shared/app/intake-memory.ts'
import { readDirectory } from '../../../shared/app/read-directory.ts'
import { receiveEvents } from '../../../shared/app/receive-events.ts'
import { STORM } from '../../../shared/app/run-command.ts'
import type { Handled } from '../../../shared/app/settle-batch.ts'
import { ENGLISH } from '../../../shared/content/messages/english.ts'
import { OBLIGATIONS } from '../../../shared/content/obligations/catalogue.ts'
import { door } from '../../../shared/doors/door.ts'
import { settleRecords } from '../../../shared/doors/settle-records.ts'
import type { Table } from '../../../shared/ports/table.ts'
import { meteredDirectory } from '../cost/sample-organisation.ts'
import { AcceptingProvider } from './accepting-provider.ts'

type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>

const SETTLE_WITHIN_MS = 300_000
const NOTHING = { putOff: async () => undefined, bury: async () => undefined }

/**
 * The intake as it is deployed, without AWS around it: the steps of the function that reads the findings queue, and
 * beside it what dispatches, sends and wakes on one machine.
 */
export class BenchMuster {
  readonly provider = new AcceptingProvider()
  readonly #runtime: Runtime
  readonly #deps: SenderDependencies & { readonly memory: IntakeMemory }
  readonly #handler: Handler
  readonly faults: string[] = []

  private constructor(table: Table) {
    const queues = new LocalQueues(() => runtime.nudge())
    const fed = feedingTable(table, queues)
    this.#deps = {
      table: fed,
      queues,
      time: ownTime,
      real: machineTime,
      random: machineRandom,
      directory: directoryReader(fed),
      alarms: { raise: (name, detail) => this.faults.push(`${name} ${JSON.stringify(detail)}`) },
      obligations: OBLIGATIONS,
      provider: this.provider,
      signer: linkSigner(Buffer.alloc(32, 1)),
      texts: ENGLISH,
      publicUrl: 'https://muster.example',
      sendsAtOnce: 10,
      leaseMs: 45_000,
      memory: newIntakeMemory(),
    }
    const runtime = new Runtime(this.#deps, queues, (line) => this.faults.push(line))
    this.#runtime = runtime
    this.#handler = door((event: SQSEvent) => this.#settle(event)) as Handler
  }

  /** Over a table that is empty or has been used before; with four seats that have somebody to call. */
  static async start(table: Table): Promise<BenchMuster> {
    const muster = new BenchMuster(table)
    const read = readDirectory(JSON.stringify(meteredDirectory()))
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    await importDirectory(muster.#deps, read.directory, ownTime.now())
    await muster.settled()
    return muster
  }

  /** One invocation, from the text that Lambda's runtime reads; gives the records that come again. */
  async invoke(text: string): Promise<number> {
    const { batchItemFailures } = await this.#handler(JSON.parse(text) as SQSEvent, CONTEXT)
    return batchItemFailures.length
  }

  /** The events themselves, as the API takes them. */
  receive(events: readonly unknown[], patience = STORM): ReturnType<typeof receiveEvents> {
    return receiveEvents(this.#deps, events, { now: ownTime.now(), patience, tellsSeverity: false })
  }

  /** Resolves when everything is dispatched and sent. */
  async settled(): Promise<void> {
    this.#runtime.nudge()
    await this.#runtime.settleFully(machineTime.nowMs() + SETTLE_WITHIN_MS)
  }

  stop(): Promise<void> {
    return this.#runtime.stop()
  }

  /** As in `functions/ingest-findings`, with other dependencies. */
  #settle(event: SQSEvent): Promise<SQSBatchResponse> {
    const { alarms } = this.#deps
    const policy = { queue: 'findings', mostReceives: 10, waitMs: [2_000, 300_000] } as const
    const handle = async (events: readonly unknown[]): Promise<Handled[]> => {
      await this.receive(events)
      return events.map(() => ({ status: 'done' }))
    }
    return settleRecords({ alarms, deliveries: NOTHING, policy, parse: readEvent, handle }, event)
  }
}

function readEvent(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

const CONTEXT: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'muster-bench-ingest-findings',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:muster-bench-ingest-findings',
  memoryLimitInMB: '512',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  logGroupName: '/aws/lambda/muster-bench-ingest-findings',
  logStreamName: '2027/03/10/[$LATEST]0123456789abcdef',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
}

import { createHash } from 'node:crypto'
import { LOCAL_CONNECTION } from '../../infra/local/database.ts'
import { createSqsClient } from '../../shared/adapters/sqs/client.ts'
import { AwsJsonServer, type Call } from './aws-json-server.ts'

/** Longer than a loaded machine takes for an answer. */
const PATIENT_MS = 10_000

export interface Entry {
  readonly Id: string
  readonly MessageBody: string
  readonly DelaySeconds?: number
}

export interface Batch {
  readonly queue: string
  readonly entries: readonly Entry[]
}

/** Why an entry is not taken; null: it is. `lost`: the answer does not speak of it. */
export type Verdict = { readonly Code: string; readonly SenderFault: boolean } | 'lost' | 'altered' | null

/** A queue service that keeps what it is sent, and takes of it what it is told to. */
export class RecordingSqs {
  readonly server = new AwsJsonServer('1.0', (call) => this.#answer(call))
  /** What becomes of each entry. */
  judge: (entry: Entry, queue: string) => Verdict = () => null
  readonly #destroys: (() => void)[] = []
  #endpoint = ''

  async start(): Promise<void> {
    this.#endpoint = await this.server.start()
  }

  async stop(): Promise<void> {
    for (const destroy of this.#destroys) destroy()
    await this.server.stop()
  }

  get endpoint(): string {
    return this.#endpoint
  }

  client(requestMilliseconds = PATIENT_MS): ReturnType<typeof createSqsClient> {
    const client = createSqsClient({ ...LOCAL_CONNECTION, endpoint: this.#endpoint, requestMilliseconds })
    this.#destroys.push(() => client.destroy())
    return client
  }

  reset(): void {
    this.server.reset()
    this.judge = () => null
  }

  /** The requests so far. */
  get batches(): Batch[] {
    return this.server.calls.map(batchOf)
  }

  #answer(call: Call): object {
    const { queue, entries } = batchOf(call)
    const verdicts = entries.map((entry) => ({ entry, verdict: this.judge(entry, queue) }))
    return {
      Successful: verdicts.flatMap(({ entry, verdict }) =>
        verdict === null || verdict === 'altered' ? [taken(entry, verdict === 'altered')] : [],
      ),
      Failed: verdicts.flatMap(({ entry, verdict }) =>
        verdict !== null && typeof verdict === 'object' ? [{ Id: entry.Id, Message: 'said so', ...verdict }] : [],
      ),
    }
  }
}

function batchOf({ input }: Call): Batch {
  return { queue: String(input.QueueUrl).split('/').at(-1) ?? '', entries: input.Entries as Entry[] }
}

function taken({ Id, MessageBody }: Entry, isAltered: boolean): object {
  const stored = isAltered ? `${MessageBody} ` : MessageBody
  return { Id, MessageId: `message-${Id}`, MD5OfMessageBody: createHash('md5').update(stored).digest('hex') }
}

import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { groupHashOf } from '../../../shared/app/intake.ts'
import { type LoadedIncident, loadIncident } from '../../../shared/app/load-incident.ts'
import { incidentIdOf } from '../../../shared/app/rows/keys.ts'
import { instantOf, plusSeconds } from '../../../shared/core/time/instant.ts'
import type { Table } from '../../../shared/ports/table.ts'
import { PROOF_ACCOUNTS, proofEvent } from '../../proof/proof-organisation.ts'
import { finding, InMemoryMuster } from '../../unit/app/in-memory-muster.ts'

/** An event of which nobody has heard yet. */
export interface FirstEvent {
  readonly event: object
  /** Whether the function did its work, given what the stubs were asked for. */
  isDone(asked: readonly string[]): Promise<boolean>
}

/** The account whose data start a clock: the most is to be done there. */
const [ACCOUNT] = PROOF_ACCOUNTS
/** Longer than the windows of the sample organisation: pages are out and nobody has answered. */
const SILENT_SECONDS = 400

/** Makes first events over a table; each is about an incident of its own. */
export class FirstEvents {
  readonly #table: Table
  readonly #muster: InMemoryMuster
  #count = 0

  private constructor(table: Table, muster: InMemoryMuster) {
    this.#table = table
    this.#muster = muster
  }

  /** With the sample organisation of the proofs in the table. */
  static async over(table: Table): Promise<FirstEvents> {
    return new FirstEvents(table, await InMemoryMuster.start(table))
  }

  /** A new finding, as EventBridge puts it into the queue. */
  async newFinding(): Promise<FirstEvent> {
    const [name, at] = [this.#nextName(), instantOf(Date.now())]
    const incidentId = incidentIdOf(groupHashOf(finding(name, name, at, ACCOUNT)), 1)
    return {
      event: fromQueue(proofEvent(name, name, ACCOUNT, at)),
      isDone: async () => (await this.#load(incidentId)).state !== null,
    }
  }

  /** The first commit of an incident, as the table's stream tells of it. */
  async openedIncident(): Promise<FirstEvent> {
    const incidentId = await this.#open(0)
    const Keys = { pk: { S: `INC#${incidentId}` }, sk: { S: 'C#000001' } }
    return {
      event: { Records: [{ eventName: 'INSERT', dynamodb: { Keys, SequenceNumber: '1' } }] },
      isDone: async (asked) => asked.includes('SendMessageBatch') && (await this.#load(incidentId)).head !== null,
    }
  }

  /** A wake of an incident whose windows have elapsed: the next people are to be called. */
  async silentIncident(): Promise<FirstEvent> {
    const incidentId = await this.#open(SILENT_SECONDS)
    await this.#muster.follow(incidentId)
    return this.#committing(incidentId, { incidentId, wakeAt: instantOf(Date.now()) }, [])
  }

  /** A page by e-mail. */
  async queuedPage(): Promise<FirstEvent> {
    const incidentId = await this.#open(0)
    await dispatchCommits(this.#muster.deps, incidentId)
    const page = this.#muster.effects.splice(0).find(({ kind }) => kind === 'page')
    if (page === undefined) throw new Error('nobody is paged')
    return this.#committing(incidentId, page, ['GenerateMac', 'POST /v2/email/outbound-emails'])
  }

  /** What adds a commit to an incident. */
  async #committing(incidentId: string, body: object, asks: readonly string[]): Promise<FirstEvent> {
    const sequence = (loaded: LoadedIncident) => loaded.state?.sequence ?? 0
    const before = sequence(await this.#load(incidentId))
    return {
      event: fromQueue(body),
      isDone: async (asked) =>
        asks.every((operation) => asked.includes(operation)) && sequence(await this.#load(incidentId)) > before,
    }
  }

  async #open(secondsAgo: number): Promise<string> {
    this.#muster.now = plusSeconds(instantOf(Date.now()), -secondsAgo)
    const name = this.#nextName()
    const [result] = await this.#muster.ingest(finding(name, name, this.#muster.now, ACCOUNT))
    if (!result?.incidentId) throw new Error('no incident was opened')
    return result.incidentId
  }

  #load(incidentId: string): Promise<LoadedIncident> {
    return loadIncident(this.#table, incidentId)
  }

  #nextName(): string {
    this.#count += 1
    return `bench-${this.#count}`
  }
}

function fromQueue(body: object): object {
  const record = {
    messageId: 'message-1',
    receiptHandle: 'receipt-1',
    body: JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1' },
    eventSource: 'aws:sqs',
  }
  return { Records: [record] }
}

import { type Counts, countingTable } from '../../../shared/adapters/counting/table.ts'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { linkSigner } from '../../../shared/adapters/node-crypto/link-signer.ts'
import type { SenderDependencies } from '../../../shared/app/dependencies.ts'
import { directoryReader, importDirectory } from '../../../shared/app/directory-versions.ts'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { type IntakeMemory, newIntakeMemory } from '../../../shared/app/intake-memory.ts'
import { readDirectory } from '../../../shared/app/read-directory.ts'
import { receiveEvents } from '../../../shared/app/receive-events.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import { sendMessages } from '../../../shared/app/send-messages.ts'
import { ENGLISH } from '../../../shared/content/messages/english.ts'
import { OBLIGATIONS } from '../../../shared/content/obligations/catalogue.ts'
import type { Instant } from '../../../shared/core/time/instant.ts'
import type { QueuedEffect } from '../../../shared/ports/queues.ts'
import type { Table } from '../../../shared/ports/table.ts'
import { meteredDirectory } from '../cost/sample-organisation.ts'
import { AcceptingProvider } from './accepting-provider.ts'
import { eventOf, type StormFinding } from './storm-events.ts'

/** One process step by step over a table that counts, with events at its door: what each thing costs. */
export class SteppedMuster {
  readonly provider = new AcceptingProvider()
  readonly #counting = countingTable(new MemoryTable())
  #atHead: Counts | null = null
  readonly #effects: QueuedEffect[] = []
  readonly #deps: SenderDependencies & { readonly memory: IntakeMemory }
  readonly #now: Instant
  #incidentId = ''
  #ids = 0

  private constructor(now: Instant) {
    const table = notingHeads(this.#counting.table, () => {
      this.#atHead ??= this.#counting.counts()
    })
    this.#now = now
    this.#deps = {
      table,
      time: { now: () => now },
      real: { nowMs: () => 0, sleep: async () => undefined },
      random: { unit: () => 0.5, id: () => `sample-id-${++this.#ids}` },
      queues: { sendEffects: async (effects) => void this.#effects.push(...effects), sendWakes: async () => undefined },
      directory: directoryReader(table),
      alarms: { raise: () => undefined },
      obligations: OBLIGATIONS,
      provider: this.provider,
      signer: linkSigner(Buffer.alloc(32, 1)),
      texts: ENGLISH,
      publicUrl: 'https://muster.example',
      sendsAtOnce: 10,
      leaseMs: 60_000,
      memory: newIntakeMemory(),
    }
  }

  /** As a process that has run before: the directory is known. */
  static async start(now: Instant): Promise<SteppedMuster> {
    const muster = new SteppedMuster(now)
    const read = readDirectory(JSON.stringify(meteredDirectory()))
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    await importDirectory(muster.#deps, read.directory, now)
    await muster.#deps.directory.current()
    return muster
  }

  /** What some steps cost together. */
  async cost(...steps: (() => Promise<unknown>)[]): Promise<Counts> {
    this.#counting.reset()
    this.#atHead = null
    for (const step of steps) await step()
    return this.#counting.counts()
  }

  /** What the steps had cost when they had written their first head. */
  costUpToHead(): Counts {
    if (this.#atHead === null) throw new Error('no head was written')
    return this.#atHead
  }

  async ingest(finding: StormFinding): Promise<void> {
    const door = { now: this.#now, patience: PERSON, tellsSeverity: false }
    const [result] = await receiveEvents(this.#deps, [eventOf(finding)], door)
    this.#incidentId = result?.incidentId ?? ''
  }

  dispatch(): Promise<void> {
    return dispatchCommits(this.#deps, this.#incidentId)
  }

  /** Each channel's messages as one batch. */
  async send(): Promise<void> {
    const batches = Map.groupBy(this.#effects.splice(0), ({ channel }) => channel)
    for (const batch of batches.values()) await sendMessages(this.#deps, batch)
  }

  async acknowledge(role: string, responderId: string): Promise<void> {
    const cause = `request/${responderId}-${role}`
    const command = { type: 'AcknowledgeSeat', role, responderId, via: 'api' } as const
    const { status } = await runCommand(this.#deps, {
      incidentId: this.#incidentId,
      command: () => command,
      now: this.#now,
      actor: responderId,
      patience: PERSON,

      causes: [cause],
      remembered: cause,
      answer: 'ok',
    })
    if (status !== 'committed') throw new Error(`the acknowledgement was ${status}`)
  }
}

/** The table itself, with a word after each head that it has stored. */
function notingHeads(table: Table, noted: () => void): Table {
  const put: Table['put'] = async (name, item, conditions) => {
    const isStored = await table.put(name, item, conditions)
    if (isStored && item.sk === 'HEAD') noted()
    return isStored
  }
  return new Proxy(table, {
    get: (target, name) => (name === 'put' ? put : Reflect.get(target, name).bind(target)),
  })
}

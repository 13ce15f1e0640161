import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { ingestFindings } from '../../../shared/app/ingest-findings.ts'
import { newIntakeMemory } from '../../../shared/app/intake-memory.ts'
import { receiveReply } from '../../../shared/app/receive-reply.ts'
import { STORM } from '../../../shared/app/run-command.ts'
import { sendMessages } from '../../../shared/app/send-messages.ts'
import { each, type Handled, settleBatch } from '../../../shared/app/settle-batch.ts'
import { tick } from '../../../shared/app/tick.ts'
import { wakeIncident } from '../../../shared/app/wake-incident.ts'
import type { Obligation } from '../../../shared/core/clocks/obligation.ts'
import type { Directory } from '../../../shared/core/directory/directory.ts'
import { secondsBetween } from '../../../shared/core/time/instant.ts'
import type { QueuedEffect, QueuedWake } from '../../../shared/ports/queues.ts'
import type { Reply } from '../../../shared/sources/replies/reply.ts'
import { Evidence, type FindingInput } from './evidence.ts'
import { importFirst } from './first-directory.ts'
import { ModelledProvider } from './modelled-provider.ts'
import { ModelledQueue } from './modelled-queue.ts'
import { ModelledTable } from './modelled-table.ts'
import { Processes } from './processes.ts'
import type { Seams } from './seams.ts'
import type { World } from './world.ts'

const VISIBILITY_MS = 60_000
const TICK_EVERY_MS = 60_000
/** The stream tries again while a record is younger than this. */
const STREAM_KEEPS_MS = 60_000

/** All doors and workers of Muster, run as on AWS: the real use cases over the modelled outside. */
export class Town {
  readonly world: World
  readonly evidence = new Evidence()
  readonly table: ModelledTable
  readonly provider: ModelledProvider
  readonly processes: Processes
  readonly intake: ModelledQueue<FindingInput>
  readonly #effects = new Map<string, ModelledQueue<QueuedEffect>>()
  readonly #wakes: ModelledQueue<QueuedWake>
  readonly #replies: ModelledQueue<Reply>
  readonly #seams: Seams
  /** What each of three processes remembers. */
  readonly #memories = [newIntakeMemory(), newIntakeMemory(), newIntakeMemory()]
  #feedBlockedUntilMs = 0
  ticking = true

  constructor(world: World, obligations: readonly Obligation[], seams: Seams = {}) {
    this.world = world
    this.#seams = seams
    this.table = new ModelledTable(world, this.evidence)
    this.provider = new ModelledProvider(world, this.evidence)
    this.processes = new Processes(this, { obligations, seams }, (channel) => this.#effectQueue(channel))
    this.intake = this.#intakeQueue()
    this.#wakes = this.#wakeQueue()
    this.#replies = this.#replyQueue()
    this.provider.returned.onReceipt = ({ receipt }) => this.#replies.add(receipt, () => 0)
    this.processes.wakeQueue = this.#wakes
    world.onBefall.push(({ kind, effectIds }) => {
      this.evidence.died.push(kind)
      for (const effectId of effectIds) this.evidence.harmed(effectId)
    })
    this.table.onCommit = (incidentId, sequence) => this.#feed(incidentId, sequence)
  }

  /** The directory before anything happens: stored without a fault. */
  async begin(directory: Directory): Promise<void> {
    await importFirst(this.table.base, directory, this.world.now())
    this.evidence.directories.push({ order: 0, directory })
  }

  queues(): ModelledQueue<never>[] {
    return [this.intake, this.#wakes, this.#replies, ...this.#effects.values()] as unknown as ModelledQueue<never>[]
  }

  pokeAll(): void {
    for (const queue of this.queues()) queue.poke()
  }

  /** Findings through the door, outside of the queue: the caller may never hear what became of them. */
  async ingestDirectly(inputs: readonly FindingInput[]): Promise<void> {
    await this.#ingest(inputs, this.processes.spawn('intake')).catch(() => undefined)
  }

  async #ingest(inputs: readonly FindingInput[], { instance, deps }: ReturnType<Processes['spawn']>): Promise<void> {
    const memory = this.#memories[instance.id % this.#memories.length] ?? newIntakeMemory()
    const door = { now: this.world.now(), patience: STORM, tellsSeverity: false }
    const findings = inputs.map(({ finding }) => finding)
    const results = await ingestFindings({ ...deps, memory: { ...memory, turns: new Map() } }, findings, door)
    for (const [index, input] of inputs.entries()) {
      input.result ??= results[index] ?? null
      input.answeredMs ??= this.world.realMs
      this.world.trace?.add(
        this.world,
        results[index]?.incidentId ?? null,
        `${input.finding.key} → ${results[index]?.outcome}`,
      )
    }
  }

  #intakeQueue(): ModelledQueue<FindingInput> {
    return new ModelledQueue<FindingInput>('intake', this.world, this.evidence, {
      kind: 'intake',
      keepsAll: true,
      atOnce: 3,
      batch: 10,
      visibilityMs: VISIBILITY_MS,
      handle: (instance, messages) => {
        const deps = this.processes.depsFor(instance)
        const handle = async (inputs: readonly FindingInput[]): Promise<Handled[]> => {
          await this.#ingest(inputs, { instance, deps }).catch((fault) => {
            this.world.trace?.add(
              this.world,
              null,
              `${instance.name} ${inputs.map(({ finding }) => finding.findingId)} failed: ${fault}`,
            )
            throw fault
          })
          return inputs.map(() => ({ status: 'done' }))
        }
        return settleBatch(deps, messages, handle, { queue: 'intake', mostReceives: 1000, waitMs: [1_000, 20_000] })
      },
    })
  }

  #effectQueue(channel: string): ModelledQueue<QueuedEffect> {
    const known = this.#effects.get(channel)
    if (known) return known
    const queue = new ModelledQueue<QueuedEffect>(`messages-${channel}`, this.world, this.evidence, {
      kind: 'sender',
      atOnce: 3,
      batch: 4,
      visibilityMs: VISIBILITY_MS,
      handle: (instance, messages) => {
        const deps = this.processes.depsFor(instance)
        instance.effectIds = messages.map(({ body }) => body.effectId)
        const policy = { queue: `messages-${channel}`, mostReceives: 6, waitMs: [1_000, 30_000] } as const
        return settleBatch(deps, messages, (effects) => sendMessages(deps, effects), policy)
      },
    })
    this.#effects.set(channel, queue)
    return queue
  }

  #wakeQueue(): ModelledQueue<QueuedWake> {
    return new ModelledQueue<QueuedWake>('wakes', this.world, this.evidence, {
      kind: 'waker',
      atOnce: 4,
      batch: 3,
      visibilityMs: VISIBILITY_MS,
      handle: (instance, messages) => {
        const deps = this.processes.depsFor(instance)
        const handle = each(async (wake: QueuedWake): Promise<Handled> => {
          if (this.#seams.skipWake?.(wake)) return { status: 'done' }
          const outcome = await wakeIncident(deps, wake)
          if (outcome.status !== 'early') return { status: 'done' }
          return { status: 'again', afterMs: Math.ceil(secondsBetween(deps.time.now(), outcome.at)) * 1000 }
        })
        return settleBatch(deps, messages, handle, { queue: 'wakes', mostReceives: 10, waitMs: [1_000, 30_000] })
      },
    })
  }

  #replyQueue(): ModelledQueue<Reply> {
    return new ModelledQueue<Reply>('replies', this.world, this.evidence, {
      kind: 'receiver',
      atOnce: 3,
      batch: 4,
      visibilityMs: VISIBILITY_MS,
      handle: (instance, messages) => {
        const deps = this.processes.depsFor(instance)
        const handle = each((reply: Reply) => receiveReply(deps, reply))
        return settleBatch(deps, messages, handle, { queue: 'replies', mostReceives: 10, waitMs: [2_000, 300_000] })
      },
    })
  }

  /** The stream: it may be silent, blocked, late or say things twice. */
  #feed(incidentId: string, sequence: number): void {
    const { faults, random, realMs } = this.world
    if (faults.strikes('feed-silent')) return
    if (faults.strikes('feed-blocked')) this.#feedBlockedUntilMs = realMs + random.integer(5_000, 120_000)
    const times = faults.strikes('feed-twice') ? 2 : 1
    for (let time = 0; time < times; time += 1) {
      const lateMs = faults.strikes('feed-late')
        ? random.integer(1_000, 55_000)
        : random.integer(0, this.world.latencyMs[1] * 5)
      const atMs = Math.max(realMs + lateMs, this.#feedBlockedUntilMs)
      this.world.at(atMs, () => this.#dispatch(incidentId, sequence, realMs))
    }
  }

  #dispatch(incidentId: string, sequence: number, bornMs: number): void {
    if (this.world.realMs - bornMs > STREAM_KEEPS_MS) return
    const { instance, deps } = this.processes.spawn('dispatcher')
    const again = () => this.world.after(1_500, () => this.#dispatch(incidentId, sequence, bornMs))
    instance.onLost = again
    dispatchCommits(deps, incidentId, [sequence]).catch(again)
  }

  startTicking(): void {
    this.world.after(TICK_EVERY_MS, () => {
      if (!this.ticking) return
      if (!this.world.faults.strikes('tick-missed')) this.tickNow()
      this.startTicking()
    })
  }

  tickNow(): void {
    tick(this.processes.spawn('ticker').deps).catch(() => undefined)
  }
}

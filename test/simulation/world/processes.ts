import type { DoorDependencies, SenderDependencies } from '../../../shared/app/dependencies.ts'
import { type DirectoryReader, type DirectoryVersion, directoryReader } from '../../../shared/app/directory-versions.ts'
import { directoryPointerKey, sha256 } from '../../../shared/app/rows/keys.ts'
import { ENGLISH } from '../../../shared/content/messages/english.ts'
import type { Obligation } from '../../../shared/core/clocks/obligation.ts'
import { epochMs } from '../../../shared/core/time/instant.ts'
import { TransientFault } from '../../../shared/ports/faults.ts'
import type { QueuedEffect, QueuedWake, Queues } from '../../../shared/ports/queues.ts'
import type { Item, Table } from '../../../shared/ports/table.ts'
import type { Evidence } from './evidence.ts'
import type { Instance, InstanceKind } from './instance.ts'
import type { ModelledProvider } from './modelled-provider.ts'
import type { ModelledQueue } from './modelled-queue.ts'
import type { ModelledTable } from './modelled-table.ts'
import type { Seams } from './seams.ts'
import type { World } from './world.ts'

/** Longer than a function may run, which is longer than a provider may take. */
const LEASE_MS = 60_000

const signature = (text: string) => sha256(`sample key ${text}`).slice(0, 20)
export const LINKS: Pick<SenderDependencies, 'signer'> & Pick<DoorDependencies, 'verifier'> = {
  signer: { sign: async (text) => signature(text) },
  verifier: { verify: async (text, given) => given === signature(text) },
}

/** Everything that instances are given from outside. */
export class Processes {
  readonly world: World
  readonly evidence: Evidence
  readonly table: ModelledTable
  readonly provider: ModelledProvider
  readonly effectQueues = new Map<string, ModelledQueue<QueuedEffect>>()
  wakeQueue: ModelledQueue<QueuedWake> | null = null
  readonly #obligations: readonly Obligation[]
  readonly #seams: Seams
  readonly #versions = new Map<string, DirectoryVersion>()
  readonly #queueOf: (channel: string) => ModelledQueue<QueuedEffect>

  constructor(
    parts: { world: World; evidence: Evidence; table: ModelledTable; provider: ModelledProvider },
    options: { obligations: readonly Obligation[]; seams: Seams },
    queueOf: (channel: string) => ModelledQueue<QueuedEffect>,
  ) {
    this.world = parts.world
    this.evidence = parts.evidence
    this.table = parts.table
    this.provider = parts.provider
    this.#obligations = options.obligations
    this.#seams = options.seams
    this.#queueOf = queueOf
  }

  spawn(kind: InstanceKind): { instance: Instance; deps: SenderDependencies } {
    const instance = this.world.spawn(kind)
    return { instance, deps: this.depsFor(instance) }
  }

  depsFor(instance: Instance): SenderDependencies {
    const { world } = this
    const table = this.table.viewFor(instance)
    const deps: SenderDependencies = {
      table,
      time: { now: () => world.now() },
      real: { nowMs: () => world.realMs, sleep: (ms) => world.sleep(instance, ms) },
      random: { unit: () => world.random.unit(), id: () => world.random.id() },
      queues: this.#queues(instance),
      directory: this.#directory(instance, table),
      alarms: { raise: (name, detail) => void this.evidence.alarms.push({ name, detail }) },
      obligations: this.#obligations,
      provider: this.provider.forInstance(instance),
      signer: LINKS.signer,
      texts: ENGLISH,
      publicUrl: 'https://muster.example',
      sendsAtOnce: 10,
      leaseMs: LEASE_MS,
    }
    return this.#seams.deps?.(world, instance, deps) ?? deps
  }

  /** Versions never change: a process that has run before knows them. Every fourth has just started. */
  #directory(instance: Instance, table: Table): DirectoryReader {
    const cold = directoryReader(table)
    if (instance.id % 4 === 0) return cold
    const known = this.#versions
    const pointedAt = async (pointer: Item | null) => {
      const id = String(pointer?.versionId)
      const version = known.get(id) ?? (await cold.pointedAt(pointer))
      known.set(id, version)
      return version
    }
    return { ...cold, pointedAt, current: async () => pointedAt(await table.get('incidents', directoryPointerKey)) }
  }

  #queues(instance: Instance): Queues {
    return {
      sendEffects: (effects) => this.#sendAll(instance, effects, (one) => this.#queueOf(one.channel).add(one, () => 0)),
      sendWakes: (wakes) => this.#sendAll(instance, wakes, (wake) => this.#addWake(wake)),
    }
  }

  /** Delays are whole seconds, rounded up. */
  #addWake(wake: QueuedWake): void {
    const { world } = this
    const whole = world.latencyMs[1] === 0 ? 1 : 1000
    const earlyMs = world.faults.strikes('wake-early') ? world.random.integer(1_000, 300_000) : 0
    const dueMs = epochMs(wake.wakeAt)
    this.evidence.longestDelayMs = Math.max(this.evidence.longestDelayMs, dueMs - world.musterMs())
    this.wakeQueue?.add(wake, () => {
      const inMs = dueMs - world.musterMs() - earlyMs
      return inMs <= 0 ? world.realMs : world.realMs + Math.ceil(inMs / whole) * whole
    })
  }

  /** A batch may be refused, be taken in part, or be taken without an answer. */
  #sendAll<Body>(instance: Instance, bodies: readonly Body[], add: (body: Body) => void): Promise<void> {
    const { faults, random } = this.world
    const refused = faults.strikes('queue-refuses')
    const taken = refused ? bodies.slice(0, random.integer(0, bodies.length - 1)) : bodies
    const silent = !refused && faults.strikes('queue-answer-lost')
    return this.world.call(instance, async () => {
      for (const body of taken) add(body)
      if (refused || silent) throw new TransientFault('the queue gave no answer')
    })
  }
}

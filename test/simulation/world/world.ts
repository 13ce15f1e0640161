import { epochMs, type Instant, instantOf } from '../../../shared/core/time/instant.ts'
import { EventHeap } from './event-heap.ts'
import { Faults, type Likelihood } from './faults.ts'
import { type Doom, Instance, type InstanceKind } from './instance.ts'
import { Seeded } from './seeded.ts'
import type { Trace } from './trace.ts'

/** A Wednesday morning in Europe. */
const STARTS_AT: Instant = '2027-03-10T09:00:00.000Z'
const STARTS_MS = epochMs(STARTS_AT)

export interface WorldOptions {
  readonly trace?: Trace | null
  /** How long a call to the outside takes; zero for a world in which everything happens at once. */
  readonly latencyMs?: readonly [least: number, most: number]
  /** The only kind of process that dies or stands still. */
  readonly mayDie?: InstanceKind | undefined
}

/**
 * Real time, Muster's time, and whose turn it is. Every call to the outside waits here; what is next is a matter of the
 * seed. Nothing waits in truth: time jumps from event to event.
 */
export class World {
  readonly random: Seeded
  readonly faults: Faults
  readonly trace: Trace | null
  /** Of the machine: it only passes by itself. */
  realMs = 0
  /** Muster's time is ahead of the real one by this. */
  offsetMs = 0
  /** Counts what took effect, so that before and after are exact. */
  order = 0
  /** Real time passes and Muster's stands still: for advances. */
  frozenAt: Instant | null = null
  readonly latencyMs: readonly [number, number]
  /** Told of each process that dies or stands still. */
  readonly onBefall: ((instance: Instance) => void)[] = []
  readonly calls = new Map<InstanceKind, number>()
  readonly #mayDie: InstanceKind | null
  #instances = 0
  #events = 0
  readonly #heap = new EventHeap()
  #nowMs = -1
  #now: Instant = STARTS_AT

  constructor(seed: number, likelihood: Likelihood, options: WorldOptions = {}) {
    this.random = new Seeded(seed)
    this.faults = new Faults(this.random, likelihood)
    this.trace = options.trace ?? null
    this.latencyMs = options.latencyMs ?? [2, 14]
    this.#mayDie = options.mayDie ?? null
  }

  now(): Instant {
    if (this.frozenAt !== null) return this.frozenAt
    const ms = STARTS_MS + this.realMs + this.offsetMs
    if (ms !== this.#nowMs) {
      this.#nowMs = ms
      this.#now = instantOf(ms)
    }
    return this.#now
  }

  musterMs(): number {
    return this.frozenAt === null ? STARTS_MS + this.realMs + this.offsetMs : epochMs(this.frozenAt)
  }

  at(atMs: number, run: () => void): void {
    this.#events += 1
    this.#heap.push({ atMs: Math.max(Math.ceil(atMs), this.realMs), order: this.#events, run })
  }

  after(ms: number, run: () => void): void {
    this.at(this.realMs + ms, run)
  }

  /** Plays until this real time, or until nothing is left to happen. */
  async runUntil(untilMs: number): Promise<void> {
    await null
    for (;;) {
      const nextMs = this.#heap.nextMs
      if (nextMs === null || nextMs > untilMs) break
      const event = this.#heap.pop()
      if (event === undefined) break
      this.realMs = event.atMs
      event.run()
      await drained()
    }
    if (Number.isFinite(untilMs)) this.realMs = untilMs
  }

  spawn(kind: InstanceKind): Instance {
    this.#instances += 1
    return new Instance(this.#instances, kind, this.#doom(kind))
  }

  #doom(kind: InstanceKind): Doom | null {
    if (this.#mayDie !== null && this.#mayDie !== kind) return null
    const what = this.faults.looms('crash') ? 'crash' : this.faults.looms('pause') ? 'pause' : null
    if (what === null) return null
    const { random } = this
    return {
      what,
      atCall: random.integer(1, random.pick([4, 12, 60])),
      after: random.chance(0.5),
      pauseMs: random.integer(2_000, 240_000),
    }
  }

  /** One call to the outside: `apply` is what it does there. Never comes back to an instance that died meanwhile. */
  call<T>(instance: Instance, apply: () => Promise<T>, latencyMs = this.#latency()): Promise<T> {
    const fate = instance.dead ? null : instance.fate()
    if (fate !== null && !fate.after) this.#befall(instance, fate)
    if (instance.dead) return new Promise<T>(() => undefined)
    this.calls.set(instance.kind, Math.max(this.calls.get(instance.kind) ?? 0, instance.calls))
    return new Promise<T>((resolve, reject) => {
      const goOn = (answer: Promise<T>) => this.#resume(instance, () => answer.then(resolve, reject))
      const arrive = () => {
        // What was on its way when its sender died may still take effect.
        if (instance.dead && this.random.chance(0.5)) return
        const answer = apply()
        answer.catch(() => undefined)
        if (fate?.after) this.#befall(instance, fate)
        goOn(answer)
      }
      this.at(Math.max(this.realMs, instance.pausedUntilMs) + latencyMs, arrive)
    })
  }

  sleep(instance: Instance, ms: number): Promise<void> {
    return this.call(instance, async () => undefined, ms)
  }

  #resume(instance: Instance, goOn: () => void): void {
    if (instance.dead) return
    if (instance.pausedUntilMs > this.realMs) {
      this.at(instance.pausedUntilMs, () => this.#resume(instance, goOn))
      return
    }
    goOn()
  }

  #befall(instance: Instance, fate: Doom): void {
    if (!this.faults.on || instance.dead) return
    this.faults.count(fate.what)
    this.trace?.add(
      this,
      null,
      `${instance.name} ${fate.what === 'crash' ? 'dies' : `stands still for ${fate.pauseMs} ms`}`,
    )
    if (fate.what === 'crash') instance.dead = true
    else instance.pausedUntilMs = this.realMs + fate.pauseMs
    for (const tell of this.onBefall) tell(instance)
    instance.lost()
  }

  #latency(): number {
    const [least, most] = this.latencyMs
    const ms = most === 0 ? 0 : this.random.integer(least, most)
    return this.faults.strikes('slow-call') ? ms + this.random.integer(100, 6_000) : ms
  }
}

/** Resolves when everything that can go on without the outside has done so: Node's ticks come after its micro-tasks. */
function drained(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}

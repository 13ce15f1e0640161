import type { Delivered, Settlement } from '../../../shared/app/settle-batch.ts'
import type { Evidence } from './evidence.ts'
import type { Instance, InstanceKind } from './instance.ts'
import type { World } from './world.ts'

interface Message<Body> {
  readonly id: string
  readonly body: Body
  /** Real time from which on it is delivered; of a message for Muster's time it is asked anew each time. */
  visibleMs: () => number
  receives: number
  /** Which delivery may settle it: only the last. */
  receipt: number
}

export interface Consumer<Body> {
  readonly kind: InstanceKind
  readonly atOnce: number
  readonly batch: number
  /** What came from outside and was accepted must not be lost: nothing else brings it back. */
  readonly keepsAll?: boolean
  /** After so long without a word a message is delivered again. */
  readonly visibilityMs: number
  readonly handle: (instance: Instance, messages: readonly Delivered<Body>[]) => Promise<readonly Settlement[]>
}

/** A queue as SQS gives it: at least once, in any order, perhaps late, perhaps never. */
export class ModelledQueue<Body> {
  readonly name: string
  readonly #world: World
  readonly #evidence: Evidence
  readonly #consumer: Consumer<Body>
  readonly #messages = new Map<string, Message<Body>>()
  #busy = 0
  #count = 0

  constructor(name: string, world: World, evidence: Evidence, consumer: Consumer<Body>) {
    this.name = name
    this.#world = world
    this.#evidence = evidence
    this.#consumer = consumer
  }

  get size(): number {
    return this.#messages.size
  }

  /** @param visibleMs real time from which on it is delivered. */
  add(body: Body, visibleMs: () => number): void {
    const { faults, random } = this.#world
    if (faults.strikes('message-lost')) return
    const copies = faults.strikes('message-twice') ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      const lateMs = faults.strikes('message-late') ? random.integer(2_000, 120_000) : 0
      const notBefore = this.#world.realMs + lateMs
      this.#put(body, () => Math.max(visibleMs(), notBefore))
    }
  }

  /** For what the world itself puts in: it is there, once. */
  addSafely(body: Body): void {
    this.#put(body, () => 0)
  }

  #put(body: Body, visibleMs: () => number): void {
    this.#count += 1
    const id = `${this.name}-${this.#count}`
    this.#messages.set(id, { id, body, visibleMs, receives: 0, receipt: 0 })
    this.#pokeAt(visibleMs())
  }

  #pokeAt(ms: number): void {
    this.#world.at(ms, () => this.poke())
  }

  /** Hands out what is visible, while somebody is free. */
  poke(): void {
    while (this.#busy < this.#consumer.atOnce) {
      const visible = [...this.#messages.values()].filter((message) => message.visibleMs() <= this.#world.realMs)
      if (visible.length === 0) return
      this.#deliver(this.#chosen(visible))
    }
  }

  #chosen(visible: Message<Body>[]): Message<Body>[] {
    const { random } = this.#world
    const most = random.integer(1, this.#consumer.batch)
    const chosen: Message<Body>[] = []
    while (chosen.length < most && visible.length > 0) {
      chosen.push(...visible.splice(random.integer(0, visible.length - 1), 1))
    }
    return chosen
  }

  #deliver(batch: readonly Message<Body>[]): void {
    const { world, consumer } = { world: this.#world, consumer: this.#consumer }
    const taken = batch.filter((message) => !this.#gone(message))
    if (taken.length === 0) return
    const instance = world.spawn(consumer.kind)
    const receipts = taken.map((message) => this.#receive(message))
    this.#busy += 1
    let free = () => {
      this.#busy -= 1
      free = () => undefined
      this.poke()
    }
    instance.onLost = () => free()
    const delivered = taken.map(({ id, body, receives }) => ({ id, body, receives }))
    void consumer.handle(instance, delivered).then((settlements) => {
      for (const [index, message] of taken.entries()) this.#settle(message, receipts[index], settlements[index])
      instance.onLost = null
      free()
    })
  }

  #gone(message: Message<Body>): boolean {
    if (this.#consumer.keepsAll || !this.#world.faults.strikes('message-dead-lettered')) return false
    this.#messages.delete(message.id)
    this.#evidence.deadLetters.push(message.id)
    return true
  }

  #receive(message: Message<Body>): number {
    const againMs = this.#world.realMs + this.#consumer.visibilityMs
    message.receives += 1
    message.receipt += 1
    message.visibleMs = () => againMs
    this.#pokeAt(againMs)
    return message.receipt
  }

  #settle(message: Message<Body>, receipt: number | undefined, settlement: Settlement | undefined): void {
    if (message.receipt !== receipt) return
    if (settlement?.status === 'settled') this.#messages.delete(message.id)
    if (settlement?.status === 'dead') {
      this.#messages.delete(message.id)
      this.#evidence.deadLetters.push(message.id)
    }
    if (settlement?.status !== 'again') return
    const againMs = this.#world.realMs + Math.max(settlement.afterMs, 1)
    message.visibleMs = () => againMs
    this.#pokeAt(againMs)
  }
}

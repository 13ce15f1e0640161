import { TransientFault } from '../../../shared/ports/faults.ts'
import type { MessageProvider, OutgoingMessage, ProviderAnswer } from '../../../shared/ports/message-provider.ts'
import type { Accepted, Evidence } from './evidence.ts'
import type { Fault } from './faults.ts'
import type { Instance } from './instance.ts'
import { ReturnedMessages } from './returned-messages.ts'
import type { World } from './world.ts'

/** The caller gives up after so long; what it asked for may still happen. */
const CALLER_WAITS_MS = 10_000

interface Outage {
  readonly channel: string
  readonly fromMs: number
  readonly untilMs: number
}

/** Those who carry messages, each channel by itself: down for a while, refusing, hanging, or answering too late. */
export class ModelledProvider {
  readonly #world: World
  readonly #evidence: Evidence
  readonly #outages: Outage[] = []
  readonly returned: ReturnedMessages
  onAccepted: (accepted: Accepted) => void = () => undefined

  constructor(world: World, evidence: Evidence) {
    this.#world = world
    this.#evidence = evidence
    this.returned = new ReturnedMessages(world, evidence)
  }

  planOutages(channels: readonly string[], withinMs: number): void {
    const { random, faults } = this.#world
    for (const channel of channels) {
      if (!faults.looms('provider-down')) continue
      const fromMs = random.integer(0, withinMs)
      this.#outages.push({ channel, fromMs, untilMs: Math.min(fromMs + random.integer(60_000, 900_000), withinMs) })
    }
  }

  takeDown(channel: string, untilMs: number): void {
    this.#outages.push({ channel, fromMs: 0, untilMs })
  }

  forInstance(instance: Instance): MessageProvider {
    return { send: (message) => this.#send(instance, message) }
  }

  #send(instance: Instance, message: OutgoingMessage): Promise<ProviderAnswer> {
    const { faults, random } = this.#world
    if (message.to.endsWith('0000')) {
      faults.count('provider-refuses')
      return this.#world.call(instance, async () => ({ status: 'refused', detail: 'no such number' }), this.#takesMs())
    }
    if (this.#isDown(message.channel)) return this.#fail(instance, message, 'provider-down', random.integer(50, 3_000))
    const take = this.#takerOf(instance, message)
    if (faults.strikes('provider-hangs')) {
      this.#world.after(random.integer(8_000, 70_000), take)
      return this.#fail(instance, message, null, CALLER_WAITS_MS)
    }
    if (faults.strikes('accepted-then-timeout')) {
      this.#world.after(random.integer(100, 900), take)
      return this.#fail(instance, message, null, CALLER_WAITS_MS)
    }
    return this.#world.call(
      instance,
      async () => {
        take()
        return { status: 'accepted', providerId: message.effectId }
      },
      this.#takesMs(),
    )
  }

  #fail(instance: Instance, message: OutgoingMessage, fault: Fault | null, afterMs: number): Promise<ProviderAnswer> {
    if (fault !== null) this.#world.faults.count(fault)
    else this.#evidence.harmed(message.effectId)
    const reject = async (): Promise<ProviderAnswer> => {
      throw new TransientFault('the provider gave no answer')
    }
    return this.#world.call(instance, reject, afterMs)
  }

  #isDown(channel: string): boolean {
    const { realMs, faults } = this.#world
    return (
      faults.on && this.#outages.some((one) => one.channel === channel && one.fromMs <= realMs && realMs < one.untilMs)
    )
  }

  #takesMs(): number {
    const { latencyMs, random } = this.#world
    return latencyMs[1] === 0 ? 0 : random.integer(80, 900)
  }

  #takerOf(instance: Instance, message: OutgoingMessage): () => void {
    const { order: calledAt } = this.#world
    const readFrom = this.#evidence.readFrom(instance, message.incidentId)
    return () => {
      const { realMs } = this.#world
      const roles = message.seats.map(({ role }) => role)
      const accepted: Accepted = { message, roles, realMs, at: this.#world.now(), readFrom, calledAt }
      this.#evidence.accepted.push(accepted)
      this.#world.trace?.add(
        this.#world,
        message.incidentId,
        `accepted ${message.kind} ${message.effectId} to ${message.responderId} by ${message.channel} for ${roles.join('+') || '-'} (read from #${readFrom})`,
      )
      this.onAccepted(accepted)
      this.returned.consider(accepted)
    }
  }
}

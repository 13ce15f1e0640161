import type { ReceiptMeaning } from '../../../shared/sources/replies/reply.ts'
import type { Accepted, Evidence, Returned } from './evidence.ts'
import type { World } from './world.ts'

/** What providers tell of messages that they had accepted: at once or much later, by their own clock. */
export class ReturnedMessages {
  readonly #world: World
  readonly #evidence: Evidence
  onReceipt: (returned: Returned) => void = () => undefined

  constructor(world: World, evidence: Evidence) {
    this.#world = world
    this.#evidence = evidence
  }

  /** Some messages come back, some of them twice: as a failure, as a refusal, or as news that changes nothing. */
  consider(accepted: Accepted): void {
    const { faults, random } = this.#world
    if (!faults.looms('comes-back')) return
    const times = random.pick([1, 1, 2])
    for (let time = 0; time < times; time += 1) {
      const inMs = random.integer(20, random.pick([500, 30_000, 600_000]))
      this.#world.after(inMs, () => this.#comeBack(accepted))
    }
  }

  #comeBack({ message }: Accepted): void {
    const world = this.#world
    if (!world.faults.on) return
    world.faults.count('comes-back')
    const { effectId, incidentId, responderId } = message
    // Mail is never refused for good here: somebody must be left who can be told.
    const meaning: ReceiptMeaning = world.random.pick([
      'noted',
      'failed',
      message.channel === 'sms' ? 'refused' : 'failed',
    ])
    const id = `receipt-${this.#evidence.returned.length + 1}`
    const receipt = { kind: 'receipt', id, effectId, type: 'Sample', meaning, at: world.now() } as const
    const returned: Returned = { incidentId, responderId, receipt }
    this.#evidence.returned.push(returned)
    world.trace?.add(world, incidentId, `${effectId} comes back: ${meaning}`)
    this.onReceipt(returned)
  }
}

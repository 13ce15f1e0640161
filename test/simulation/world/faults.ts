import type { Seeded } from './seeded.ts'

/** Everything that goes wrong outside. Each happens in the default seeds, which a test counts. */
export const FAULTS = [
  // The table.
  'throttled',
  'answer-lost',
  'late-write',
  'left-over-keys',
  'slow-call',
  'index-lag',
  'ghost-row',
  // The feed of commits, and the tick.
  'feed-silent',
  'feed-late',
  'feed-twice',
  'feed-blocked',
  'tick-missed',
  // The queues.
  'queue-refuses',
  'queue-answer-lost',
  'message-lost',
  'message-twice',
  'message-late',
  'message-dead-lettered',
  'wake-early',
  // Processes.
  'crash',
  'pause',
  // Providers.
  'provider-refuses',
  'provider-down',
  'provider-hangs',
  'accepted-then-timeout',
  'comes-back',
  // The world.
  'directory-change',
  'advance',
] as const
export type Fault = (typeof FAULTS)[number]
export type Likelihood = Partial<Record<Fault, number>>

/** Decides when something goes wrong, and counts what did. */
export class Faults {
  on = true
  readonly counts = new Map<Fault, number>()
  readonly likelihood: Likelihood
  readonly #random: Seeded

  constructor(random: Seeded, likelihood: Likelihood) {
    this.#random = random
    this.likelihood = likelihood
  }

  /** True when this fault happens here; it is counted. */
  strikes(fault: Fault): boolean {
    const struck = this.looms(fault)
    if (struck) this.count(fault)
    return struck
  }

  /** As `strikes`, without counting: for what may still not come to pass. */
  looms(fault: Fault): boolean {
    const likelihood = this.likelihood[fault] ?? 0
    return this.on && likelihood > 0 && this.#random.chance(likelihood)
  }

  count(fault: Fault): void {
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1)
  }
}

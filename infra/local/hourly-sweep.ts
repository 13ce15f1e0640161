import { type SweepReport, sweepRetention } from '../../shared/app/sweep-retention.ts'
import { type Instant, plusSeconds } from '../../shared/core/time/instant.ts'

const LOOK_EVERY_MS = 60_000
const SWEEP_EVERY_SECONDS = 3600

type Deps = Parameters<typeof sweepRetention>[0]

/**
 * What the schedule does on AWS: a sweep at the start, and one for each hour of Muster's time, looked at each minute of
 * real time. However far an advance moves, one sweep follows it, beside all other work.
 */
export class HourlySweep {
  readonly #deps: Deps
  readonly #log: (line: string) => void
  #lastAt: Instant | null = null
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(deps: Deps, log: (line: string) => void) {
    this.#deps = deps
    this.#log = log
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS)
    void this.look()
  }

  /** Sweeps if an hour has passed; resolves when no sweep runs any more. */
  look(): Promise<void> {
    const now = this.#deps.time.now()
    if (this.#lastAt !== null && now < plusSeconds(this.#lastAt, SWEEP_EVERY_SECONDS)) return this.#running
    this.#lastAt = now
    this.#running = this.#running.then(() => this.#sweep())
    return this.#running
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#running
  }

  /** A fault of a sweep is said; an hour later it goes on. */
  async #sweep(): Promise<void> {
    try {
      this.#say(await sweepRetention(this.#deps))
    } catch (fault) {
      this.#log(`sweep failed: ${fault instanceof Error ? fault.message : String(fault)}`)
    }
  }

  #say({ deleted, unclear, interrupted }: SweepReport): void {
    const counts = Object.entries(deleted).map(([kind, count]) => `${count} ${kind}`)
    if (counts.length > 0) this.#log(`swept what has reached its end: ${counts.join(', ')}`)
    if (unclear > 0) this.#log(`sweep: ${unclear} rows or incidents cannot be read and are kept`)
    if (interrupted !== null) this.#log(`sweep interrupted, going on in an hour: ${interrupted.message}`)
  }
}

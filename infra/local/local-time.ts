import { epochMs, type Instant, instantOf } from '../../shared/core/time/instant.ts'
import type { RealTime, TimeSource } from '../../shared/ports/time.ts'

/** Muster's time on this machine: real time, moved forward by an offset, standing still inside an advance. */
export class LocalTime implements TimeSource {
  #offsetMs: number
  #stoppedAtMs: number | null = null
  #latestMs = 0
  readonly #real: RealTime

  constructor(real: RealTime, offsetMs: number) {
    this.#real = real
    this.#offsetMs = offsetMs
  }

  now(): Instant {
    const ms = this.#stoppedAtMs ?? this.#real.nowMs() + this.#offsetMs
    this.#latestMs = Math.max(this.#latestMs, ms)
    return instantOf(this.#latestMs)
  }

  /** Stands still at an instant that is not before now; the offset follows, so that `run` goes on from there. */
  stopAt(at: Instant): void {
    const ms = Math.max(epochMs(at), epochMs(this.now()))
    this.#stoppedAtMs = ms
    this.#offsetMs = ms - this.#real.nowMs()
  }

  /** Runs by itself again, from where it stood. */
  run(): void {
    if (this.#stoppedAtMs === null) return
    this.#offsetMs = this.#stoppedAtMs - this.#real.nowMs()
    this.#stoppedAtMs = null
  }
}

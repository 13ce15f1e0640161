import { Temporal } from 'temporal-polyfill'
import { epochMs, type Instant, instantOf } from '../../shared/core/time/instant.ts'
import type { Table } from '../../shared/ports/table.ts'
import type { RealTime } from '../../shared/ports/time.ts'
import type { LocalQueues } from './local-queues.ts'
import type { LocalTime } from './local-time.ts'
import type { Runtime } from './runtime.ts'

/** After this much work an advance answers with the instant that it has reached. */
const MOST_WORK_MS = 60_000
const LONGEST_ADVANCE_DAYS = 400
const TIME_KEY = { pk: 'SYS#time', sk: 'STATE' }

interface Deps {
  readonly table: Table
  readonly time: LocalTime
  readonly real: RealTime
  readonly queues: LocalQueues
  readonly runtime: Runtime
}

/** Reads an ISO 8601 duration of zero to 400 days, in milliseconds; null when it is none. */
export function readAdvance(by: unknown): number | null {
  if (typeof by !== 'string') return null
  try {
    const duration = Temporal.Duration.from(by)
    if (duration.years !== 0 || duration.months !== 0) return null
    const ms = duration.total({ unit: 'milliseconds', relativeTo: Temporal.PlainDate.from('2026-01-01') })
    return ms >= 0 && ms <= LONGEST_ADVANCE_DAYS * 86_400_000 ? Math.round(ms) : null
  } catch {
    return null
  }
}

/** Moves Muster's time and does all that falls due in between, in order; one advance at a time. */
export class Advance {
  readonly #deps: Deps
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** @returns the instant reached: the target, or an earlier one after a minute of work. */
  by(ms: number): Promise<Instant> {
    const next = this.#last.then(() => this.#move(ms))
    this.#last = next.catch(() => undefined)
    return next
  }

  async #move(ms: number): Promise<Instant> {
    const { time, runtime, real, queues } = this.#deps
    const stopMs = real.nowMs() + MOST_WORK_MS
    const target = instantOf(epochMs(time.now()) + ms)
    await this.#stopAt(time.now())
    try {
      await runtime.settleFully(stopMs)
      for (let next = queues.nextWakeAt(); next !== null && next <= target; next = queues.nextWakeAt()) {
        await this.#stopAt(next)
        await runtime.settleFully(stopMs)
        if (real.nowMs() > stopMs) return time.now()
      }
      await this.#stopAt(target)
      await runtime.settleFully(stopMs)
      return time.now()
    } finally {
      time.run()
      runtime.nudge()
    }
  }

  /** The offset is written before its step: a kill in between loses no time. */
  async #stopAt(at: Instant): Promise<void> {
    const { table, time, real } = this.#deps
    await table.put('incidents', { ...TIME_KEY, offsetMs: epochMs(at) - real.nowMs() })
    time.stopAt(at)
  }
}

/** The offset that the last run of this data had reached. */
export async function readOffsetMs(table: Table): Promise<number> {
  const state = await table.get('incidents', TIME_KEY)
  return typeof state?.offsetMs === 'number' ? state.offsetMs : 0
}

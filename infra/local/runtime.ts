import type { SenderDependencies } from '../../shared/app/dependencies.ts'
import { dispatchCommits } from '../../shared/app/dispatch-commits.ts'
import { inParallel } from '../../shared/app/in-parallel.ts'
import { sendMessages } from '../../shared/app/send-messages.ts'
import { type Delivered, type RetryPolicy, settleBatch } from '../../shared/app/settle-batch.ts'
import { tick } from '../../shared/app/tick.ts'
import { wakeIncident } from '../../shared/app/wake-incident.ts'
import { epochMs } from '../../shared/core/time/instant.ts'
import type { QueuedEffect, QueuedWake } from '../../shared/ports/queues.ts'
import type { LocalQueues } from './local-queues.ts'

const AT_ONCE = 8
const TICK_EVERY_MS = 60_000
const RETRY_MS = 1000
const MESSAGES_A_BATCH = 10
/** What one request leads to is done within so many passes: dispatch, send, dispatch the results, wake, and again. */
const PASSES_A_REQUEST_WAITS = 12

/** Does what the Lambda functions do on AWS, in this process: dispatch, send, wake, tick. */
export class Runtime {
  readonly #deps: SenderDependencies
  readonly #queues: LocalQueues
  readonly #log: (line: string) => void
  #pass: Promise<void> | null = null
  #passes = 0
  #timer: NodeJS.Timeout | null = null
  #lastTickMs = 0
  #stopped = false

  constructor(deps: SenderDependencies, queues: LocalQueues, log: (line: string) => void) {
    this.#deps = deps
    this.#queues = queues
    this.#log = log
  }

  /** Something may have arrived: goes to work soon. */
  nudge(): void {
    if (this.#pass === null && !this.#stopped) this.#schedule(0)
  }

  /** Resolves when everything that is due now is done, or, under steady load, when what was due at the call is. */
  async settle(): Promise<void> {
    const until = this.#passes + PASSES_A_REQUEST_WAITS
    while ((this.#hasWork() || this.#pass !== null) && this.#passes < until) await this.#runPass()
  }

  /** Resolves when nothing is due any more, what failed and is tried again included, or when real time is up. */
  async settleFully(untilMs: number): Promise<void> {
    const { time, real } = this.#deps
    while (real.nowMs() < untilMs) {
      const retryMs = this.#queues.nextRetryMs(time.now(), real.nowMs())
      if (this.#hasWork() || this.#pass !== null) await this.#runPass()
      else if (retryMs === null) return
      else await real.sleep(Math.max(Math.min(retryMs, untilMs) - real.nowMs(), 1))
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#pass !== null) await this.#pass
  }

  #hasWork(): boolean {
    return this.#queues.hasWork(this.#deps.time.now(), this.#deps.real.nowMs())
  }

  #runPass(): Promise<void> {
    this.#pass ??= this.#work().finally(() => {
      this.#passes += 1
      this.#pass = null
      this.#schedule(this.#nextInMs())
    })
    return this.#pass
  }

  /** Takes everything that waits now and does it: commits first, then messages, then wakes. */
  async #work(): Promise<void> {
    const { time, real } = this.#deps
    const commits = this.#queues.takeCommits(real.nowMs())
    await inParallel(AT_ONCE, commits, ([id, sequences]) => this.#dispatch(id, sequences))
    await this.#send()
    await inParallel(AT_ONCE, this.#queues.takeWakes(time.now(), real.nowMs()), (wake) => this.#wake(wake))
  }

  async #wake(wake: QueuedWake): Promise<void> {
    const again = () => this.#queues.wakeAgain(wake, this.#retryAtMs())
    await this.#guard('wake', again, async () => {
      const outcome = await wakeIncident(this.#deps, wake)
      const next = outcome.status === 'quiet' ? outcome.next : null
      if (next !== null) await this.#queues.sendWakes([{ incidentId: wake.incidentId, wakeAt: next }])
    })
  }

  async #dispatch(incidentId: string, sequences: number[]): Promise<void> {
    const again = () => this.#queues.sendCommits(incidentId, sequences, this.#retryAtMs())
    await this.#guard('dispatch', again, () => dispatchCommits(this.#deps, incidentId, sequences))
  }

  #retryAtMs(): number {
    return this.#deps.real.nowMs() + RETRY_MS
  }

  /** Each channel's messages go in batches of their own; one after the other, so that a kill repeats one at most. */
  async #send(): Promise<void> {
    const waiting = this.#queues.takeEffects(this.#deps.real.nowMs())
    const channels = Map.groupBy(waiting, ({ body }) => body.channel)
    for (const [channel, messages] of channels) {
      for (let from = 0; from < messages.length; from += MESSAGES_A_BATCH) {
        await this.#sendBatch(channel, messages.slice(from, from + MESSAGES_A_BATCH))
      }
    }
  }

  async #sendBatch(channel: string, batch: readonly Delivered<QueuedEffect>[]): Promise<void> {
    const policy: RetryPolicy = { queue: `messages-${channel}`, mostReceives: 20, waitMs: [RETRY_MS, 60_000] }
    const settled = await settleBatch(this.#deps, batch, (effects) => sendMessages(this.#deps, effects), policy)
    for (const [index, settlement] of settled.entries()) {
      const message = batch[index]
      if (!message || settlement.status !== 'again') continue
      this.#queues.deliverAgain(message, this.#deps.real.nowMs() + settlement.afterMs, settlement.failed)
    }
  }

  /** A fault of one piece of work is said, and the work tried again a second later; it stops nothing else. */
  async #guard(what: string, again: () => void, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (fault) {
      this.#log(`${what} failed, trying again: ${fault instanceof Error ? fault.message : String(fault)}`)
      again()
    }
  }

  #nextInMs(): number {
    if (this.#hasWork()) return 0
    const { time, real } = this.#deps
    const wakeAt = this.#queues.nextWakeAt()
    const retryMs = this.#queues.nextRetryMs(time.now(), real.nowMs())
    const untilWake = wakeAt === null ? TICK_EVERY_MS : epochMs(wakeAt) - epochMs(time.now())
    const toWake = untilWake > 0 ? untilWake : TICK_EVERY_MS
    const toRetry = retryMs === null ? TICK_EVERY_MS : retryMs - real.nowMs()
    const toTick = this.#lastTickMs + TICK_EVERY_MS - real.nowMs()
    return Math.max(Math.min(toWake, toRetry, toTick), 0)
  }

  #schedule(inMs: number): void {
    if (this.#stopped) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#onTimer(), inMs)
  }

  async #onTimer(): Promise<void> {
    if (this.#deps.real.nowMs() - this.#lastTickMs >= TICK_EVERY_MS) await this.#tick()
    await this.#runPass()
  }

  /** The tick: hands out what is due soon, dispatches what was left. */
  async #tick(): Promise<void> {
    this.#lastTickMs = this.#deps.real.nowMs()
    const nextMinute = () => {}
    await this.#guard('tick', nextMinute, async () => void (await tick(this.#deps)))
  }
}

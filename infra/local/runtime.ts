import type { SenderDependencies } from '../../shared/app/dependencies.ts'
import { dispatchCommits } from '../../shared/app/dispatch-commits.ts'
import { sendMessages } from '../../shared/app/send-messages.ts'
import { type Delivered, type RetryPolicy, settleBatch } from '../../shared/app/settle-batch.ts'
import { tick } from '../../shared/app/tick.ts'
import { wakeIncident } from '../../shared/app/wake-incident.ts'
import { epochMs } from '../../shared/core/time/instant.ts'
import type { QueuedEffect } from '../../shared/ports/queues.ts'
import { inParallel } from './in-parallel.ts'
import type { LocalQueues } from './local-queues.ts'

const AT_ONCE = 8
const TICK_EVERY_MS = 60_000
const RETRY_MS = 1000
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
    while (this.#hasWork() && this.#passes < until) await this.#runPass()
    if (this.#pass !== null) await this.#pass
  }

  /** Resolves when nothing is due any more. */
  async settleFully(): Promise<void> {
    while (this.#hasWork() || this.#pass !== null) await this.#runPass()
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
    const queues = this.#queues
    await inParallel(AT_ONCE, queues.takeCommits(), ([id, sequences]) => this.#dispatch(id, sequences))
    await this.#send()
    await inParallel(AT_ONCE, queues.takeWakes(this.#deps.time.now()), async (wake) => {
      await this.#guard(
        'wake',
        () => wakeIncident(this.#deps, wake),
        () => queues.sendWakes([wake]),
      )
    })
  }

  async #dispatch(incidentId: string, sequences: number[]): Promise<void> {
    await this.#guard(
      'dispatch',
      () => dispatchCommits(this.#deps, incidentId, sequences),
      () => {
        for (const sequence of sequences) this.#queues.sendCommit(incidentId, sequence)
      },
    )
  }

  /** Each channel's messages are a batch of their own: one that is down holds no other back. */
  async #send(): Promise<void> {
    const waiting = this.#queues.takeEffects(this.#deps.real.nowMs())
    const channels = Map.groupBy(waiting, ({ body }) => body.channel)
    await Promise.all([...channels.entries()].map(([channel, batch]) => this.#sendBatch(channel, batch)))
  }

  async #sendBatch(channel: string, batch: readonly Delivered<QueuedEffect>[]): Promise<void> {
    const policy: RetryPolicy = { queue: `messages-${channel}`, mostReceives: 20, waitMs: [RETRY_MS, 60_000] }
    const settled = await settleBatch(this.#deps, batch, (effects) => sendMessages(this.#deps, effects), policy)
    for (const [index, settlement] of settled.entries()) {
      const message = batch[index]
      if (!message || settlement.status !== 'again') continue
      this.#queues.deliverAgain(message, this.#deps.real.nowMs() + settlement.afterMs)
    }
  }

  /** A fault of one piece of work is said and tried again a second later; it stops nothing else. */
  async #guard(what: string, work: () => Promise<unknown>, again: () => unknown): Promise<void> {
    try {
      await work()
    } catch (fault) {
      this.#log(`${what} failed, trying again: ${fault instanceof Error ? fault.message : String(fault)}`)
      if (!this.#stopped) setTimeout(again, RETRY_MS).unref()
    }
  }

  #nextInMs(): number {
    const { time, real } = this.#deps
    const wakeAt = this.#queues.nextWakeAt()
    const retryMs = this.#queues.nextRetryMs()
    const toWake = wakeAt === null ? TICK_EVERY_MS : epochMs(wakeAt) - epochMs(time.now())
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
    await this.#guard(
      'tick',
      () => tick(this.#deps),
      () => undefined,
    )
  }
}

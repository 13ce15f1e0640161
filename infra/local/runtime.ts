import type { SenderDependencies } from '../../shared/app/dependencies.ts'
import { dispatchCommits } from '../../shared/app/dispatch-commits.ts'
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
/** What one request leads to is done within so many rounds: dispatch, send, dispatch the results, wake, and again. */
const ROUNDS_A_REQUEST_WAITS = 36

/** What is being done, by incident. */
type Lane = Map<string, Promise<void>>

/**
 * Does what the Lambda functions do on AWS, in this process: dispatch, send, wake, tick. Dispatches and wakes go side by
 * side, one of each an incident, so that none waits for another's.
 */
export class Runtime {
  readonly #deps: SenderDependencies
  readonly #queues: LocalQueues
  readonly #log: (line: string) => void
  readonly #dispatching: Lane = new Map()
  readonly #waking: Lane = new Map()
  #sending: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #timerAtMs = 0
  #lastTickMs = 0
  #stopped = false

  constructor(deps: SenderDependencies, queues: LocalQueues, log: (line: string) => void) {
    this.#deps = deps
    this.#queues = queues
    this.#log = log
  }

  /** Something may have arrived: goes to work soon. */
  nudge(): void {
    this.#schedule(0)
  }

  /** Resolves when everything that is due now is done, or, under steady load, when what was due at the call is. */
  async settle(): Promise<void> {
    const most = ROUNDS_A_REQUEST_WAITS + Math.ceil(this.#queues.incidentsWaiting() / AT_ONCE)
    for (let rounds = 0; rounds < most && this.#isBusy(); rounds += 1) await this.#round()
  }

  /** Resolves when nothing is due any more, what failed and is tried again included, or when real time is up. */
  async settleFully(untilMs: number): Promise<void> {
    const { time, real } = this.#deps
    while (real.nowMs() < untilMs) {
      const retryMs = this.#queues.nextRetryMs(time.now(), real.nowMs())
      if (this.#isBusy()) await this.#round()
      else if (retryMs === null) return
      else await real.sleep(Math.max(Math.min(retryMs, untilMs) - real.nowMs(), 1))
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    while (this.#goingOn().length > 0) await Promise.all(this.#goingOn())
  }

  #isBusy(): boolean {
    const hasWork = !this.#stopped && this.#queues.hasWork(this.#deps.time.now(), this.#deps.real.nowMs())
    return hasWork || this.#goingOn().length > 0
  }

  #goingOn(): Promise<void>[] {
    const sending = this.#sending === null ? [] : [this.#sending]
    return [...this.#dispatching.values(), ...this.#waking.values(), ...sending]
  }

  /** Begins what can begin, and waits for all that is going on then. */
  async #round(): Promise<void> {
    this.#begin()
    await Promise.all(this.#goingOn())
  }

  /** Begins what waits and is not being done already; the end of each piece begins what has come meanwhile. */
  #begin(): void {
    if (this.#stopped) return
    const { time, real } = this.#deps
    const [now, realMs] = [time.now(), real.nowMs()]
    const free = (lane: Lane) => AT_ONCE - lane.size
    for (const [id, sequences] of this.#queues.takeCommits(realMs, this.#dispatching, free(this.#dispatching))) {
      this.#run(this.#dispatching, id, this.#dispatch(id, sequences))
    }
    for (const wake of this.#queues.takeWakes(now, realMs, this.#waking, free(this.#waking))) {
      this.#run(this.#waking, wake.incidentId, this.#wake(wake))
    }
    this.#beginToSend()
    this.#schedule(this.#nextInMs())
  }

  #run(lane: Lane, incidentId: string, work: Promise<void>): void {
    const done = work.finally(() => {
      lane.delete(incidentId)
      this.#begin()
    })
    lane.set(incidentId, done)
  }

  #beginToSend(): void {
    if (this.#sending !== null) return
    const waiting = this.#queues.takeEffects(this.#deps.real.nowMs())
    if (waiting.length === 0) return
    this.#sending = this.#send(waiting).finally(() => {
      this.#sending = null
      this.#begin()
    })
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
  async #send(waiting: readonly Delivered<QueuedEffect>[]): Promise<void> {
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

  /** What is due now begins when a place is free; this is about what is due by time. */
  #nextInMs(): number {
    const { time, real } = this.#deps
    const wakeAt = this.#queues.nextWakeAt()
    const retryMs = this.#queues.nextRetryMs(time.now(), real.nowMs())
    const untilWake = wakeAt === null ? TICK_EVERY_MS : epochMs(wakeAt) - epochMs(time.now())
    const toWake = untilWake > 0 ? untilWake : TICK_EVERY_MS
    const toRetry = retryMs === null ? TICK_EVERY_MS : retryMs - real.nowMs()
    const toTick = this.#lastTickMs + TICK_EVERY_MS - real.nowMs()
    return Math.max(Math.min(toWake, toRetry, toTick), 0)
  }

  /** An earlier look stays: it makes the next one. */
  #schedule(inMs: number): void {
    const nowMs = this.#deps.real.nowMs()
    const atMs = nowMs + inMs
    // One that is overdue was set before the machine slept, and sleeps on.
    const isSoonEnough = this.#timer !== null && this.#timerAtMs <= atMs && this.#timerAtMs > nowMs - 1000
    if (this.#stopped || isSoonEnough) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timerAtMs = atMs
    this.#timer = setTimeout(() => void this.#onTimer(), inMs)
  }

  async #onTimer(): Promise<void> {
    this.#timer = null
    if (this.#deps.real.nowMs() - this.#lastTickMs >= TICK_EVERY_MS) await this.#tick()
    this.#begin()
  }

  /** The tick: hands out what is due soon, dispatches what was left. */
  async #tick(): Promise<void> {
    this.#lastTickMs = this.#deps.real.nowMs()
    const nextMinute = () => {}
    await this.#guard('tick', nextMinute, async () => void (await tick(this.#deps)))
  }
}

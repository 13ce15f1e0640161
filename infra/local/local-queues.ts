import type { Delivered } from '../../shared/app/settle-batch.ts'
import type { Instant } from '../../shared/core/time/instant.ts'
import type { QueuedEffect, QueuedWake, Queues } from '../../shared/ports/queues.ts'

/** An effect and the real time before which it is not delivered (again). */
type WaitingEffect = Delivered<QueuedEffect> & { readonly notBeforeMs: number }

/** The queues of one process: in memory, because all of it can be rebuilt from the table at the next start. */
export class LocalQueues implements Queues {
  #effects: WaitingEffect[] = []
  readonly #wakes = new Map<string, QueuedWake>()
  readonly #commits = new Map<string, Set<number>>()
  readonly #arrived: () => void

  /** `arrived` is called whenever there may be something to do. */
  constructor(arrived: () => void) {
    this.#arrived = arrived
  }

  async sendEffects(effects: readonly QueuedEffect[]): Promise<void> {
    for (const body of effects) this.#effects.push({ id: body.effectId, body, receives: 1, notBeforeMs: 0 })
    this.#arrived()
  }

  async sendWakes(wakes: readonly QueuedWake[]): Promise<void> {
    for (const wake of wakes) this.#wakes.set(`${wake.wakeAt} ${wake.incidentId}`, wake)
    this.#arrived()
  }

  /** A commit that was stored and waits for dispatch. */
  sendCommit(incidentId: string, sequence: number): void {
    const known = this.#commits.get(incidentId)
    if (known) known.add(sequence)
    else this.#commits.set(incidentId, new Set([sequence]))
    this.#arrived()
  }

  deliverAgain(message: Delivered<QueuedEffect>, notBeforeMs: number): void {
    this.#effects.push({ ...message, receives: message.receives + 1, notBeforeMs })
    this.#arrived()
  }

  takeCommits(): [incidentId: string, sequences: number[]][] {
    const taken = [...this.#commits].map(([id, sequences]): [string, number[]] => [id, [...sequences]])
    this.#commits.clear()
    return taken
  }

  takeEffects(realMs: number): WaitingEffect[] {
    const due = this.#effects.filter(({ notBeforeMs }) => notBeforeMs <= realMs)
    this.#effects = this.#effects.filter(({ notBeforeMs }) => notBeforeMs > realMs)
    return due
  }

  takeWakes(now: Instant): QueuedWake[] {
    const due = [...this.#wakes].filter(([, { wakeAt }]) => wakeAt <= now)
    for (const [slot] of due) this.#wakes.delete(slot)
    return due.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, wake]) => wake)
  }

  hasWork(now: Instant, realMs: number): boolean {
    if (this.#commits.size > 0) return true
    if (this.#effects.some(({ notBeforeMs }) => notBeforeMs <= realMs)) return true
    for (const { wakeAt } of this.#wakes.values()) if (wakeAt <= now) return true
    return false
  }

  /** The earliest wake that waits; null when none does. */
  nextWakeAt(): Instant | null {
    let next: Instant | null = null
    for (const { wakeAt } of this.#wakes.values()) if (next === null || wakeAt < next) next = wakeAt
    return next
  }

  /** Real time of the next retry; null when none waits. */
  nextRetryMs(): number | null {
    return this.#effects.reduce<number | null>(
      (next, { notBeforeMs }) => (next === null || notBeforeMs < next ? notBeforeMs : next),
      null,
    )
  }
}

import type { Delivered } from '../../shared/app/settle-batch.ts'
import { earliest, type Instant } from '../../shared/core/time/instant.ts'
import type { QueuedEffect, QueuedWake, Queues } from '../../shared/ports/queues.ts'

/** An effect and the real time before which it is not delivered (again). */
type WaitingEffect = Delivered<QueuedEffect> & { readonly notBeforeMs: number }

/** The queues of one process: in memory, because all of it can be rebuilt from the table at the next start. */
export class LocalQueues implements Queues {
  #effects: WaitingEffect[] = []
  /** One an incident: the latest head's, which is the only one that counts. */
  readonly #wakes = new Map<string, Instant>()
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
    for (const { incidentId, wakeAt } of wakes) this.#wakes.set(incidentId, wakeAt)
    this.#arrived()
  }

  /** Nothing is due by itself on this incident any more. */
  forgetWake(incidentId: string): void {
    this.#wakes.delete(incidentId)
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
    const due = [...this.#wakes].filter(([, wakeAt]) => wakeAt <= now)
    for (const [incidentId] of due) this.#wakes.delete(incidentId)
    return due.map(([incidentId, wakeAt]) => ({ incidentId, wakeAt })).sort(byWake)
  }

  hasWork(now: Instant, realMs: number): boolean {
    if (this.#commits.size > 0) return true
    if (this.#effects.some(({ notBeforeMs }) => notBeforeMs <= realMs)) return true
    for (const wakeAt of this.#wakes.values()) if (wakeAt <= now) return true
    return false
  }

  /** The earliest wake that waits; null when none does. */
  nextWakeAt(): Instant | null {
    return earliest(...this.#wakes.values())
  }

  /** Real time of the next retry; null when none waits. */
  nextRetryMs(): number | null {
    return this.#effects.reduce<number | null>(
      (next, { notBeforeMs }) => (next === null || notBeforeMs < next ? notBeforeMs : next),
      null,
    )
  }
}

function byWake(a: QueuedWake, b: QueuedWake): number {
  return a.wakeAt < b.wakeAt || (a.wakeAt === b.wakeAt && a.incidentId < b.incidentId) ? -1 : 1
}

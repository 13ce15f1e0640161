import type { Delivered } from '../../shared/app/settle-batch.ts'
import type { Instant } from '../../shared/core/time/instant.ts'
import type { QueuedEffect, QueuedWake, Queues } from '../../shared/ports/queues.ts'

/** Not to be delivered before this real time: 0 for at once. */
interface Delayed {
  readonly notBeforeMs: number
}

/** Incidents that are being worked on. */
interface Busy {
  has(incidentId: string): boolean
}
const NOBODY: Busy = new Set()
const MANY = Number.POSITIVE_INFINITY

type WaitingEffect = Delivered<QueuedEffect> & Delayed

/** The queues of one process: in memory, because all of it can be rebuilt from the table at the next start. */
export class LocalQueues implements Queues {
  #effects: WaitingEffect[] = []
  /** One an incident. */
  readonly #wakes = new Map<string, Delayed & { readonly wakeAt: Instant }>()
  readonly #commits = new Map<string, Delayed & { readonly sequences: ReadonlySet<number> }>()
  /** The newest head that was heard of, whose wake is the one that counts. */
  readonly #heads = new Map<string, number>()
  readonly #arrived: () => void

  /** `arrived` is called whenever there may be something to do. */
  constructor(arrived: () => void) {
    this.#arrived = arrived
  }

  async sendEffects(effects: readonly QueuedEffect[]): Promise<void> {
    for (const body of effects) this.#effects.push({ id: body.effectId, body, receives: 1, notBeforeMs: 0 })
    this.#arrived()
  }

  /** Of two wakes of one incident the earlier stays: too early is quiet and says when the next one is, too late is lost. */
  async sendWakes(wakes: readonly QueuedWake[]): Promise<void> {
    for (const { incidentId, wakeAt } of wakes) this.wakeAgain({ incidentId, wakeAt }, 0)
  }

  wakeAgain({ incidentId, wakeAt }: QueuedWake, notBeforeMs: number): void {
    const known = this.#wakes.get(incidentId)
    if (known === undefined || wakeAt < known.wakeAt) this.#wakes.set(incidentId, { wakeAt, notBeforeMs })
    this.#arrived()
  }

  /** A newer head knows better than any wake that was sent before it; null: nothing is due by itself any more. */
  hearOfHead(incidentId: string, sequence: number, wakeAt: Instant | null): void {
    if (sequence <= (this.#heads.get(incidentId) ?? 0)) return
    this.#heads.set(incidentId, sequence)
    if (wakeAt === null) this.#wakes.delete(incidentId)
    else this.#wakes.set(incidentId, { wakeAt, notBeforeMs: 0 })
    this.#arrived()
  }

  /** Commits that were stored and wait for dispatch. */
  sendCommits(incidentId: string, sequences: Iterable<number>, notBeforeMs = 0): void {
    const known = this.#commits.get(incidentId)
    const soonest = Math.min(notBeforeMs, known?.notBeforeMs ?? notBeforeMs)
    const all = new Set([...(known?.sequences ?? []), ...sequences])
    this.#commits.set(incidentId, { sequences: all, notBeforeMs: soonest })
    this.#arrived()
  }

  deliverAgain(message: Delivered<QueuedEffect>, notBeforeMs: number, hasFailed: boolean): void {
    this.#effects.push({ ...message, receives: message.receives + (hasFailed ? 1 : 0), notBeforeMs })
    this.#arrived()
  }

  /** Of which something was stored or is due: how many there are, at most. */
  incidentsWaiting(): number {
    return this.#commits.size + this.#wakes.size
  }

  /** Those of at most `most` incidents, none of which is busy. */
  takeCommits(realMs: number, busy: Busy = NOBODY, most = MANY): [incidentId: string, sequences: number[]][] {
    const due = [...this.#commits].filter(([id, { notBeforeMs }]) => notBeforeMs <= realMs && !busy.has(id))
    const taken = due.slice(0, most)
    for (const [incidentId] of taken) this.#commits.delete(incidentId)
    return taken.map(([incidentId, { sequences }]) => [incidentId, [...sequences]])
  }

  takeEffects(realMs: number): WaitingEffect[] {
    const due = this.#effects.filter(({ notBeforeMs }) => notBeforeMs <= realMs)
    this.#effects = this.#effects.filter(({ notBeforeMs }) => notBeforeMs > realMs)
    return due
  }

  /** At most `most`, the earliest first, of incidents that are not busy. */
  takeWakes(now: Instant, realMs: number, busy: Busy = NOBODY, most = MANY): QueuedWake[] {
    const isDue = ([id, { wakeAt, notBeforeMs }]: [string, Delayed & { readonly wakeAt: Instant }]) =>
      wakeAt <= now && notBeforeMs <= realMs && !busy.has(id)
    const due = [...this.#wakes].filter(isDue).map(([incidentId, { wakeAt }]) => ({ incidentId, wakeAt }))
    const taken = due.sort(byWake).slice(0, most)
    for (const { incidentId } of taken) this.#wakes.delete(incidentId)
    return taken
  }

  /** Whether anything can be done right now. */
  hasWork(now: Instant, realMs: number): boolean {
    for (const { notBeforeMs } of this.#commits.values()) if (notBeforeMs <= realMs) return true
    for (const { wakeAt, notBeforeMs } of this.#wakes.values()) if (wakeAt <= now && notBeforeMs <= realMs) return true
    return this.#effects.some(({ notBeforeMs }) => notBeforeMs <= realMs)
  }

  /** The earliest wake that waits; null when none does. */
  nextWakeAt(): Instant | null {
    let next: Instant | null = null
    for (const { wakeAt } of this.#wakes.values()) if (next === null || wakeAt < next) next = wakeAt
    return next
  }

  /** The earliest real time to which something that is due has been put off; null when nothing has. */
  nextRetryMs(now: Instant, realMs: number): number | null {
    let next: number | null = null
    const consider = ({ notBeforeMs }: Delayed) => {
      if (notBeforeMs > realMs && (next === null || notBeforeMs < next)) next = notBeforeMs
    }
    for (const waiting of this.#commits.values()) consider(waiting)
    for (const waiting of this.#wakes.values()) if (waiting.wakeAt <= now) consider(waiting)
    for (const waiting of this.#effects) consider(waiting)
    return next
  }
}

function byWake(a: QueuedWake, b: QueuedWake): number {
  return a.wakeAt < b.wakeAt || (a.wakeAt === b.wakeAt && a.incidentId < b.incidentId) ? -1 : 1
}

export interface Timed {
  readonly atMs: number
  /** Ties are broken by it: first come, first served. */
  readonly order: number
  readonly run: () => void
}

/** What happens next, by real time: a binary heap. */
export class EventHeap {
  readonly #events: Timed[] = []

  get nextMs(): number | null {
    return this.#events[0]?.atMs ?? null
  }

  push(event: Timed): void {
    const events = this.#events
    let at = events.length
    events.push(event)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = events[parent]
      if (above === undefined || !isBefore(event, above)) break
      events[at] = above
      at = parent
    }
    events[at] = event
  }

  pop(): Timed | undefined {
    const [first] = this.#events
    const last = this.#events.pop()
    if (first !== undefined && last !== undefined && first !== last) this.#sink(last)
    return first
  }

  #sink(event: Timed): void {
    const events = this.#events
    let at = 0
    for (;;) {
      const [left, right] = [events[2 * at + 1], events[2 * at + 2]]
      if (left === undefined) break
      const least = right !== undefined && isBefore(right, left) ? right : left
      if (!isBefore(least, event)) break
      events[at] = least
      at = least === left ? 2 * at + 1 : 2 * at + 2
    }
    events[at] = event
  }
}

function isBefore(a: Timed, b: Timed): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

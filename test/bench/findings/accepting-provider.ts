import type { MessageProvider, OutgoingMessage, ProviderAnswer } from '../../../shared/ports/message-provider.ts'

interface Called {
  /** Pages for each seat. */
  readonly seats: Map<string, number>
  /** Of the process, in milliseconds. */
  readonly firstPageAtMs: number
}

/** Accepts every message at once, and keeps which seats of which incident were paged. */
export class AcceptingProvider implements MessageProvider {
  readonly #called = new Map<string, Called>()
  readonly #waiting = new Map<string, () => void>()

  async send({ effectId, kind, incidentId, seats }: OutgoingMessage): Promise<ProviderAnswer> {
    if (kind === 'page') this.#page(incidentId, seats)
    return { status: 'accepted', providerId: effectId }
  }

  /** Incidents for which somebody was paged, and those among them in which each of so many seats was paged once. */
  paged(seats: number): { readonly incidents: number; readonly oncePerSeat: number } {
    const all = [...this.#called.values()]
    const isOnce = (one: Called) => one.seats.size === seats && [...one.seats.values()].every((pages) => pages === 1)
    return { incidents: all.length, oncePerSeat: all.filter(isOnce).length }
  }

  /** Resolves with the instant of an incident's first page. */
  async firstPageAtMs(incidentId: string): Promise<number> {
    if (!this.#called.has(incidentId)) await new Promise<void>((resolve) => this.#waiting.set(incidentId, resolve))
    return this.#called.get(incidentId)?.firstPageAtMs ?? Number.POSITIVE_INFINITY
  }

  forget(): void {
    this.#called.clear()
  }

  #page(incidentId: string, seats: OutgoingMessage['seats']): void {
    const called = this.#called.get(incidentId) ?? { seats: new Map(), firstPageAtMs: performance.now() }
    for (const { role } of seats) called.seats.set(role, (called.seats.get(role) ?? 0) + 1)
    this.#called.set(incidentId, called)
    this.#waiting.get(incidentId)?.()
    this.#waiting.delete(incidentId)
  }
}

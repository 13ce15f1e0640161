/** Keeps what was used last, up to a number of entries and a sum of weights. What is heavier than the sum is not kept. */
export class LeastRecentlyUsed<Value> {
  readonly #mostEntries: number
  readonly #mostWeight: number
  /** In the order of use: a Map gives back its entries as they were set. */
  readonly #entries = new Map<string, { readonly value: Value; readonly weight: number }>()
  #weight = 0

  constructor(most: { readonly entries: number; readonly weight: number }) {
    this.#mostEntries = most.entries
    this.#mostWeight = most.weight
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  set(key: string, value: Value, weight: number): void {
    this.#drop(key)
    if (weight > this.#mostWeight) return
    this.#entries.set(key, { value, weight })
    this.#weight += weight
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#mostEntries && this.#weight <= this.#mostWeight) return
      this.#drop(oldest)
    }
  }

  delete(key: string): void {
    this.#drop(key)
  }

  #drop(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0
    this.#entries.delete(key)
  }
}

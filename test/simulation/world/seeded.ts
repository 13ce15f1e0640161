/** A small generator of numbers (mulberry32): the same seed gives the same numbers, everywhere. */
export class Seeded {
  #state: number

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b) >>> 0
    for (let spin = 0; spin < 3; spin += 1) this.unit()
  }

  /** At least 0, below 1. */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** Whole, both ends included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.unit() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<T>(list: readonly T[]): T {
    const one = list[Math.floor(this.unit() * list.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }

  id(): string {
    return Array.from({ length: 3 }, () =>
      Math.floor(this.unit() * 0xffffffff)
        .toString(36)
        .padStart(7, '0'),
    ).join('')
  }
}

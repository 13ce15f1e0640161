/** Counts what holds and what does not, and says each that does not. */
export class Expectations {
  #passed = 0
  #failed = 0

  get failed(): number {
    return this.#failed
  }

  ok(holds: boolean, what: string, found: unknown = ''): void {
    if (holds) {
      this.#passed += 1
      return
    }
    this.#failed += 1
    console.log(`FAIL ${what}${found === '' ? '' : `: ${JSON.stringify(found)}`}`)
  }

  none(found: readonly unknown[], what: string): void {
    this.ok(found.length === 0, what, found)
  }

  /** A step of the story: a fault in it is a failure, and the story goes on. */
  async step(what: string, act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (fault) {
      this.ok(false, what, fault instanceof Error ? fault.message.split('\n').slice(0, 4).join(' ') : String(fault))
    }
  }

  summary(): string {
    return `${this.#passed} passed, ${this.#failed} failed`
  }
}

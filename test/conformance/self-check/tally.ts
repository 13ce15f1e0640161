import { isDeepStrictEqual } from 'node:util'

/** Counts checks, and says how long things take. */
export class Tally {
  passed = 0
  failed = 0

  equal(name: string, found: unknown, expected: unknown): void {
    const holds = isDeepStrictEqual(found, expected)
    if (holds) this.passed += 1
    else this.failed += 1
    console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}`)
    if (!holds) console.log(`     found    ${JSON.stringify(found)}\n     expected ${JSON.stringify(expected)}`)
  }

  async timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const startedMs = performance.now()
    const result = await work()
    console.log(`     ${name}: ${((performance.now() - startedMs) / 1000).toFixed(2)} s`)
    return result
  }
}

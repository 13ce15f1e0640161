import { setImmediate as turn } from 'node:timers/promises'
import { inParallel } from '../../../shared/app/in-parallel.ts'
import { SEATS } from '../cost/sample-organisation.ts'
import { BenchMuster } from './bench-muster.ts'
import { mostMemoryMbOf } from './process-cpu.ts'
import { invocationText } from './queue-batch.ts'
import { RequestMeter } from './request-meter.ts'
import { openStore, type StoreName } from './store.ts'
import { batchesOf, type StormKind, stormOf } from './storms.ts'

export interface MusterStorm {
  readonly kind: StormKind
  /** Until every batch was taken in. */
  readonly takenInMs: number
  /** Until everything that follows was done as well: rows, heads, pages. */
  readonly ms: number
  /** Of this process, everything included. */
  readonly cpuMs: number
  /** Of the database's process. */
  readonly databaseCpuMs: number
  readonly requests: number
  /** Incidents with a page, and those in which each seat was paged once. */
  readonly incidents: number
  readonly oncePerSeat: number
  /** Records that were delivered again. */
  readonly again: number
  readonly mostMemoryMb: number
}

/** As many as intake runs at once. */
const AT_ONCE = 5
/** Then its queue would give it up. */
const MOST_DELIVERIES = 10
const WARM_UP = 3000

/** Storms, one after the other, at a fresh store and a process that has seen a smaller one. */
export async function musterStorms(name: StoreName, size: number, kinds: readonly StormKind[]): Promise<MusterStorm[]> {
  const store = await openStore(name)
  const meter = new RequestMeter(store.table)
  const muster = await BenchMuster.start(meter.table)
  try {
    for (const kind of ['distinct', 'duplicates'] as const) {
      await takeIn(muster, textsOf(stormOf(kind, Math.min(WARM_UP, size), 'warm-')))
      await muster.settled()
    }
    const storms: MusterStorm[] = []
    for (const kind of kinds) storms.push(await storm(kind))
    return storms
  } finally {
    await muster.stop()
    await store.stop()
  }

  async function storm(kind: StormKind): Promise<MusterStorm> {
    const texts = textsOf(stormOf(kind, size))
    globalThis.gc?.()
    muster.provider.forget()
    meter.taken()
    const databaseCpu = store.cpuMs()
    const cpu = process.cpuUsage()
    const from = performance.now()
    const again = await takeIn(muster, texts)
    const takenInMs = performance.now() - from
    await muster.settled()
    const ms = performance.now() - from
    const { user, system } = process.cpuUsage(cpu)
    // Nothing here fails by itself: what did would be tried again, and only look slow.
    if (muster.faults.length > 0) throw new Error(`${kind} over ${name}: ${muster.faults.join('; ').slice(0, 1000)}`)
    const { incidents, oncePerSeat } = muster.provider.paged(SEATS.length)
    return {
      kind,
      takenInMs,
      ms,
      cpuMs: (user + system) / 1000,
      databaseCpuMs: store.cpuMs() - databaseCpu,
      requests: meter.taken().requests,
      incidents,
      oncePerSeat,
      again,
      mostMemoryMb: mostMemoryMbOf(process.pid),
    }
  }
}

function textsOf(findings: ReturnType<typeof stormOf>): Buffer[] {
  return batchesOf(findings).map((batch) => Buffer.from(invocationText(batch)))
}

/** Five invocations at once, each a turn of its own; a batch of which something failed is delivered once more. */
async function takeIn(muster: BenchMuster, texts: readonly Buffer[]): Promise<number> {
  let again = 0
  await inParallel(AT_ONCE, texts, async (text) => {
    let deliveries = 0
    for (let left = 1; left > 0; deliveries += 1) {
      if (deliveries === MOST_DELIVERIES) throw new Error(`a batch failed ${deliveries} times`)
      await turn()
      left = await muster.invoke(text.toString())
      again += left
    }
  })
  return again
}

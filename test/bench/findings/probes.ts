import { setTimeout as wait } from 'node:timers/promises'
import { atMost } from '../../../infra/local/at-most.ts'
import { PERSON } from '../../../shared/app/run-command.ts'
import { BenchMuster } from './bench-muster.ts'
import { openStore } from './store.ts'
import { eventOf } from './storm-events.ts'
import { A_BATCH, stormFinding } from './storms.ts'

/** How long a finding of its own waits for its first page while a storm comes in, over the embedded database. */
export interface Probes {
  readonly probes: number
  readonly storm: number
  /** By the time that the last probe was paged; a storm that was over sooner has come again from its start. */
  readonly takenIn: number
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
  readonly failed: number
}

/** As the local door has them: eight who send, five taken in at once. */
const SENDERS = 8
const AT_ONCE = 5
const EVERY_MS = 60
const WITHIN_MS = 60_000

export async function probes(count: number, storm: number): Promise<Probes> {
  const store = await openStore('dynalite')
  const muster = await BenchMuster.start(store.table)
  const slot = atMost(AT_ONCE)
  const send = (events: readonly object[]) => slot(() => muster.receive(events, PERSON))
  let next = 0
  let takenIn = 0
  let failed = 0
  let over = false
  const sender = async () => {
    while (!over) {
      const from = next
      next += A_BATCH
      const batch = Array.from({ length: A_BATCH }, (_, index) =>
        eventOf(stormFinding('storm', (from + index) % storm, 'payments-api-role')),
      )
      await send(batch).then(
        () => {
          takenIn += A_BATCH
        },
        () => {
          failed += A_BATCH
        },
      )
    }
  }
  const probe = async (number: number): Promise<number> => {
    const from = performance.now()
    const paged = async () => {
      const [result] = await send([eventOf(stormFinding('probe', number, `probe-role-${number}`))])
      return muster.provider.firstPageAtMs(result?.incidentId ?? '')
    }
    const late = wait(WITHIN_MS, Number.POSITIVE_INFINITY, { ref: false })
    return (await Promise.race([paged().catch(() => Number.POSITIVE_INFINITY), late])) - from
  }
  try {
    const from = performance.now()
    const storming = Array.from({ length: SENDERS }, sender)
    await wait(EVERY_MS)
    const waiting: Promise<number>[] = []
    for (let number = 0; number < count; number += 1) {
      waiting.push(probe(number))
      await wait(Math.max(from + (number + 2) * EVERY_MS - performance.now(), 1))
    }
    const waits = (await Promise.all(waiting)).toSorted((a, b) => a - b)
    over = true
    const seconds = (performance.now() - from) / 1000
    const takenInMeanwhile = takenIn
    await Promise.all(storming)
    const at = (share: number) => waits[Math.min(Math.ceil(share * count), count) - 1] ?? Number.POSITIVE_INFINITY
    return {
      probes: count,
      storm,
      takenIn: takenInMeanwhile,
      seconds,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      mostMs: at(1),
      failed,
    }
  } finally {
    await muster.stop()
    await store.stop()
  }
}

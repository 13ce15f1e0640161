import type { SQSEvent } from 'aws-lambda'
import type { Item } from '../../../shared/ports/table.ts'
import { median } from '../cold-start/verdict.ts'
import { BenchMuster } from './bench-muster.ts'
import { invocationText } from './queue-batch.ts'
import { RequestMeter } from './request-meter.ts'
import { openStore, type Store } from './store.ts'
import type { StormFinding } from './storm-events.ts'
import { batchesOf, stormFinding } from './storms.ts'

/** What a finding takes while so many are open, in the memory store, one batch after the other. */
export interface Growth {
  readonly open: number
  readonly requestsPerFinding: { readonly distinct: number; readonly duplicates: number }
  readonly usPerFinding: { readonly distinct: number; readonly duplicates: number }
  /** The same done without Muster: the growth of the database, and of the memory that it takes. */
  readonly controlUsPerItem: number
}

/** New ones, measured in one go. */
const MEASURED = 1000
const TIMES = 5
const PRELOADED_AT_ONCE = 100
const USER = 'payments-api-role'
/** About as long as a finding's row. */
const ROW_BYTES = 900

export async function growth(open: number, measured = MEASURED): Promise<Growth> {
  const store = await openStore('memory')
  const meter = new RequestMeter(store.table)
  const muster = await BenchMuster.start(meter.table)
  const run = async (findings: readonly StormFinding[], size?: number) => {
    const texts = batchesOf(findings, size).map(invocationText)
    meter.taken()
    const from = performance.now()
    for (const text of texts) {
      await muster.invoke(text)
      await muster.settled()
    }
    const ms = performance.now() - from
    return { requests: meter.taken().requests / findings.length, us: (1000 * ms) / findings.length }
  }
  try {
    for (const batch of batchesOf(some('open', open), PRELOADED_AT_ONCE)) await muster.invoke(invocationText(batch))
    await muster.settled()
    // The code is warm before anything is timed, however little was preloaded.
    for (let time = 0; time < TIMES; time += 1) await run(some(`warm${time}`, measured))
    const distinct = []
    const duplicates = []
    const control = []
    for (let time = 0; time < TIMES; time += 1) {
      distinct.push(await run(some(`new${time}`, measured)))
      duplicates.push(await run(some(`new${time}`, measured)))
      control.push(await controlUs(store.table, some(`control${time}`, measured)))
    }
    return {
      open,
      requestsPerFinding: { distinct: median(requests(distinct)), duplicates: median(requests(duplicates)) },
      usPerFinding: { distinct: median(us(distinct)), duplicates: median(us(duplicates)) },
      controlUsPerItem: median(control),
    }
  } finally {
    await muster.stop()
    await store.stop()
  }
}

type Measured = readonly { readonly requests: number; readonly us: number }[]
const requests = (all: Measured) => all.map((one) => one.requests)
const us = (all: Measured) => all.map((one) => one.us)

function some(prefix: string, count: number): StormFinding[] {
  return Array.from({ length: count }, (_, index) => stormFinding(prefix, index, USER))
}

/** Texts of the same length are read, and rows of the same size looked for and written. */
async function controlUs(table: Store['table'], findings: readonly StormFinding[]): Promise<number> {
  const texts = batchesOf(findings).map(invocationText)
  const from = performance.now()
  for (const text of texts) {
    const { Records } = JSON.parse(text) as SQSEvent
    const rows = Records.map(({ body }) => rowOf((JSON.parse(body) as { detail: { id: string } }).detail.id))
    await table.batchGet(rows.map((key) => ({ table: 'findings', key })))
    for (const row of rows) await table.put('findings', row, [{ kind: 'absent' }])
  }
  return (1000 * (performance.now() - from)) / findings.length
}

function rowOf(id: string): Item {
  return { pk: `F#${id}`, sk: 'F', revision: 1, body: 'x'.repeat(ROW_BYTES) }
}

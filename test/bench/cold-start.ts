import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { handler as baselineHandler } from './cold-start/baseline-handler.ts'
import { BenchStand } from './cold-start/bench-stand.ts'
import { bytesAtStart } from './cold-start/bytes-at-start.ts'
import { FirstEvents } from './cold-start/first-events.ts'
import { PAGING_HANDLERS, type PagingHandler } from './cold-start/handlers.ts'
import type { ColdStart } from './cold-start/measured-process.ts'
import { breaches, type Measured, tableOf } from './cold-start/verdict.ts'

const RUNS = 15
const fileOf = ({ folder }: PagingHandler) => `dist/${folder}/handler.mjs`

interface Runs {
  readonly handler: PagingHandler
  readonly own: ColdStart[]
  readonly bundled: ColdStart[]
  readonly installed: ColdStart[]
}

const args = process.argv.slice(2)
if (args.some((word) => word !== '--check')) {
  console.error('Usage: npm run bench:cold-start -- [--check]')
  process.exit(2)
}
if (!PAGING_HANDLERS.every((handler) => existsSync(fileOf(handler)))) buildAll()
const measured = await measureAll()
console.log(`${tableOf(measured)}\n\nMedians of ${RUNS} fresh processes each (least–most), in turn with both clients.`)
if (args.includes('--check')) {
  const lines = breaches(measured)
  for (const line of lines) console.error(line)
  process.exit(lines.length === 0 ? 0 : 1)
}

function buildAll(): void {
  const { status } = spawnSync(process.execPath, ['infra/build.ts'], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** The functions take turns too: what the machine does beside falls on all alike. */
async function measureAll(): Promise<Measured[]> {
  const stand = await BenchStand.start()
  try {
    const events = await FirstEvents.over(stand.table)
    const all = PAGING_HANDLERS.map((handler): Runs => ({ handler, own: [], bundled: [], installed: [] }))
    for (let run = 0; run < RUNS; run += 1) for (const runs of all) await measureOnce(stand, events, runs)
    return all.map(summary)
  } finally {
    await stand.stop()
  }
}

async function measureOnce(stand: BenchStand, events: FirstEvents, runs: Runs): Promise<void> {
  const { handler, own, bundled, installed } = runs
  bundled.push(await measureClient(stand, stand.yardsticks.bundled, handler))
  installed.push(await measureClient(stand, stand.yardsticks.installed, handler))
  const first = await handler.firstEvent(events)
  stand.stubs.operations.length = 0
  const told = await stand.coldStart(fileOf(handler), handler.functionName, first.event)
  if (!(await first.isDone(stand.stubs.operations))) {
    throw new Error(`${handler.functionName} did not do its work: ${JSON.stringify(told.answer)}`)
  }
  own.push(told)
}

async function measureClient(stand: BenchStand, file: string, { functionName }: PagingHandler): Promise<ColdStart> {
  const told = await stand.coldStart(file, functionName, {})
  const { found } = told.answer as Awaited<ReturnType<typeof baselineHandler>>
  if (!found) throw new Error('the client alone did not find what it reads')
  return told
}

function summary({ handler, own, bundled, installed }: Runs): Measured {
  return {
    name: handler.functionName,
    bytes: bytesAtStart(fileOf(handler)),
    mostBytes: handler.mostBytes,
    totalMs: own.map(({ totalMs }) => totalMs),
    importMs: own.map(({ importMs }) => importMs),
    cpuMs: own.map(({ cpuMs }) => cpuMs),
    bundledMs: bundled.map(({ totalMs }) => totalMs),
    installedMs: installed.map(({ totalMs }) => totalMs),
  }
}

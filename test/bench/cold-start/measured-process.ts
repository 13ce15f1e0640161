import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

/** What one fresh process tells. */
export interface ColdStart {
  /** From before the import of the handler until it is loaded. */
  readonly importMs: number
  /** From before the import until the first event is done. */
  readonly totalMs: number
  /** Of the processor in that time, all threads together. */
  readonly cpuMs: number
  readonly answer: unknown
}

const CONTEXT = {
  functionName: 'muster-bench',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:muster-bench',
  memoryLimitInMB: '512',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 30_000,
}

const [file = '', eventFile = ''] = process.argv.slice(2)
const event: unknown = JSON.parse(await readFile(eventFile, 'utf8'))
const cpuFrom = process.cpuUsage()
const from = performance.now()
const { handler } = await import(pathToFileURL(file).href)
const importMs = performance.now() - from
const answer: unknown = await handler(event, CONTEXT)
const totalMs = performance.now() - from
const { user, system } = process.cpuUsage(cpuFrom)
const told: ColdStart = { importMs, totalMs, cpuMs: (user + system) / 1000, answer }
process.send?.(told, () => process.exit(0))

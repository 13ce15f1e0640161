import { resolve } from 'node:path'
import { serve } from '@hono/node-server'
import { BadDirectory, loadDirectory, playSample } from './first-start.ts'
import { localDoor } from './local-door.ts'
import { takeLock } from './process-lock.ts'
import { type LocalStack, startStack } from './stack.ts'

const HOST = '127.0.0.1'
const DEFAULT_PORT = 8787
const log = (line: string) => process.stderr.write(`${line}\n`)

/** `npm start`: the coordinator on this machine. */
async function main(): Promise<void> {
  const folder = resolve(process.env.MUSTER_DATA ?? '.muster')
  const port = readPort(process.env.PORT)
  const empty = readArguments(process.argv.slice(2))
  const lock = await takeLock(folder)
  if (!lock.ok) return fail(`Another copy is running on ${folder} (${lock.holder}). Stop it, or set MUSTER_DATA.`)
  // Held by name until the very end: a lock that nobody refers to is collected, and with it freed.
  process.once('exit', () => lock.release())
  const url = `http://${HOST}:${port}`
  const onDatabaseExit = (reason: string) => fail(`The database ended: ${reason}`)
  const stack = await startStack({ folder, url, log, onDatabaseExit })
  if (stack.isFirstStart) await firstStart(stack, empty)
  const server = serve(
    { fetch: localDoor(stack, () => port, log).fetch, hostname: HOST, port },
    () => void ready(stack, url),
  )
  server.on('error', (error) => void stop(stack, () => fail(`Cannot listen on ${url}: ${error.message}`)))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => server.close(() => void stop(stack, () => process.exit(0))))
  }
}

async function firstStart(stack: LocalStack, empty: boolean): Promise<void> {
  await loadDirectory(stack, process.env.MUSTER_DIRECTORY)
  if (!empty) await playSample(stack)
}

/** Said once a write has gone round. */
async function ready({ deps: { table, time } }: LocalStack, url: string): Promise<void> {
  const key = { pk: 'SYS#start', sk: 'STATE' }
  await table.put('incidents', { ...key, at: time.now() })
  if ((await table.get('incidents', key)) === null) return fail('The database does not give back what was written.')
  process.stdout.write(`muster ready ${url}\n`)
}

async function stop(stack: LocalStack, then: () => void): Promise<void> {
  await stack.stop()
  then()
}

function readPort(text: string | undefined): number {
  const port = text === undefined || text === '' ? DEFAULT_PORT : Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(`PORT is ${text}; expected a number from 1 to 65535.`)
  return port
}

function readArguments(words: readonly string[]): boolean {
  const unknown = words.filter((word) => word !== '--empty')
  if (unknown.length > 0) fail(`Unknown: ${unknown.join(' ')}. Usage: npm start [-- --empty]`)
  return words.includes('--empty')
}

function fail(message: string): never {
  log(message)
  process.exit(2)
}

try {
  await main()
} catch (error) {
  fail(
    error instanceof BadDirectory
      ? error.message
      : `Muster could not start: ${error instanceof Error ? error.stack : error}`,
  )
}

/**
 * Runs a program that knows nothing of its parent: `emulator-guard.ts COMMAND ARGUMENT…`. The program ends with the
 * process that started the guard, since the channel between these two closes even when that process is killed.
 */
import { spawn } from 'node:child_process'

const STOP_MS = 2000

const [command, ...args] = process.argv.slice(2)
if (command === undefined) throw new Error('usage: emulator-guard.ts COMMAND ARGUMENT…')
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })

function end(): void {
  child.kill('SIGTERM')
  setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref()
}

child.once('error', (error) => {
  console.error(error.message)
  process.exit(127)
})
child.once('exit', (code) => process.exit(code ?? 1))
process.on('message', end)
process.on('disconnect', end)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)

/** Starts a program as an emulator in a process that a test can kill: `emulator-starter.ts COMMAND ARGUMENT…`. */
import { startEmulator } from './emulator-process.ts'

const [command = '', ...args] = process.argv.slice(2)
const { url } = await startEmulator({
  name: command,
  command,
  args,
  readyWithinMs: 10_000,
  ready: async (said) => /at (http:\S+)/.exec(said)?.[1] ?? null,
})
process.send?.(url)

import { type Emulator, startEmulator } from './emulator-process.ts'
import { pythonEnvironment } from './python-environment.ts'

const READY_MS = 30_000

/** moto's server: most services of AWS, in memory. */
export async function startMoto(): Promise<Emulator> {
  const { python } = await pythonEnvironment()
  return startEmulator({
    name: 'moto',
    command: python,
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'],
    readyWithinMs: READY_MS,
    ready: async (said) => /Running on (http:\/\/[\d.]+:\d+)/.exec(said)?.[1] ?? null,
  })
}

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Growth } from './growth.ts'
import type { MeteredStorm } from './metered-storm.ts'
import type { Task } from './muster-child.ts'
import type { MusterStorm } from './muster-storms.ts'
import type { Probes } from './probes.ts'

interface Found {
  readonly storms: MusterStorm[]
  readonly metered: MeteredStorm[]
  readonly growth: Growth
  readonly probes: Probes
}

const CHILD = fileURLToPath(new URL('./muster-child.ts', import.meta.url))

/** What one task finds in a fresh process. Rejects when the process ends without an answer. */
export function inChild<Name extends keyof Found>(task: Extract<Task, { task: Name }>): Promise<Found[Name]> {
  const env = { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT' }
  const child = fork(CHILD, [JSON.stringify(task)], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('message', (found) => resolve(found as Found[Name]))
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`${task.task} ended (${signal ?? `exit ${code}`})`)))
  })
}

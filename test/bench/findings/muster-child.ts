/** One measurement in a process of its own: `node muster-child.ts '{"task":"storms",…}'` prints or sends what it found. */
import { growth } from './growth.ts'
import { meteredStorms } from './metered-storm.ts'
import { musterStorms } from './muster-storms.ts'
import { probes } from './probes.ts'
import type { StoreName } from './store.ts'
import type { StormKind } from './storms.ts'

export type Task =
  | { readonly task: 'storms'; readonly store: StoreName; readonly size: number; readonly kinds: readonly StormKind[] }
  | { readonly task: 'metered'; readonly store: StoreName; readonly size: number }
  | { readonly task: 'growth'; readonly open: number }
  | { readonly task: 'probes'; readonly probes: number; readonly storm: number }

async function measure(task: Task): Promise<unknown> {
  if (task.task === 'storms') return musterStorms(task.store, task.size, task.kinds)
  if (task.task === 'metered') return meteredStorms(task.store, task.size)
  if (task.task === 'growth') return growth(task.open)
  return probes(task.probes, task.storm)
}

// Nobody waits any more.
process.on('disconnect', () => process.exit(1))
const found = await measure(JSON.parse(process.argv[2] ?? '') as Task)
if (process.send === undefined) console.log(JSON.stringify(found, null, 2))
else process.send(found, () => process.exit(0))

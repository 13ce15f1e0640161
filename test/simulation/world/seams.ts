import type { SenderDependencies } from '../../../shared/app/dependencies.ts'
import type { QueuedWake } from '../../../shared/ports/queues.ts'
import type { Instance } from './instance.ts'
import type { World } from './world.ts'

/** Where a rule can be broken by hand, to see that the judge finds it; nothing is changed where none is given. */
export interface Seams {
  readonly deps?: (world: World, instance: Instance, deps: SenderDependencies) => SenderDependencies
  /** True: this wake is not even looked at. */
  readonly skipWake?: (wake: QueuedWake) => boolean
}

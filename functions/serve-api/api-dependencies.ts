import type { DoorDependencies } from '../../shared/app/dependencies.ts'
import type { IntakeResult } from '../../shared/app/intake.ts'
import type { KeepRefused } from '../../shared/app/receive-events.ts'
import type { SceneDependencies } from './console/read-scene.ts'

/**
 * What the API needs. Events go through `intake`, whose caller limits how many run at once; `keep` says what to do with
 * those that are refused, where that is not to put them into quarantine.
 */
export interface ApiDependencies extends DoorDependencies, Pick<SceneDependencies, 'messages'> {
  readonly intake: (events: readonly unknown[], keep?: KeepRefused) => Promise<IntakeResult[]>
}

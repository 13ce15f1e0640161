import type { DoorDependencies } from '../../shared/app/dependencies.ts'
import type { IntakeResult } from '../../shared/app/intake.ts'
import type { SceneDependencies } from './console/read-scene.ts'

/** What the API needs. Events go through `intake`, whose caller limits how many run at once. */
export interface ApiDependencies extends DoorDependencies, Pick<SceneDependencies, 'messages'> {
  readonly intake: (events: readonly unknown[]) => Promise<IntakeResult[]>
}

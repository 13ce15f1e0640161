import { javaPattern } from '../aws-models/java-pattern.ts'
import type { ServiceModel } from '../aws-models/model.ts'
import type { Tally } from './tally.ts'

/** Every pattern of the models in use can be read. */
export function patternChecks(tally: Tally, models: readonly ServiceModel[]): void {
  const patterns = models.flatMap(({ shapes }) => Object.values(shapes).flatMap(({ pattern }) => pattern ?? []))
  tally.equal('the models have patterns', patterns.length > 0, true)
  const unreadable = patterns.filter((pattern) => javaPattern(pattern) === null)
  tally.equal('all patterns of the models can be read', unreadable, [])
}

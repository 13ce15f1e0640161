import type { Dependencies } from './dependencies.ts'
import type { IntakeResult } from './intake.ts'
import { keepInQuarantine, type Quarantined, readQuarantine, settleQuarantined } from './quarantine.ts'
import { eventAsItCame } from './quarantined-text.ts'
import type { KeepRefused } from './receive-events.ts'

type Deps = Pick<Dependencies, 'table' | 'time'> & {
  /** Events in, as ever, but for what is done with those that are refused. */
  readonly intake: (events: readonly unknown[], keep: KeepRefused) => Promise<readonly IntakeResult[]>
}

export interface Retried {
  readonly quarantined: Quarantined
  readonly results: readonly IntakeResult[]
}

/**
 * Takes a quarantined event in again, after a fix. What fits now is taken in; when all of it does, the event is settled,
 * else it stays with what is wrong with it now. The same again is safe: findings know themselves. Null when there is
 * none of this id.
 */
export async function retryQuarantined(deps: Deps, id: string): Promise<Retried | null> {
  const found = await readQuarantine(deps, id)
  if (found === null) return null
  const isOpen = found.settledAt === null
  const results = await deps.intake([eventAsItCame(found.event)], async (_event, errors) => {
    if (isOpen) await keepInQuarantine(deps, found, errors, deps.time.now())
    return id
  })
  const isWhole = results.every(({ outcome }) => outcome !== 'rejected')
  if (isOpen && isWhole) await settleQuarantined(deps, found, results, deps.time.now())
  return { quarantined: (await readQuarantine(deps, id)) ?? found, results }
}

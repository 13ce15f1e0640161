import { wakeAt } from '../core/decide.ts'
import { type Instant, plusSeconds, secondsBetween } from '../core/time/instant.ts'
import type { QueuedWake } from '../ports/queues.ts'
import type { Dependencies } from './dependencies.ts'
import { parkHead } from './dispatch-commits.ts'
import { MUSTER_ACTOR } from './rows/commit-row.ts'
import { PERSON, runCommand } from './run-command.ts'

/** A wake that arrives this much early waits in place; an earlier one goes back to its queue. */
const WAIT_IN_PLACE_SECONDS = 5
const PARKED_SECONDS = 300

export type WakeOutcome =
  | { readonly status: 'decided' | 'quiet' | 'parked' }
  /** Too early: deliver it again at `at`. */
  | { readonly status: 'early'; readonly at: Instant }

type Deps = Pick<Dependencies, 'table' | 'time' | 'real' | 'random' | 'directory' | 'obligations' | 'alarms' | 'queues'>

/**
 * Decides everything that is due on one incident. A wake is never cancelled: one that finds nothing due is quiet, since
 * the commit that changed the plan has queued its own. It has no cause and decides from the state alone.
 */
export async function wakeIncident(deps: Deps, { incidentId, wakeAt: meantFor }: QueuedWake): Promise<WakeOutcome> {
  const early = secondsBetween(deps.time.now(), meantFor)
  if (early >= WAIT_IN_PLACE_SECONDS) return { status: 'early', at: meantFor }
  if (early > 0) await deps.real.sleep(Math.ceil(early * 1000))
  try {
    return await decideDue(deps, incidentId, deps.time.now())
  } catch (fault) {
    if (!(fault instanceof StuckWake)) throw fault
    return park(deps, incidentId)
  }
}

/** A wake was due, and deciding changed nothing: it would be due for ever. */
class StuckWake extends Error {
  override readonly name = 'StuckWake'
}

async function decideDue(deps: Deps, incidentId: string, now: Instant): Promise<WakeOutcome> {
  let due = false
  const outcome = await runCommand(deps, {
    incidentId,
    now,
    actor: MUSTER_ACTOR,
    causes: [],
    patience: PERSON,
    command: ({ state }) => {
      const at = state === null ? null : wakeAt(state)
      due = at !== null && at <= now
      return due ? { type: 'Wake' } : null
    },
  })
  if (outcome.status === 'committed') return { status: 'decided' }
  if (due) throw new StuckWake(`incident ${incidentId} is due and has nothing to decide`)
  return { status: 'quiet' }
}

/** A fault of ours: it is put off with an alarm, and starves nobody else. */
async function park(deps: Deps, incidentId: string): Promise<WakeOutcome> {
  const until = plusSeconds(deps.time.now(), PARKED_SECONDS)
  deps.alarms.raise('WakeFailed', { incidentId })
  await parkHead(deps, incidentId, until)
  await deps.queues.sendWakes([{ incidentId, wakeAt: until }])
  return { status: 'parked' }
}

import { wakeAt } from '../core/decide.ts'
import { type Instant, plusSeconds, secondsBetween } from '../core/time/instant.ts'
import { ConflictFault, TransientFault } from '../ports/faults.ts'
import type { QueuedWake } from '../ports/queues.ts'
import type { Dependencies } from './dependencies.ts'
import { parkHead } from './dispatch-commits.ts'
import { MUSTER_ACTOR } from './rows/commit-row.ts'
import { PERSON, runCommand } from './run-command.ts'

/** A wake that arrives this much early waits in place; an earlier one goes back to its queue. */
const WAIT_IN_PLACE_SECONDS = 5
const PARKED_SECONDS = 300

export type WakeOutcome =
  | { readonly status: 'decided' | 'parked' }
  /** Nothing is due: `next` is when something will be, if by itself. */
  | { readonly status: 'quiet'; readonly next: Instant | null }
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
    if (fault instanceof TransientFault || fault instanceof ConflictFault) throw fault
    return park(deps, incidentId)
  }
}

function quietUntil(incidentId: string, next: Instant | null, now: Instant): WakeOutcome {
  if (next !== null && next <= now) throw new StuckWake(`incident ${incidentId} is due and has nothing to decide`)
  return { status: 'quiet', next }
}

/** A wake was due, and deciding changed nothing: it would be due for ever. */
class StuckWake extends Error {
  override readonly name = 'StuckWake'
}

async function decideDue(deps: Deps, incidentId: string, now: Instant): Promise<WakeOutcome> {
  let next: Instant | null = null
  const outcome = await runCommand(deps, {
    incidentId,
    now,
    actor: MUSTER_ACTOR,
    causes: [],
    patience: PERSON,
    command: ({ state }) => {
      next = state === null ? null : wakeAt(state)
      return next !== null && next <= now ? { type: 'Wake' } : null
    },
  })
  if (outcome.status === 'committed') return { status: 'decided' }
  return quietUntil(incidentId, next, now)
}

/** What no second try can mend is put off with an alarm, and starves nobody else. */
async function park(deps: Deps, incidentId: string): Promise<WakeOutcome> {
  const until = plusSeconds(deps.time.now(), PARKED_SECONDS)
  deps.alarms.raise('WakeFailed', { incidentId })
  await parkHead(deps, incidentId, until)
  await deps.queues.sendWakes([{ incidentId, wakeAt: until }])
  return { status: 'parked' }
}

import type { Finding } from '../core/findings/finding.ts'
import type { DirectoryVersion } from './directory-versions.ts'
import type { RecalledIncident } from './incident-memory.ts'
import type { IntakeMemory } from './intake-memory.ts'
import { unopened } from './load-incident.ts'
import { type FirstTry, type IntakeContext, type Recorded, recordFindings, type Start } from './record-findings.ts'
import type { KnownFinding } from './rows/finding-row.ts'
import { incidentIdOf } from './rows/keys.ts'

type Deps = Parameters<typeof recordFindings>[0] & { readonly memory: IntakeMemory }
type Answers = Map<string, Recorded>

/** Findings for one commit, and their size there. */
export interface Chunk {
  readonly findings: readonly Finding[]
  readonly bytes: number
}

/** What was read for the batch that findings came in. */
export interface BatchRead {
  readonly directory: DirectoryVersion
  /** What the findings' rows said. */
  readonly known: ReadonlyMap<string, KnownFinding>
  /** Before any of it was read, by the count of the memory of incidents. */
  readonly readAt: number
  /** Of the incident's head; 0 where that was not read. */
  readonly headSequence: number
  /** Nobody had opened an incident of their group, nor recorded any of the findings. */
  readonly isNewGroup: boolean
}

/** What waits for its turn at one incident. */
export interface Waiting extends Chunk {
  readonly context: IntakeContext
  readonly read: BatchRead
  readonly settle: (answers: Promise<Answers>) => void
}

/** One commit takes at most so many findings, and so many bytes of them; the rest follows in the next. */
export const MOST_FINDINGS = 100
export const MOST_FINDING_BYTES = 58 * 1024

/**
 * Records findings as `recordFindings` does, one commit after the other for each episode: what this process has at hand
 * at the same time goes in together, and what comes meanwhile waits for the next, instead of competing for it.
 */
export function recordInTurn(
  deps: Deps,
  start: Start,
  chunk: Chunk,
  context: IntakeContext,
  read: BatchRead,
): Promise<Answers> {
  const { turns } = deps.memory
  const slot = `${start.groupHash}#${start.episode}`
  return new Promise((settle) => {
    const waiting: Waiting = { ...chunk, context, read, settle }
    const queue = turns.get(slot)
    if (queue !== undefined) {
      queue.push(waiting)
      return
    }
    turns.set(slot, [waiting])
    void workOff(deps, start, slot)
  })
}

async function workOff(deps: Deps, start: Start, slot: string): Promise<void> {
  const queue = deps.memory.turns.get(slot) ?? []
  await deps.real.sleep(0)
  while (queue.length > 0) {
    const together = takeTogether(queue)
    const answers = recordTogether(deps, start, together)
    for (const { settle } of together) settle(answers)
    await settled(answers)
  }
  deps.memory.turns.delete(slot)
}

async function recordTogether(deps: Deps, start: Start, together: readonly Waiting[]): Promise<Answers> {
  const [one] = together
  if (one === undefined) return new Map()
  const { incidents } = deps.memory
  const incidentId = incidentIdOf(start.groupHash, start.episode)
  const recalled = stillNewest(incidents.take(incidentId, deps.real.nowMs()), together)
  const findings = together.flatMap((waiting) => waiting.findings)
  const first = firstTry(incidentId, recalled, together, one.read)
  const { answers, after, wasRead } = await recordFindings(deps, start, findings, one.context, first)
  if (after?.incidentId === incidentId) {
    incidents.keep(after, wasRead ? null : (recalled?.readAt ?? null), deps.real.nowMs())
  }
  return answers
}

/** Null where a head that was read tells of commits by others. */
function stillNewest(recalled: RecalledIncident | null, together: readonly Waiting[]): RecalledIncident | null {
  const sequence = recalled?.loaded.state?.sequence ?? 0
  return together.some(({ read }) => read.headSequence > sequence) ? null : recalled
}

/** The incident as this process left it, or as none; and what the rows said, where they were read after it. */
function firstTry(
  incidentId: string,
  recalled: RecalledIncident | null,
  together: readonly Waiting[],
  { directory }: BatchRead,
): FirstTry {
  const isUnopened = recalled === null && together.every((one) => one.read.isNewGroup)
  const isReadAfter = recalled !== null && together.every((one) => one.read.readAt >= recalled.readAt)
  const loaded = isUnopened ? unopened(incidentId) : (recalled?.loaded ?? null)
  const known = isUnopened || isReadAfter ? new Map(together.flatMap((one) => [...one.read.known])) : null
  return { directory, loaded, known }
}

/** As many as one commit takes; each finding once, and by one directory. */
function takeTogether(queue: Waiting[]): Waiting[] {
  const taken: Waiting[] = []
  const keys = new Set<string>()
  let bytes = 0
  for (const next of queue) {
    bytes += next.bytes
    const isFull = keys.size + next.findings.length > MOST_FINDINGS || bytes > MOST_FINDING_BYTES
    const isOther = next.context.directory !== (taken[0] ?? next).context.directory
    if (taken.length > 0 && (isFull || isOther || next.findings.some(({ key }) => keys.has(key)))) break
    for (const { key } of next.findings) keys.add(key)
    taken.push(next)
  }
  queue.splice(0, taken.length)
  return taken
}

/** A turn ends however it ends. */
async function settled(answers: Promise<unknown>): Promise<void> {
  await answers.catch(() => undefined)
}

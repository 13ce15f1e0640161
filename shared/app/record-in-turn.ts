import type { Finding } from '../core/findings/finding.ts'
import type { IntakeMemory } from './intake-memory.ts'
import { type FirstTry, type IntakeContext, type Recorded, recordFindings, type Start } from './record-findings.ts'

type Deps = Parameters<typeof recordFindings>[0] & { readonly memory: IntakeMemory }
type Answers = Map<string, Recorded>

/** Findings for one commit, and their size there. */
export interface Chunk {
  readonly findings: readonly Finding[]
  readonly bytes: number
}

/** What waits for its turn at one incident. */
export interface Waiting extends Chunk {
  readonly context: IntakeContext
  readonly settle: (answers: Promise<Answers>) => void
}

/** One commit takes at most so many findings, and so many bytes of them; the rest follows in the next. */
export const MOST_FINDINGS = 100
export const MOST_FINDING_BYTES = 40 * 1024

/**
 * Records findings as `recordFindings` does, one commit after the other for each episode: what would compete for the
 * next place in the record waits for it in this process, and goes in together.
 */
export async function recordInTurn(
  deps: Deps,
  start: Start,
  chunk: Chunk,
  context: IntakeContext,
  first: FirstTry,
): Promise<Answers> {
  const { turns } = deps.memory
  const slot = `${start.groupHash}#${start.episode}`
  const queue = turns.get(slot)
  if (queue !== undefined) {
    return new Promise((resolve) => queue.push({ ...chunk, context, settle: resolve }))
  }
  turns.set(slot, [])
  const answers = recordFindings(deps, start, chunk.findings, context, first)
  void settled(answers).then(() => nextTurn(deps, start, slot, first))
  return answers
}

async function nextTurn(deps: Deps, start: Start, slot: string, before: FirstTry): Promise<void> {
  const queue = deps.memory.turns.get(slot) ?? []
  for (let together = takeTogether(queue); together.length > 0; together = takeTogether(queue)) {
    const context = together[0]?.context
    if (context === undefined) break
    const findings = together.flatMap((one) => one.findings)
    const answers = recordFindings(deps, start, findings, context, { directory: before.directory, known: null })
    for (const { settle } of together) settle(answers)
    await settled(answers)
  }
  deps.memory.turns.delete(slot)
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

import { IncidentMemory } from './incident-memory.ts'
import type { Waiting } from './record-in-turn.ts'

/** What one process remembers of its intake: hints that save reads. What is read decides, whatever they say. */
export interface IntakeMemory {
  /** Newest episode that it has seen of each group. */
  readonly episodes: Map<string, number>
  /** Findings that it has lately taken in: more of the same are most likely repeats. */
  readonly seen: Set<string>
  /** What waits for its turn at an episode that this process is recording on. */
  readonly turns: Map<string, Waiting[]>
  /** What it has lately recorded findings on. */
  readonly incidents: IncidentMemory
}

/** Hints beyond these are forgotten, all at once: they cost a read each to learn again. */
const MOST_EPISODES = 10_000
const MOST_SEEN = 50_000

export function newIntakeMemory(): IntakeMemory {
  return { episodes: new Map(), seen: new Set(), turns: new Map(), incidents: new IncidentMemory() }
}

export function rememberEpisode({ episodes }: IntakeMemory, groupHash: string, episode: number): void {
  if (episodes.size >= MOST_EPISODES) episodes.clear()
  episodes.set(groupHash, episode)
}

export function rememberSeen({ seen }: IntakeMemory, key: string): void {
  if (seen.size >= MOST_SEEN) seen.clear()
  seen.add(key)
}

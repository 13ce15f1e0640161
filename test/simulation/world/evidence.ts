import type { IntakeResult } from '../../../shared/app/intake.ts'
import type { MergeRequest } from '../../../shared/app/merge-incidents.ts'
import type { StoredCommit } from '../../../shared/app/rows/commit-row.ts'
import type { Directory } from '../../../shared/core/directory/directory.ts'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import type { Command } from '../../../shared/core/incident/commands.ts'
import type { Instant } from '../../../shared/core/time/instant.ts'
import type { OutgoingMessage } from '../../../shared/ports/message-provider.ts'
import type { Receipt } from '../../../shared/sources/replies/reply.ts'
import type { Instance, InstanceKind } from './instance.ts'

/** A finding that was handed in, and what came back; null when the answer was lost. */
export interface FindingInput {
  readonly finding: Finding
  readonly atMs: number
  /** In a queue it is accepted for good; through the door only once the answer is there. */
  readonly viaQueue: boolean
  answeredMs: number | null
  result: IntakeResult | null
}

/** What a person did, and what came back. */
export interface PersonInput {
  readonly incidentId: string
  readonly key: string
  readonly command: Command
  status: 'committed' | 'unchanged' | 'refused' | 'unknown'
}

/** One message that a provider took: its own log, with what the world knows of how it came there. */
export interface Accepted {
  readonly message: OutgoingMessage
  readonly roles: readonly string[]
  readonly realMs: number
  readonly at: Instant
  /** How much had taken effect when its sender began to read. */
  readonly readFrom: number
  /** How much had when it called the provider. */
  readonly calledAt: number
}

/** What a provider told later of a message that it had taken. */
export interface Returned {
  readonly incidentId: string
  readonly responderId: string
  readonly receipt: Receipt
}

export interface SeenCommit {
  readonly commit: StoredCommit
  readonly order: number
  readonly realMs: number
  readonly bytes: number
}

/** What the judge gets to see beside the store: inputs, answers and the providers' logs, in their real order. */
export class Evidence {
  readonly findings: FindingInput[] = []
  readonly people: PersonInput[] = []
  /** Those that were answered as done. */
  readonly merges: MergeRequest[] = []
  readonly accepted: Accepted[] = []
  readonly returned: Returned[] = []
  readonly commits = new Map<string, SeenCommit[]>()
  readonly directories: { readonly order: number; readonly directory: Directory }[] = []
  readonly alarms: { readonly name: string; readonly detail: Readonly<Record<string, string | number>> }[] = []
  readonly deadLetters: string[] = []
  /** How often each message's sender was hit by a fault. */
  readonly harm = new Map<string, number>()
  /** Which processes died or stood still, in order. */
  readonly died: InstanceKind[] = []
  largestHead = 0
  /** How far ahead a wake was put into its queue. */
  longestDelayMs = 0
  faultsEndMs = 0
  endMs = 0
  readonly #reads = new Map<string, number>()

  harmed(effectId: string): void {
    this.harm.set(effectId, (this.harm.get(effectId) ?? 0) + 1)
  }

  /** A sender reads an incident once for all its messages; what it reads later is for its own commit. */
  readBegan(instance: Instance, incidentId: string, order: number): void {
    const key = `${instance.id} ${incidentId}`
    if (!this.#reads.has(key)) this.#reads.set(key, order)
  }

  readFrom(instance: Instance, incidentId: string): number {
    const order = this.#reads.get(`${instance.id} ${incidentId}`)
    if (order === undefined) throw new Error(`${instance.name} sends for ${incidentId} and has not read it`)
    return order
  }

  committed(seen: SeenCommit): void {
    const { incidentId } = seen.commit
    const known = this.commits.get(incidentId)
    if (known) known.push(seen)
    else this.commits.set(incidentId, [seen])
  }
}

import { type Counts, countingTable } from '../../../shared/adapters/counting/table.ts'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import type { SenderDependencies } from '../../../shared/app/dependencies.ts'
import { directoryReader } from '../../../shared/app/directory-versions.ts'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { ingestFindings } from '../../../shared/app/ingest-findings.ts'
import { newIntakeMemory } from '../../../shared/app/intake-memory.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import { sendMessages } from '../../../shared/app/send-messages.ts'
import { wakeIncident } from '../../../shared/app/wake-incident.ts'
import { ENGLISH } from '../../../shared/content/messages/english.ts'
import type { Directory } from '../../../shared/core/directory/directory.ts'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { type Instant, plusSeconds } from '../../../shared/core/time/instant.ts'
import type { QueuedEffect } from '../../../shared/ports/queues.ts'
import { importFirst } from './first-directory.ts'
import { LINKS } from './processes.ts'
import { SAMPLE_OBLIGATIONS } from './sample-obligations.ts'

/** One process over a table that counts, step by step and without faults: what each thing costs. */
export class Counted {
  now: Instant
  readonly accepted: string[] = []
  readonly #memory = new MemoryTable()
  readonly #counting = countingTable(this.#memory)
  readonly #effects: QueuedEffect[] = []
  readonly #intakeMemory = newIntakeMemory()
  readonly #deps: SenderDependencies

  constructor(now: Instant) {
    this.now = now
    const { table } = this.#counting
    const ids = { count: 0, next: () => `sample-id-${++ids.count}` }
    this.#deps = {
      table,
      time: { now: () => this.now },
      real: { nowMs: () => 0, sleep: async () => undefined },
      random: { unit: () => 0.5, id: () => ids.next() },
      queues: { sendEffects: async (effects) => void this.#effects.push(...effects), sendWakes: async () => undefined },
      directory: directoryReader(table),
      alarms: { raise: () => undefined },
      obligations: SAMPLE_OBLIGATIONS,
      provider: {
        send: async ({ effectId, kind }) => {
          this.accepted.push(kind)
          return { status: 'accepted', providerId: effectId }
        },
      },
      signer: LINKS.signer,
      texts: ENGLISH,
      publicUrl: 'https://muster.example',
      sendsAtOnce: 10,
      leaseMs: 60_000,
    }
  }

  /** As a process that has run before: the directory is known. */
  async begin(directory: Directory): Promise<void> {
    await importFirst(this.#memory, directory, this.now)
    await this.#deps.directory.current()
  }

  /** What one step costs. */
  async cost(step: () => Promise<unknown>): Promise<Counts> {
    this.#counting.reset()
    await step()
    return this.#counting.counts()
  }

  ingest(finding: Finding) {
    return ingestFindings({ ...this.#deps, memory: this.#intakeMemory }, [finding], {
      now: this.now,
      patience: PERSON,
      tellsSeverity: false,
    })
  }

  dispatch(incidentId: string): Promise<void> {
    return dispatchCommits(this.#deps, incidentId)
  }

  /** Each channel's messages as one batch. */
  async send(): Promise<void> {
    const batches = Map.groupBy(this.#effects.splice(0), ({ channel }) => channel)
    for (const batch of batches.values()) await sendMessages(this.#deps, batch)
  }

  async wakeAfter(seconds: number, incidentId: string): Promise<void> {
    this.now = plusSeconds(this.now, seconds)
    await wakeIncident(this.#deps, { incidentId, wakeAt: this.now })
  }

  acknowledge(incidentId: string, role: string, responderId: string) {
    const key = `request/${responderId}-${role}`
    const command = { type: 'AcknowledgeSeat', role, responderId, via: 'api' } as const
    const causes = { causes: [key], remembered: key, answer: 'ok' }
    return runCommand(this.#deps, {
      incidentId,
      command: () => command,
      now: this.now,
      actor: responderId,
      patience: PERSON,
      ...causes,
    })
  }
}

import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import type { SenderDependencies } from '../../../shared/app/dependencies.ts'
import { directoryReader, importDirectory } from '../../../shared/app/directory-versions.ts'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { ingestFindings } from '../../../shared/app/ingest-findings.ts'
import type { IntakeResult } from '../../../shared/app/intake.ts'
import { type IntakeMemory, newIntakeMemory } from '../../../shared/app/intake-memory.ts'
import { loadIncident } from '../../../shared/app/load-incident.ts'
import { readDirectory } from '../../../shared/app/read-directory.ts'
import { PERSON } from '../../../shared/app/run-command.ts'
import { sendMessages } from '../../../shared/app/send-messages.ts'
import { wakeIncident } from '../../../shared/app/wake-incident.ts'
import { ENGLISH } from '../../../shared/content/messages/english.ts'
import { OBLIGATIONS } from '../../../shared/content/obligations/catalogue.ts'
import { wakeAt } from '../../../shared/core/decide.ts'
import type { Directory } from '../../../shared/core/directory/directory.ts'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import type { IncidentState } from '../../../shared/core/incident/state.ts'
import { epochMs, type Instant, latest, plusSeconds } from '../../../shared/core/time/instant.ts'
import type { OutgoingMessage, ProviderAnswer } from '../../../shared/ports/message-provider.ts'
import type { QueuedEffect, QueuedWake } from '../../../shared/ports/queues.ts'
import type { Table } from '../../../shared/ports/table.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { PROOF_ACCOUNTS, proofDirectory, proofEvent } from '../../proof/proof-organisation.ts'
import { judgedByDefault } from '../sources/sample-events.ts'

export const START: Instant = '2027-03-10T10:00:00.000Z'

/** All of Muster over a table in memory, with time that stands still until it is moved. */
export class InMemoryMuster {
  now: Instant = START
  readonly effects: QueuedEffect[] = []
  readonly wakes: QueuedWake[] = []
  readonly sent: OutgoingMessage[] = []
  readonly alarms: string[] = []
  /** What the provider answers; may throw. */
  answer: (message: OutgoingMessage) => ProviderAnswer = () => ({ status: 'accepted', providerId: 'p' })
  readonly table: Table
  readonly deps: SenderDependencies & { readonly memory: IntakeMemory }
  #ids = 0

  constructor(table: Table = new MemoryTable()) {
    this.table = table
    this.deps = {
      table,
      time: { now: () => this.now },
      real: { nowMs: () => epochMs(this.now), sleep: async () => {} },
      random: { unit: () => 0.5, id: () => `random-${++this.#ids}` },
      queues: {
        sendEffects: async (effects) => void this.effects.push(...effects),
        sendWakes: async (wakes) => void this.wakes.push(...wakes),
      },
      directory: directoryReader(table),
      alarms: { raise: (name) => void this.alarms.push(name) },
      obligations: OBLIGATIONS,
      provider: { send: async (message) => this.#send(message) },
      signer: { sign: async (text) => `s${text.length}` },
      texts: ENGLISH,
      publicUrl: 'https://muster.example.com',
      sendsAtOnce: 10,
      leaseMs: 30_000,
      memory: newIntakeMemory(),
    }
  }

  /** With the sample organisation of the proofs. */
  static async start(table?: Table): Promise<InMemoryMuster> {
    const muster = new InMemoryMuster(table)
    const read = readDirectory(JSON.stringify(proofDirectory()))
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    await muster.use(read.directory)
    return muster
  }

  async use(directory: Directory): Promise<void> {
    await importDirectory(this.deps, directory, this.now)
  }

  ingest(...findings: Finding[]): Promise<IntakeResult[]> {
    return ingestFindings(this.deps, findings, { now: this.now, patience: PERSON, tellsSeverity: true })
  }

  /** Opens an incident and does what follows at once. */
  async open(name = 'first', user = 'user'): Promise<string> {
    const [result] = await this.ingest(finding(name, user, this.now))
    if (!result?.incidentId) throw new Error(JSON.stringify(result))
    await this.follow(result.incidentId)
    return result.incidentId
  }

  /** Dispatches and sends until nothing is left to do at this moment. */
  async follow(incidentId: string): Promise<void> {
    do {
      await dispatchCommits(this.deps, incidentId)
      await sendMessages(this.deps, this.effects.splice(0))
    } while ((await loadIncident(this.table, incidentId)).commits.length > 0)
  }

  /** Moves time, and does what falls due in between, in order. */
  async advance(incidentId: string, seconds: number): Promise<void> {
    const until = plusSeconds(this.now, seconds)
    for (
      let next = await this.#nextWake(incidentId);
      next !== null && next <= until;
      next = await this.#nextWake(incidentId)
    ) {
      this.now = latest(next, this.now) ?? next
      await wakeIncident(this.deps, { incidentId, wakeAt: next })
      await this.follow(incidentId)
    }
    this.now = until
  }

  async state(incidentId: string): Promise<IncidentState> {
    const { state } = await loadIncident(this.table, incidentId)
    if (state === null) throw new Error(`no incident ${incidentId}`)
    return state
  }

  pages(role: string): string[] {
    const wanted = this.sent.filter(({ kind, seats }) => kind === 'page' && seats.some((seat) => seat.role === role))
    return wanted.map(({ responderId }) => responderId)
  }

  async #nextWake(incidentId: string): Promise<Instant | null> {
    return wakeAt(await this.state(incidentId))
  }

  #send(message: OutgoingMessage): ProviderAnswer {
    const answer = this.answer(message)
    if (answer.status === 'accepted') this.sent.push(message)
    return answer
  }
}

/** One GuardDuty finding of severity 9, parsed as the door parses it. */
export function finding(
  name: string,
  user: string,
  at: Instant,
  account: string = PROOF_ACCOUNTS[1],
  change: (event: { detail: Record<string, unknown> }) => void = () => {},
): Finding {
  const event = structuredClone(proofEvent(name, user, account, at)) as { detail: Record<string, unknown> }
  change(event)
  const [item] = parseEvent(event)
  if (!item?.ok) throw new Error(JSON.stringify(item))
  return judgedByDefault(item.finding)
}

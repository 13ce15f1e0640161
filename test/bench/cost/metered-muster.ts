import { createApi } from '../../../functions/serve-api/api.ts'
import { noteCipher } from '../../../shared/adapters/node-crypto/note-cipher.ts'
import type { SenderDependencies } from '../../../shared/app/dependencies.ts'
import { directoryReader, importDirectory } from '../../../shared/app/directory-versions.ts'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { type IntakeMemory, newIntakeMemory } from '../../../shared/app/intake-memory.ts'
import { loadIncident } from '../../../shared/app/load-incident.ts'
import { readDirectory } from '../../../shared/app/read-directory.ts'
import { receiveEvents } from '../../../shared/app/receive-events.ts'
import { receiveReply } from '../../../shared/app/receive-reply.ts'
import { PERSON } from '../../../shared/app/run-command.ts'
import { sendMessages } from '../../../shared/app/send-messages.ts'
import { tick } from '../../../shared/app/tick.ts'
import { wakeIncident } from '../../../shared/app/wake-incident.ts'
import { ENGLISH } from '../../../shared/content/messages/english.ts'
import { OBLIGATIONS } from '../../../shared/content/obligations/catalogue.ts'
import { earliest, epochMs, type Instant, instantOf, latest } from '../../../shared/core/time/instant.ts'
import type { QueuedEffect } from '../../../shared/ports/queues.ts'
import { type COLD_SHARE, GB, REPORTS_PER_TEXT, WORK_PER_FINDING_MS } from './assumptions.ts'
import { sqsRequests, storedBytes } from './billing-units.ts'
import type { DeployedStack } from './deployed-stack.ts'
import { MeteredCalls } from './metered-calls.ts'
import { MeteredInvocations } from './metered-invocations.ts'
import { beyond, type Usage } from './usage.ts'

const MINUTE_MS = 60_000
const ORIGIN = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com'

/** All of Muster in memory, put together as it is deployed: each invocation of a function is counted. */
export class MeteredMuster {
  now: Instant
  readonly calls = new MeteredCalls()
  readonly #invocations: MeteredInvocations
  readonly #deps: SenderDependencies & { readonly memory: IntakeMemory }
  readonly #fetch: (request: Request) => Promise<Response> | Response
  readonly #incidents = new Set<string>()
  #idleTick: Usage = {}
  #ids = 0

  private constructor(now: Instant, invocations: (calls: MeteredCalls) => MeteredInvocations) {
    const { table, queues, provider, signer } = this.calls
    this.now = now
    this.#invocations = invocations(this.calls)
    this.#deps = {
      table,
      queues,
      provider,
      signer,
      time: { now: () => this.now },
      real: { nowMs: () => epochMs(this.now), sleep: async () => undefined },
      random: { unit: () => 0.5, id: () => this.#nextId() },
      directory: directoryReader(table),
      alarms: { raise: () => undefined },
      obligations: OBLIGATIONS,
      texts: ENGLISH,
      publicUrl: ORIGIN,
      sendsAtOnce: 10,
      leaseMs: 45_000,
      memory: newIntakeMemory(),
    }
    const keys = { forms: signer, verifier: signer, cipher: noteCipher(Buffer.alloc(32, 1)) }
    this.#fetch = createApi({ ...this.#deps, ...keys, intake: (events) => this.#receive(events) }).fetch
  }

  /** A stack that has run before, with a directory. */
  static async start(options: {
    readonly now: Instant
    readonly directory: object
    readonly stack: DeployedStack
    readonly cold: keyof typeof COLD_SHARE
  }): Promise<MeteredMuster> {
    const { now, directory, stack, cold } = options
    const muster = new MeteredMuster(now, (calls) => new MeteredInvocations(calls, stack, cold))
    const read = readDirectory(JSON.stringify(directory))
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    await importDirectory(muster.#deps, read.directory, now)
    await muster.#deps.directory.current()
    muster.#idleTick = await muster.tick()
    return muster
  }

  /** What was used since this was last asked. */
  taken(): Usage {
    return this.#invocations.taken()
  }

  /** What one tick uses now, beside what is taken account of. */
  tick(): Promise<Usage> {
    return this.#invocations.measure('tick', () => tick(this.#deps))
  }

  /** A batch of events out of EventBridge's queue; gives the incidents that they are of. */
  async ingest(events: readonly object[]): Promise<string[]> {
    const sent = events.reduce((sum, event) => sum + sqsRequests(Buffer.byteLength(JSON.stringify(event))), 0)
    this.#invocations.use({ sqsRequests: sent, busEvents: events.length })
    let incidents: (string | null)[] = []
    const work = async () => {
      incidents = (await this.#receive(events)).map(({ incidentId }) => incidentId)
    }
    await this.#invocations.fromQueue('ingestFindings', work, events.length * WORK_PER_FINDING_MS)
    const known = [...new Set(incidents.filter((id) => id !== null))]
    for (const id of known) this.#incidents.add(id)
    return known
  }

  /** Dispatches and sends until nothing is left to do at this moment: each commit and each message by itself. */
  async settle(): Promise<void> {
    for (let left = 1; left > 0; ) {
      const commits = await this.dispatch()
      const effects = this.calls.effects.splice(0)
      for (const effect of effects) await this.#send(effect)
      left = commits + effects.length
    }
  }

  /** What follows from commits, without sending; gives how many there were. */
  async dispatch(): Promise<number> {
    const commits = await this.#undispatched()
    for (const { incidentId, sequence } of commits) {
      await this.#invocations.invoke('dispatchCommits', () => dispatchCommits(this.#deps, incidentId, [sequence]))
    }
    return commits.length
  }

  /** Moves time. Wakes run as they come out of their queue; of each minute's tick only what an idle one does not do counts. */
  async advanceTo(until: Instant): Promise<void> {
    for (;;) {
      const wake = this.#nextWake()
      const minute = instantOf((Math.floor(epochMs(this.now) / MINUTE_MS) + 1) * MINUTE_MS)
      const next = earliest(wake?.wakeAt, minute)
      if (next === null || next > until) break
      this.now = latest(next, this.now) ?? next
      if (wake !== undefined && wake.wakeAt === next) {
        this.calls.wakes.splice(this.calls.wakes.indexOf(wake), 1)
        await this.#invocations.fromQueue('wakeIncidents', () => wakeIncident(this.#deps, wake))
      } else this.#invocations.use(beyond(await this.tick(), this.#idleTick))
      await this.settle()
    }
    this.now = until
  }

  /** One request to the API. */
  async call(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    const request = new Request(`${ORIGIN}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
    let response = new Response()
    this.#invocations.use({ apiRequests: 1 })
    await this.#invocations.invoke('serveApi', async () => {
      response = await this.#fetch(request)
    })
    return response
  }

  /** What the tables hold now. */
  async storedGb(): Promise<number> {
    let bytes = 0
    for (const name of ['incidents', 'findings'] as const) {
      for await (const item of this.calls.memory.scan(name)) bytes += storedBytes(item)
    }
    return bytes / GB
  }

  /** One message, and what its provider then tells of it. */
  async #send(effect: QueuedEffect): Promise<void> {
    const isText = effect.channel === 'sms'
    const before = this.calls.sent.length
    await this.#invocations.fromQueue(isText ? 'sendSms' : 'sendEmail', () => sendMessages(this.#deps, [effect]))
    if (this.calls.sent.length === before) return
    const { effectId } = effect
    for (let report = 0; report < (isText ? REPORTS_PER_TEXT : 1); report += 1) {
      const told = { kind: 'receipt', id: this.#nextId(), effectId, type: 'Delivery', meaning: 'noted' } as const
      this.#invocations.use({ sqsRequests: 1, ...(isText ? { topicMessages: 1 } : { busEvents: 1 }) })
      await this.#invocations.fromQueue('receiveReplies', () => receiveReply(this.#deps, { ...told, at: this.now }))
    }
  }

  #receive(events: readonly unknown[]) {
    return receiveEvents(this.#deps, events, { now: this.now, patience: PERSON, tellsSeverity: false })
  }

  async #undispatched(): Promise<{ incidentId: string; sequence: number }[]> {
    const loaded = await Promise.all([...this.#incidents].map((id) => loadIncident(this.calls.memory, id)))
    return loaded.flatMap(({ incidentId, commits }) => commits.map(({ sequence }) => ({ incidentId, sequence })))
  }

  #nextWake() {
    return this.calls.wakes.toSorted((a, b) => (a.wakeAt < b.wakeAt ? -1 : 1))[0]
  }

  /** As long as a real one. */
  #nextId(): string {
    this.#ids += 1
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`
  }
}

import { shardsOf } from '../../../shared/app/rows/keys.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import type { Directory } from '../../../shared/core/directory/directory.ts'
import type { Command } from '../../../shared/core/incident/commands.ts'
import { earliest, type Instant, instantOf, plusSeconds } from '../../../shared/core/time/instant.ts'
import type { Accepted } from './evidence.ts'
import { type Sketch, sampleFinding } from './sample-findings.ts'
import { SAMPLE_OBLIGATIONS } from './sample-obligations.ts'
import { Town } from './town.ts'
import { World } from './world.ts'

interface Act {
  readonly at: Instant
  readonly run: () => void
}

/** A world without faults in which Muster's time only moves by advances, and stands still at each due instant. */
export class Stride {
  readonly town: Town
  readonly #world = new World(1, {}, { latencyMs: [0, 0] })
  readonly #acts: Act[] = []

  /** @param react what people do about what they get. */
  constructor(startsAt: Instant, react: (stride: Stride, accepted: Accepted) => void) {
    this.#world.frozenAt = startsAt
    this.town = new Town(this.#world, SAMPLE_OBLIGATIONS)
    this.town.provider.onAccepted = (accepted) => react(this, accepted)
  }

  begin(directory: Directory): Promise<void> {
    return this.town.begin(directory)
  }

  async post(sketch: Omit<Sketch, 'updatedAt'>): Promise<void> {
    const finding = sampleFinding({ ...sketch, updatedAt: this.#world.now() })
    this.town.intake.addSafely({ finding, atMs: 0, viaQueue: true, answeredMs: null, result: null })
    await this.#settle()
  }

  /** Somebody does something, so many seconds from now in Muster's time. */
  later(seconds: number, incidentId: string, command: Command & { readonly responderId: string }): void {
    const at = plusSeconds(this.#world.now(), seconds)
    const request = { incidentId, command: () => command, actor: command.responderId, causes: [], patience: PERSON }
    const run = () => void runCommand(this.town.processes.spawn('door').deps, { ...request, now: this.#world.now() })
    this.#acts.push({ at, run })
    this.#acts.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
  }

  async advance(ms: number): Promise<void> {
    const target = instantOf(this.#world.musterMs() + ms)
    await this.#settle()
    for (let next = await this.#nextDue(); next !== null && next <= target; next = await this.#nextDue()) {
      this.#world.frozenAt = next
      this.town.tickNow()
      while (this.#acts[0] !== undefined && this.#acts[0].at <= next) this.#acts.shift()?.run()
      this.town.pokeAll()
      await this.#settle()
    }
    this.#world.frozenAt = target
    this.town.pokeAll()
    await this.#settle()
  }

  /** Everything that left, in order, as its reader sees it; how results are batched may differ, and so may ids. */
  messages(): string[] {
    const lines = this.town.evidence.accepted.map(({ message, roles }) => {
      const { at, kind, channel, to, subject, text } = message
      return JSON.stringify([at, kind, channel, to, roles, subject, text])
    })
    return lines.sort()
  }

  #settle(): Promise<void> {
    return this.#world.runUntil(Number.POSITIVE_INFINITY)
  }

  async #nextDue(): Promise<Instant | null> {
    const { table } = this.town
    const shards = await Promise.all(
      shardsOf('due').map((pk) => table.base.queryIndex('incidents', 'due', { pk, limit: 1 })),
    )
    return earliest(this.#acts[0]?.at, ...shards.map(({ rows }) => rows[0]?.at))
  }
}

export const HOUR_MS = 3_600_000

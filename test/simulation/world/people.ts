import { readLink } from '../../../shared/app/acknowledge-link.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import { INCIDENT_COMMANDER } from '../../../shared/core/directory/directory.ts'
import type { Command, SeatCommand } from '../../../shared/core/incident/commands.ts'
import type { Accepted, PersonInput } from './evidence.ts'
import { LINKS } from './processes.ts'
import type { Town } from './town.ts'

/** How the people of one seed are: each a probability. */
export interface Temper {
  readonly answers: number
  readonly declines: number
  readonly answersCheckIns: number
  readonly decidesClocks: number
  readonly handsOver: number
  readonly closes: number
}

/** Whoever gets a message does something about it, or not. */
export class People {
  readonly #town: Town
  readonly #temper: Temper
  #keys = 0

  constructor(town: Town, temper: Temper) {
    this.#town = town
    this.#temper = temper
    town.provider.onAccepted = (accepted) => this.#react(accepted)
  }

  #react(accepted: Accepted): void {
    const { world } = this.#town
    const { random } = world
    const roll = random.unit()
    const delayMs = random.integer(1_000, 150_000)
    const { kind } = accepted.message
    if (kind === 'check-in' && roll < this.#temper.answersCheckIns)
      world.after(delayMs, () => this.#acknowledge(accepted))
    if (kind === 'clock' && roll < this.#temper.decidesClocks) world.after(delayMs, () => this.#decideClock(accepted))
    if (kind !== 'page') return
    if (roll < this.#temper.answers) world.after(delayMs, () => this.#acknowledge(accepted))
    else if (roll < this.#temper.answers + this.#temper.declines) world.after(delayMs, () => this.#passOn(accepted))
  }

  /** By one of the links, or by name through the API. */
  #acknowledge({ message }: Accepted): void {
    const { world } = this.#town
    const { responderId, incidentId } = message
    const seat = world.random.pick(message.seats)
    const byLink = world.random.chance(0.5)
    const via = byLink ? 'link' : 'api'
    const command: SeatCommand = { type: 'AcknowledgeSeat', role: seat.role, responderId, via }
    if (byLink) void this.#byLink(seat.acknowledgeUrl, command)
    else this.act(incidentId, command)
    if (world.random.chance(this.#temper.handsOver))
      this.#later(() => this.#handOver(incidentId, seat.role, responderId))
    if (world.random.chance(this.#temper.closes))
      this.#later(() => this.act(incidentId, { type: 'CloseIncident', responderId, note: 'done' }))
    if (world.random.chance(0.06)) this.#later(() => this.#reweigh(incidentId, responderId))
  }

  async #byLink(url: string, command: SeatCommand): Promise<void> {
    const grant = await readLink(LINKS.verifier, url.slice(url.lastIndexOf('/') + 1))
    if (grant === null) throw new Error(`a link that nobody can read: ${url}`)
    if (grant.responderId !== command.responderId || grant.role !== command.role)
      throw new Error(`somebody else's link: ${url}`)
    if (grant.expiresAt > this.#town.world.now()) this.act(grant.incidentId, command)
  }

  #later(act: () => void): void {
    this.#town.world.after(this.#town.world.random.integer(20_000, 600_000), act)
  }

  #passOn({ message, roles }: Accepted): void {
    const { random } = this.#town.world
    const { responderId, incidentId } = message
    const type = random.chance(0.8) ? 'DeclineSeat' : 'EscalateSeat'
    this.act(incidentId, { type, role: random.pick(roles), responderId, note: null })
  }

  #handOver(incidentId: string, role: string, responderId: string): void {
    const to = this.#town.world.random.pick(['ana', 'ben', 'dee', 'eli', 'lena', 'luc', 'gus'])
    this.act(incidentId, { type: 'HandOverSeat', role, responderId, to, note: null })
  }

  #reweigh(incidentId: string, responderId: string): void {
    const severity = this.#town.world.random.pick(['SEV1', 'SEV2', 'SEV3'] as const)
    this.act(incidentId, { type: 'ChangeSeverity', severity, responderId, note: 'sample reason' })
  }

  #decideClock({ message }: Accepted): void {
    const { random } = this.#town.world
    const { responderId, incidentId } = message
    const clocks = this.#town.evidence.commits.get(incidentId)?.flatMap(({ commit }) => commit.events) ?? []
    for (const event of clocks) {
      if (event.type !== 'ClockStarted') continue
      const { clockId, stages } = event.data
      const note = { noteId: 'n1', noteHash: 'h1' }
      const anchor = random.chance(0.5) ? ({ name: 'awareness', at: this.#town.world.now() } as const) : null
      const [stage] = stages
      if (random.chance(0.3)) this.act(incidentId, { type: 'DeclareNotNotifiable', clockId, responderId, note })
      else if (random.chance(0.6))
        this.act(incidentId, { type: 'ConfirmClock', clockId, responderId, anchor, note: null })
      else if (stage) {
        const submitted = { submittedAt: this.#town.world.now(), phase: 'initial', receipt: 'r-1', note: null } as const
        this.act(incidentId, { type: 'SubmitStage', clockId, stageId: stage.stageId, responderId, ...submitted })
      }
    }
  }

  /** One press of a button: the same key goes again when no answer came. */
  act(incidentId: string, command: Command & { readonly responderId: string }): void {
    this.#keys += 1
    const input: PersonInput = { incidentId, key: `request/key-${this.#keys}`, command, status: 'unknown' }
    this.#town.evidence.people.push(input)
    this.#press(input, command.responderId, 3)
  }

  #press(input: PersonInput, actor: string, tries: number): void {
    const { world, processes } = this.#town
    const { instance, deps } = processes.spawn('door')
    const { incidentId, key, command } = input
    const again = () => {
      if (tries > 1 && world.random.chance(0.8))
        world.after(world.random.integer(1_000, 20_000), () => this.#press(input, actor, tries - 1))
    }
    instance.onLost = again
    const request = {
      incidentId,
      command: () => command,
      now: world.now(),
      actor,
      causes: [key],
      remembered: key,
      answer: 'ok',
      patience: PERSON,
    }
    runCommand(deps, request).then((outcome) => {
      input.status = outcome.status
      world.trace?.add(
        world,
        incidentId,
        `${actor} ${command.type}: ${outcome.status === 'refused' ? outcome.refusal.reason : outcome.status}`,
      )
    }, again)
  }

  /** Somebody who was not called steps in. */
  takeByName(incidentId: string): void {
    const { random } = this.#town.world
    const responderId = random.pick(['ana', 'ben', 'eli', 'gus', 'lena'])
    this.act(incidentId, {
      type: 'AcknowledgeSeat',
      role: random.pick([INCIDENT_COMMANDER, 'cloud-security-engineer']),
      responderId,
      via: 'api',
    })
  }
}

import { fold } from '../../../shared/app/load-incident.ts'
import { askToMerge, type MergeRequest } from '../../../shared/app/merge-incidents.ts'
import { INCIDENT_COMMANDER } from '../../../shared/core/directory/directory.ts'
import { type IncidentState, seatOf } from '../../../shared/core/incident/state.ts'
import type { FindingInput } from './evidence.ts'
import { ACCOUNTS } from './sample-directory.ts'
import { sampleFinding } from './sample-findings.ts'
import type { Seeded } from './seeded.ts'
import type { Town } from './town.ts'

/**
 * People who see one attack in two incidents and merge them, while everything else goes on. Their dice are their own:
 * where nobody merges, a seed plays as if there were no such people.
 */
export class Mergers {
  readonly #town: Town
  readonly #random: Seeded
  #keys = 0

  constructor(town: Town, random: Seeded) {
    this.#town = town
    this.#random = random
  }

  /** In a third of the seeds: the attack shows in groups of its own, which come one after the other. */
  plan(withinMs: number): void {
    if (!this.#random.chance(0.33)) return
    const { world } = this.#town
    for (let group = 11; group <= this.#random.integer(12, 13); group += 1) {
      world.at(this.#random.integer(0, withinMs / 2), () => this.#find(group, 1))
      world.at(this.#random.integer(0, withinMs), () => this.#find(group, this.#random.integer(1, 2)))
    }
    for (let time = this.#random.integer(1, 4); time > 0; time -= 1) {
      world.at(this.#random.integer(60_000, withinMs), () => this.#mergeSome())
    }
  }

  #find(group: number, number: number): void {
    const { world, evidence, intake } = this.#town
    const severity = this.#random.pick(['CRITICAL', 'HIGH', 'MEDIUM'] as const)
    const principal = `arn:aws:iam::${ACCOUNTS[0]}:user/sample-${group}`
    const id = `finding-${group}-${number}`
    const accountId = this.#random.pick(ACCOUNTS)
    const sketch = { id, accountId, principal, family: `Sample-${group}`, severity, updatedAt: world.now() }
    const finding = sampleFinding(sketch)
    const input: FindingInput = { finding, atMs: world.realMs, viaQueue: true, answeredMs: null, result: null }
    evidence.findings.push(input)
    intake.addSafely(input)
  }

  #mergeSome(): void {
    const open = [...this.#town.evidence.commits.values()].flatMap((seen) => {
      const state = fold(
        null,
        seen.map(({ commit }) => commit),
      )
      return state?.status === 'open' ? [state] : []
    })
    if (open.length < 2) return
    const first = this.#random.pick(open)
    const second = this.#random.pick(open.filter(({ id }) => id !== first.id))
    const [into, from] = first.id < second.id ? [first, second] : [second, first]
    const responderId = leaderOf(from) ?? leaderOf(into) ?? 'ana'
    const request = { incidentId: from.id, into: into.id, responderId, reason: 'one attack' }
    this.#keys += 1
    this.#merge(request, `merge-${this.#keys}`, 3)
  }

  /** The same request again while no answer came, but not for ever: what was begun is finished without them. */
  #merge(request: MergeRequest, idempotencyKey: string, tries: number): void {
    const { world, processes, evidence } = this.#town
    const { instance, deps } = processes.spawn('door')
    const again = () => {
      if (tries > 1 && this.#random.chance(0.6))
        world.after(this.#random.integer(1_000, 20_000), () => this.#merge(request, idempotencyKey, tries - 1))
    }
    instance.onLost = again
    askToMerge(deps, request, { now: world.now(), idempotencyKey }).then((answered) => {
      if (answered.ok) evidence.merges.push(request)
      const said = answered.ok ? 'merged' : answered.reason
      world.trace?.add(world, request.incidentId, `${request.responderId} merges into ${request.into}: ${said}`)
    }, again)
  }
}

function leaderOf(state: IncidentState): string | null {
  return seatOf(state, INCIDENT_COMMANDER)?.holder ?? state.seats.find(({ holder }) => holder !== null)?.holder ?? null
}

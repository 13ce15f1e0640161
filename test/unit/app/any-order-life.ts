import fc from 'fast-check'
import { directoryReader } from '../../../shared/app/directory-versions.ts'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { loadWhole } from '../../../shared/app/findings-on-record.ts'
import { newIntakeMemory } from '../../../shared/app/intake-memory.ts'
import { readDirectory } from '../../../shared/app/read-directory.ts'
import { receiveEvents } from '../../../shared/app/receive-events.ts'
import { type KnownFinding, readFinding } from '../../../shared/app/rows/finding-row.ts'
import { STORM } from '../../../shared/app/run-command.ts'
import { verifyRecord } from '../../../shared/app/verify-record.ts'
import type { IncidentState } from '../../../shared/core/incident/state.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { proofDirectory } from '../../proof/proof-organisation.ts'
import {
  ARRIVALS,
  type Delivery,
  deliveriesOf,
  groupOf,
  keysOf,
  type Life,
  MOMENTS,
  packed,
  type WorldFinding,
} from './any-order-world.ts'
import { InMemoryMuster } from './in-memory-muster.ts'
import { acknowledge } from './two-incidents.ts'

/** Of SEV2; SEV1 has all of the sample organisation's. */
export const SEV2_ROLES = ['incident-commander', 'cloud-security-engineer'] as const
/** What arrives within one round arrives at the same time, or right after another. */
export const ROUND = 10

/** How the deliveries of one life are cut, by which process each batch is worked off, and what happens in between. */
export const COURSE = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 6 }),
  processes: fc.array(fc.nat(1), { minLength: 1, maxLength: 4 }),
  isAtOnce: fc.boolean(),
  isPacked: fc.boolean(),
  dispatches: fc.array(fc.record({ moment: fc.nat(MOMENTS - 1), group: fc.nat(9), sends: fc.boolean() }), {
    maxLength: 12,
  }),
})
export type Course = typeof COURSE extends fc.Arbitrary<infer One> ? One : never

/** Somebody takes one seat of one group's incident, said several times; the second of each role stays free. */
export const TAKING = fc.record({
  group: fc.nat(9),
  role: fc.constantFrom(...SEV2_ROLES),
  person: fc.constantFrom(1, 3),
  arrivals: ARRIVALS,
})
export type Taking = typeof TAKING extends fc.Arbitrary<infer One> ? One : never

/** What is there when all has arrived and all has been done. */
export interface Ended {
  /** By the finding's name: every key that its deliveries had. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>
  /** By key. */
  readonly rows: ReadonlyMap<string, KnownFinding>
  readonly incidents: readonly EndedIncident[]
  readonly faults: readonly unknown[]
  /** Items that change when all arrives once more. */
  readonly changedByRepeats: readonly string[]
}
export interface EndedIncident {
  readonly state: IncidentState
  /** Keys of its findings. */
  readonly findings: readonly string[]
  readonly pagesByRole: Readonly<Record<string, number>>
}

/** Each group's takings by seat: nobody takes what another takes. */
export function takersOf(world: readonly WorldFinding[], takings: readonly Taking[]): Map<string, Taking> {
  return new Map(takings.map((one) => [`${groupAt(world, one.group)} ${one.role}`, one]))
}

function groupAt(world: readonly WorldFinding[], number: number): string {
  const groups = [...new Set(world.map(groupOf))]
  return groups[number % groups.length] ?? ''
}

/** One life of the world in a Muster of its own: two processes over one table. */
class Lived {
  readonly muster: InMemoryMuster
  readonly #world: readonly WorldFinding[]
  readonly #course: Course
  readonly #processes: readonly InMemoryMuster['deps'][]
  readonly #incidents = new Map<string, string>()
  #waiting: Taking[] = []
  #batches = 0

  constructor(muster: InMemoryMuster, world: readonly WorldFinding[], course: Course) {
    this.muster = muster
    this.#world = world
    this.#course = course
    const other = { ...muster.deps, memory: newIntakeMemory(), directory: directoryReader(muster.table) }
    this.#processes = [muster.deps, other]
  }

  /** One batch after the other, or all at once. */
  async round(deliveries: readonly Delivery[], dispatches: Course['dispatches'], takings: readonly Taking[]) {
    const { sizes, isAtOnce } = this.#course
    const acts: (() => Promise<unknown>)[] = []
    for (let at = 0; at < deliveries.length; ) {
      const batch = deliveries.slice(at, at + (sizes[this.#batches % sizes.length] ?? 1))
      const number = this.#batches++
      acts.push(() => this.#deliver(batch, number))
      at += batch.length
    }
    for (const one of dispatches) acts.push(() => this.#dispatch(one))
    const said = [...this.#waiting.splice(0), ...takings]
    for (const one of said) acts.push(() => this.#take(one))
    if (isAtOnce) await Promise.all(acts.map((act) => act()))
    else for (const act of acts) await act()
    this.muster.now = plusSeconds(this.muster.now, 1)
  }

  async #deliver(batch: readonly Delivery[], number: number): Promise<void> {
    const { processes, isPacked } = this.#course
    const process = processes[number % processes.length] ?? 0
    const door = { now: this.muster.now, patience: STORM, tellsSeverity: process === 0 }
    const deps = this.#processes[process] ?? this.muster.deps
    const results = await receiveEvents(deps, isPacked ? packed(batch) : batch.map(({ event }) => event), door)
    const problems = results.filter(({ outcome }) => outcome === 'rejected')
    if (problems.length > 0 || results.length !== batch.length) throw new Error(JSON.stringify(problems))
    for (const [index, { finding }] of batch.entries()) {
      const incidentId = results[index]?.incidentId ?? null
      if (incidentId !== null) this.#incidents.set(groupOf(finding), incidentId)
    }
  }

  async #dispatch({ group, sends }: Course['dispatches'][number]): Promise<void> {
    const incidentId = this.#incidents.get(groupAt(this.#world, group))
    if (incidentId === undefined) return
    await (sends ? this.muster.follow(incidentId) : dispatchCommits(this.muster.deps, incidentId))
  }

  /** Waits for the next round while there is no such incident: nobody can take its seats. */
  async #take(taking: Taking): Promise<void> {
    const { group, role, person } = taking
    const incidentId = this.#incidents.get(groupAt(this.#world, group))
    if (incidentId === undefined) this.#waiting.push(taking)
    else await acknowledge(this.muster, incidentId, `${role}-${person}`, role).catch(toleratingRepeats)
  }

  async end(life: Life): Promise<Ended> {
    await this.#followAll()
    const deliveries = deliveriesOf(this.#world, life)
    const { faults } = await verifyRecord(this.muster.deps)
    const ended = { keys: keysOf(deliveries), rows: await this.#rows(), incidents: await this.#ends(), faults }
    const before = await this.#items()
    await this.#deliver(deliveries, 0)
    await this.#followAll()
    const after = await this.#items()
    const changed = [...after].filter(([key, item]) => before.get(key) !== item).map(([key]) => key)
    return { ...ended, changedByRepeats: changed }
  }

  /** Twice: what a seat elsewhere has to say may follow from the first time. */
  async #followAll(): Promise<void> {
    for (let round = 0; round < 2; round += 1) for (const id of this.#incidents.values()) await this.muster.follow(id)
  }

  async #rows(): Promise<Map<string, KnownFinding>> {
    const rows = new Map<string, KnownFinding>()
    for await (const item of this.muster.table.scan('findings')) {
      const known = readFinding(item)
      if (known !== null) rows.set(known.finding.key, known)
    }
    return rows
  }

  async #ends(): Promise<EndedIncident[]> {
    const ids = new Set<string>()
    for await (const { pk } of this.muster.table.scan('incidents')) if (pk.startsWith('INC#')) ids.add(pk.slice(4))
    return Promise.all([...ids].sort().map((id) => this.#endOf(id)))
  }

  async #endOf(id: string): Promise<EndedIncident> {
    const whole = await loadWhole(this.muster.table, id)
    if (whole === null) throw new Error(`no incident ${id}`)
    const pagesByRole: Record<string, number> = {}
    for (const { kind, seats, incidentId } of this.muster.sent) {
      if (kind !== 'page' || incidentId !== id) continue
      for (const { role } of seats) pagesByRole[role] = (pagesByRole[role] ?? 0) + 1
    }
    return { state: whole.state, findings: [...whole.findings.keys()].sort(), pagesByRole }
  }

  /** What is said of findings, and the commits of incidents. */
  async #items(): Promise<Map<string, string>> {
    const items = new Map<string, string>()
    for await (const { pk, body } of this.muster.table.scan('findings')) items.set(pk, String(body))
    for await (const { pk, sk } of this.muster.table.scan('incidents')) if (sk.startsWith('C#')) items.set(pk + sk, '')
    return items
  }
}

/** Whoever holds the seat already changes nothing by saying so again. */
function toleratingRepeats(fault: Error): void {
  if (!fault.message.includes('"unchanged"')) throw fault
}

/** Every suppression must end: this one does long after. */
async function startMuster(): Promise<InMemoryMuster> {
  const given = proofDirectory() as { policies: { severity: string; seats: { role: string }[] }[] }
  const policies = given.policies.map(({ severity, seats, ...policy }) => {
    const called = seats.filter(({ role }) => severity === 'SEV1' || SEV2_ROLES.some((one) => one === role))
    return { ...policy, severity, seats: called }
  })
  const held = { id: 'noise', kind: 'suppression', filter: { title: 'Known noise*' }, until: '2027-04-01T00:00:00Z' }
  const suppressions = [{ ...held, from: '2027-03-01T00:00:00Z', owner: 'legal-counsel-1', reason: 'a sample' }]
  const read = readDirectory(JSON.stringify({ ...given, policies, findings: { suppressions } }))
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  const muster = new InMemoryMuster()
  await muster.use(read.directory)
  return muster
}

/** Lets everything arrive as the life has it. */
export async function live(
  world: readonly WorldFinding[],
  takings: readonly Taking[],
  course: Course,
  life: Life,
): Promise<Ended> {
  const lived = new Lived(await startMuster(), world, course)
  const takers = [...takersOf(world, takings).values()]
  const deliveries = deliveriesOf(world, life)
  for (let from = 0; from < MOMENTS; from += ROUND) {
    const isNow = (moment: number) => moment >= from && moment < from + ROUND
    const said = takers.flatMap((one) => one.arrivals[life].filter(isNow).map(() => one))
    await lived.round(
      deliveries.filter(({ moment }) => isNow(moment)),
      course.dispatches.filter(({ moment }) => isNow(moment)),
      said,
    )
  }
  await lived.round([], [], [])
  return lived.end(life)
}

import { importDirectory } from '../../../shared/app/directory-versions.ts'
import type { Channel, Directory, Responder } from '../../../shared/core/directory/directory.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import type { FindingInput } from './evidence.ts'
import type { People } from './people.ts'
import { ACCOUNTS, DEE_PRINCIPAL } from './sample-directory.ts'
import { type Sketch, sampleFinding } from './sample-findings.ts'
import type { Town } from './town.ts'

/** What comes in from outside while a seed plays: findings, by queue and by hand, changes of the directory, advances. */
export class Scenario {
  readonly #town: Town
  readonly #people: People
  readonly #withinMs: number
  #directory: Directory

  constructor(town: Town, people: People, directory: Directory, withinMs: number) {
    this.#town = town
    this.#people = people
    this.#directory = directory
    this.#withinMs = withinMs
  }

  plan(): void {
    const { random } = this.#town.world
    const groups = random.pick([1, 1, 1, 1, 2, 3])
    for (let group = 1; group <= groups; group += 1) this.#planGroup(group)
    for (let change = 0; change < 4; change += 1) this.#planFor('directory-change', () => this.#changeDirectory(6))
    for (let advance = 0; advance < 2; advance += 1) this.#planFor('advance', () => this.#advance())
    if (random.chance(0.3)) this.#at(() => this.#stepIn())
  }

  #planGroup(group: number): void {
    const { random } = this.#town.world
    const base = {
      accountId: random.pick(ACCOUNTS),
      principal: random.chance(0.2) ? DEE_PRINCIPAL : `arn:aws:iam::${ACCOUNTS[0]}:user/sample-${group}`,
      family: `Sample-${group}`,
    }
    const storm = random.chance(0.05)
    const count = storm ? random.integer(20, 130) : random.integer(1, 4)
    const startsMs = random.integer(0, this.#withinMs / 3)
    for (let one = 1; one <= count; one += 1) {
      const id = `finding-${group}-${one}`
      const severity = random.pick(['CRITICAL', 'CRITICAL', 'HIGH', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const)
      const atMs = storm ? startsMs + random.integer(0, 3_000) : startsMs + random.integer(0, this.#withinMs * 0.66)
      this.#planFinding({ ...base, id, severity }, atMs, storm)
    }
  }

  /** The same finding again, newer versions of it, and the copy that another service makes of it. */
  #planFinding(sketch: Omit<Sketch, 'updatedAt'>, firstMs: number, storm: boolean): void {
    const { world } = this.#town
    const { random } = world
    const updatedAt = plusSeconds(world.now(), Math.floor(firstMs / 1000) - 60)
    const first: Sketch = { ...sketch, updatedAt, lastedSeconds: random.pick([60, 60, 2_400]) }
    this.#planInput(first, firstMs)
    if (random.chance(0.4)) this.#planInput(first, firstMs + random.integer(0, 20_000))
    if (storm) return
    const laterMs = firstMs + random.integer(20_000, 900_000)
    const later: Sketch = { ...first, updatedAt: plusSeconds(updatedAt, Math.floor((laterMs - firstMs) / 1000)) }
    if (random.chance(0.3)) this.#planInput({ ...first, wrapping: 'asff' }, firstMs + random.integer(10_000, 400_000))
    if (random.chance(0.3)) this.#planInput({ ...later, severity: 'CRITICAL' }, laterMs)
    if (random.chance(0.1)) this.#planInput({ ...later, state: 'resolved' }, laterMs)
  }

  #planInput(sketch: Sketch, atMs: number): void {
    const { world, evidence, intake } = this.#town
    const atOnce = world.random.chance(0.25)
    world.at(Math.min(atMs, this.#withinMs), () => {
      const input: FindingInput = {
        finding: sampleFinding(sketch),
        atMs: world.realMs,
        viaQueue: !atOnce,
        answeredMs: null,
        result: null,
      }
      evidence.findings.push(input)
      if (atOnce) void this.#town.ingestDirectly([input])
      else intake.addSafely(input)
      // Somebody is curious what happens next, while the first messages are on their way.
      if (world.faults.looms('advance')) world.after(world.random.integer(100, 3_000), () => this.#advance())
    })
  }

  #at(run: () => void): void {
    this.#town.world.at(this.#town.world.random.integer(60_000, this.#withinMs), run)
  }

  #planFor(fault: 'directory-change' | 'advance', run: () => void): void {
    const { faults } = this.#town.world
    if (!faults.looms(fault)) return
    this.#at(() => {
      if (fault === 'directory-change') faults.count(fault)
      run()
    })
  }

  #stepIn(): void {
    const [incidentId] = [...this.#town.evidence.commits.keys()]
    if (incidentId !== undefined) this.#people.takeByName(incidentId)
  }

  #advance(): void {
    const { world } = this.#town
    if (!world.faults.on) return
    world.faults.count('advance')
    world.offsetMs += world.random.integer(30_000, world.random.pick([600_000, 2_700_000]))
    world.trace?.add(world, null, 'Muster’s time moves forward')
    this.#town.pokeAll()
    this.#town.tickNow()
  }

  #changeDirectory(tries: number): void {
    const { world, processes } = this.#town
    const { instance, deps } = processes.spawn('importer')
    const next = tries === 6 ? this.#changed() : this.#directory
    this.#directory = next
    const again = () => {
      if (tries > 1) world.after(10_000, () => this.#changeDirectory(tries - 1))
    }
    instance.onLost = again
    importDirectory(deps, next, world.now()).catch(again)
  }

  /** One person is away from now on, leaves, or loses their first channel; the last counsel stays. */
  #changed(): Directory {
    const { random } = this.#town.world
    const id = random.pick(['ana', 'ana', 'ben', 'dee', 'eli', 'lena', 'gus'])
    const change = random.pick([this.#away, this.#gone, this.#withoutChannel])
    const responders = this.#directory.responders.map((one) => (one.id === id ? change.call(this, one) : one))
    return { ...this.#directory, responders }
  }

  #away(one: Responder): Responder {
    const { world } = this.#town
    const deputy = world.random.pick([null, 'ben', 'eli', 'luc'])
    const absence = { from: world.now(), until: plusSeconds(world.now(), world.random.integer(300, 7200)), deputy }
    return { ...one, absences: [...one.absences, absence] }
  }

  #gone(one: Responder): Responder {
    return { ...one, leavesAt: plusSeconds(this.#town.world.now(), this.#town.world.random.integer(0, 600)) }
  }

  #withoutChannel(one: Responder): Responder {
    const channels: readonly Channel[] = one.channels.length > 1 ? one.channels.slice(1) : one.channels
    return { ...one, channels }
  }
}

import type { Evidence } from './evidence.ts'
import type { Faults } from './faults.ts'
import { Mergers } from './mergers.ts'
import { People, type Temper } from './people.ts'
import { type Profile, profileOf } from './profiles.ts'
import { sampleDirectory } from './sample-directory.ts'
import { SAMPLE_OBLIGATIONS } from './sample-obligations.ts'
import { Scenario } from './scenario.ts'
import type { Seams } from './seams.ts'
import { Seeded } from './seeded.ts'
import { Town } from './town.ts'
import { Trace } from './trace.ts'
import { World } from './world.ts'

const QUIET_MINUTES = 15
const MINUTE_MS = 60_000

export interface Played {
  readonly seed: number
  readonly profile: Profile
  readonly town: Town
  readonly evidence: Evidence
  readonly faults: Faults
  readonly trace: Trace | null
}

export interface Options {
  readonly profile?: Profile
  readonly seams?: Seams
  readonly traced?: boolean
}

/** Plays one seed to its end: a time with faults, then a quarter of an hour without. */
export async function simulate(seed: number, options: Options = {}): Promise<Played> {
  const random = new Seeded(seed + 1_000_003)
  const profile = options.profile ?? profileOf(seed, random)
  const trace = options.traced ? new Trace() : null
  const world = new World(seed, profile.likelihood, { trace, mayDie: profile.mayDie })
  const town = new Town(world, SAMPLE_OBLIGATIONS, options.seams)
  const faultsMs = profile.minutes * MINUTE_MS
  const directory = sampleDirectory(random)
  await town.begin(directory)
  town.provider.planOutages(['sms', 'email'], faultsMs)
  if (profile.down !== undefined) town.provider.takeDown(profile.down, faultsMs)
  new Scenario(town, new People(town, temperOf(random)), directory, faultsMs).plan()
  new Mergers(town, new Seeded(seed + 7_000_003)).plan(faultsMs)
  if (profile.oneCrash) world.onBefall.push(() => endFaults(town))
  town.startTicking()
  await world.runUntil(faultsMs)
  endFaults(town)
  town.evidence.faultsEndMs = faultsMs
  await world.runUntil(faultsMs + QUIET_MINUTES * MINUTE_MS)
  town.ticking = false
  town.evidence.endMs = world.realMs
  return { seed, profile, town, evidence: town.evidence, faults: world.faults, trace }
}

function endFaults({ world }: Town): void {
  if (world.faults.on) world.trace?.add(world, null, 'no more faults')
  world.faults.on = false
}

function temperOf(random: Seeded): Temper {
  return {
    answers: random.pick([0, 0.1, 0.3, 0.6, 0.9]),
    declines: random.pick([0, 0.1]),
    answersCheckIns: random.pick([0.2, 0.7, 1]),
    decidesClocks: random.pick([0, 0.1, 0.4]),
    handsOver: random.pick([0, 0.15]),
    closes: random.pick([0, 0.2, 0.6]),
  }
}

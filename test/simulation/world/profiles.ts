import { FAULTS, type Fault, type Likelihood } from './faults.ts'
import type { InstanceKind } from './instance.ts'
import type { Seeded } from './seeded.ts'

/** What kind of day it is. */
export interface Profile {
  readonly name: string
  readonly likelihood: Likelihood
  readonly minutes: number
  /** Over after the first process has died. */
  readonly oneCrash: boolean
  /** The only kind of process that dies. */
  readonly mayDie?: InstanceKind
  /** A kind of channel that is down all the time. */
  readonly down?: string
  /** How soon the first page of a seat is accepted all the same; null: once nothing goes wrong any more. */
  readonly firstPageSeconds: number | null
  /** Every wake of the next quarter of an hour is decided within seconds of being due. */
  readonly wakesPrompt: boolean
}

/** How likely each fault is, at its worst. */
const WORST: Readonly<Record<Fault, number>> = {
  throttled: 0.05,
  'answer-lost': 0.03,
  'late-write': 0.02,
  'left-over-keys': 0.3,
  'slow-call': 0.03,
  'index-lag': 0.5,
  'ghost-row': 0.03,
  'feed-silent': 0.6,
  'feed-late': 0.4,
  'feed-twice': 0.4,
  'feed-blocked': 0.05,
  'tick-missed': 0.7,
  'queue-refuses': 0.05,
  'queue-answer-lost': 0.05,
  'message-lost': 0.2,
  'message-twice': 0.3,
  'message-late': 0.2,
  'message-dead-lettered': 0.1,
  'wake-early': 0.2,
  crash: 0.15,
  pause: 0.1,
  'provider-refuses': 0,
  'provider-down': 0.7,
  'provider-hangs': 0.15,
  'accepted-then-timeout': 0.15,
  'comes-back': 0.3,
  'directory-change': 0.6,
  advance: 0.1,
}

const DAY = { likelihood: {}, minutes: 20, oneCrash: false, firstPageSeconds: null, wakesPrompt: false }
const CALM: Profile = { ...DAY, name: 'calm', firstPageSeconds: 8, wakesPrompt: true }
/** What takes its time if a process dies depends on which: see the judge. */
const ONE_CRASH: Profile = { ...DAY, name: 'one crash', likelihood: { crash: 0.12 }, oneCrash: true }
/** One thing does not work at all, and hardly anybody notices. */
const WITHOUT: readonly Profile[] = [
  { ...DAY, name: 'no text messages', down: 'sms', firstPageSeconds: 30, wakesPrompt: true },
  // Marks are looked for after 30 s, once a minute; a refused number takes that twice.
  { ...DAY, name: 'no feed', likelihood: { 'feed-silent': 1 }, firstPageSeconds: 190 },
  { ...DAY, name: 'no tick', likelihood: { 'tick-missed': 1 }, firstPageSeconds: 8, wakesPrompt: true },
]

/** Most seeds have some of the faults, mild or bad: with all of them at once they would hide one another. */
export function profileOf(seed: number, random: Seeded): Profile {
  if (seed % 12 === 0) return CALM
  if (seed % 12 < 3) return ONE_CRASH
  if (seed % 12 === 3) return WITHOUT[Math.floor(seed / 12) % WITHOUT.length] ?? CALM
  const likelihood: Likelihood = {}
  for (const fault of FAULTS) {
    if (random.chance(0.4)) likelihood[fault] = WORST[fault] * random.pick([0.15, 0.5, 1])
  }
  return { ...DAY, name: 'swarm', likelihood, minutes: random.pick([20, 20, 20, 25, 40]) }
}

/** A day on which only these things go wrong. */
export function focusOn(likelihood: Likelihood, more: Partial<Profile> = {}): Profile {
  return { ...DAY, name: 'focus', likelihood, ...more }
}

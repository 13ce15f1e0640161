import { FAULTS, type Fault, type Likelihood } from './faults.ts'
import type { InstanceKind } from './instance.ts'
import type { Seeded } from './seeded.ts'

/** What kind of day it is. */
export interface Profile {
  readonly name: 'calm' | 'one-crash' | 'swarm' | 'focus'
  readonly likelihood: Likelihood
  readonly minutes: number
  /** Over after the first process has died. */
  readonly oneCrash: boolean
  /** The only kind of process that dies. */
  readonly mayDie?: InstanceKind
}

/** How likely each fault is, at its worst. */
export const WORST: Readonly<Record<Fault, number>> = {
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
  'directory-change': 0.6,
  advance: 0.1,
}

/** Each seed has some of the faults, mild or bad: with all of them at once they would hide one another. */
export function profileOf(seed: number, random: Seeded): Profile {
  if (seed % 12 === 0) return { name: 'calm', likelihood: {}, minutes: 20, oneCrash: false }
  if (seed % 12 < 3) return { name: 'one-crash', likelihood: { crash: 0.12 }, minutes: 20, oneCrash: true }
  const likelihood: Likelihood = {}
  for (const fault of FAULTS) {
    if (random.chance(0.4)) likelihood[fault] = WORST[fault] * random.pick([0.15, 0.5, 1])
  }
  return { name: 'swarm', likelihood, minutes: random.pick([20, 20, 20, 25, 40]), oneCrash: false }
}

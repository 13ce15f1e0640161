import { describe, expect, it } from 'vitest'
import { judge } from './judge/judge.ts'
import type { Invariant } from './judge/violation.ts'
import {
  causesNotSought,
  effectsNotInHead,
  headBeforeEffects,
  leaseInMusterTime,
  marksBeforeRows,
  mergeNotFinished,
  receiptBeforeDecision,
  rowBeforeCommit,
  senderKeepsDirectory,
  senderReadsHeadOnly,
  wakeWithCause,
} from './world/broken-rules.ts'
import type { Likelihood } from './world/faults.ts'
import type { InstanceKind } from './world/instance.ts'
import { focusOn, type Profile } from './world/profiles.ts'
import type { Seams } from './world/seams.ts'
import { simulate } from './world/simulate.ts'

interface Broken {
  readonly rule: string
  readonly seams: () => Seams
  /** The faults under which it shows. */
  readonly likelihood: Likelihood
  readonly oneCrash?: boolean
  readonly minutes?: number
  readonly mayDie?: InstanceKind
  readonly found: readonly Invariant[]
}

/** The rules of DESIGN 3, each broken by hand where it would be broken by mistake. */
const RULES: readonly Broken[] = [
  {
    rule: 'a finding’s row moves after its commit',
    seams: rowBeforeCommit,
    likelihood: { crash: 0.3, throttled: 0.05 },
    found: ['accepted finding is recorded'],
  },
  {
    rule: 'a receipt’s row comes after what it decides',
    seams: receiptBeforeDecision,
    likelihood: { 'comes-back': 0.6, crash: 0.3 },
    mayDie: 'receiver',
    found: ['what came back is decided'],
  },
  {
    rule: 'a wake has no cause that is remembered',
    seams: wakeWithCause,
    likelihood: { crash: 0.3, throttled: 0.05 },
    found: ['no overdue wake', 'seat is taken, called or calling again'],
  },
  {
    rule: 'effects stay in the head until they are settled',
    seams: effectsNotInHead,
    likelihood: { 'message-lost': 0.2 },
    found: ['every stage warned', 'no unsettled effect'],
  },
  {
    rule: 'rows and effects go out before the head',
    seams: headBeforeEffects,
    likelihood: { crash: 0.3 },
    oneCrash: true,
    mayDie: 'dispatcher',
    found: ['the first page is prompt'],
  },
  {
    rule: 'the sender reads the commits after the head',
    seams: senderReadsHeadOnly,
    likelihood: { 'feed-late': 0.6, 'message-late': 0.4 },
    found: ['no page after the acknowledgement', 'no needless page'],
  },
  {
    rule: 'leases are in real time',
    seams: leaseInMusterTime,
    likelihood: { advance: 1, 'message-twice': 0.6, 'slow-call': 0.2 },
    found: ['one accepted message an effect'],
  },
  {
    rule: 'the sender reads the directory each time',
    seams: senderKeepsDirectory,
    likelihood: { 'directory-change': 1, 'message-late': 0.4 },
    minutes: 25,
    found: ['nobody absent is called'],
  },
  {
    rule: 'marks come off last',
    seams: marksBeforeRows,
    likelihood: { 'feed-silent': 1, crash: 0.5 },
    mayDie: 'ticker',
    found: ['the first page is prompt', 'heads equal folds', 'seat is taken, called or calling again'],
  },
  {
    rule: 'a cause is sought before it is decided',
    seams: causesNotSought,
    likelihood: { 'answer-lost': 0.4 },
    minutes: 25,
    found: ['a cause is committed once'],
  },
  {
    rule: 'a merge that was begun is finished',
    seams: mergeNotFinished,
    likelihood: { crash: 0.3 },
    found: ['nothing is lost by merging'],
  },
]
/** Each plays up to as many lives as it takes; a busy machine makes that long. */
const TIMEOUT_MS = 180_000
const MOST_SEEDS = Number(process.env.SIMULATION_BROKEN_SEEDS ?? 150)

function profileFor({ likelihood, oneCrash = false, minutes = 12, mayDie }: Broken): Profile {
  return focusOn(likelihood, { oneCrash, minutes, ...(mayDie === undefined ? {} : { mayDie }) })
}

describe('a rule broken by hand is found', () => {
  for (const broken of RULES) {
    it(
      broken.rule,
      async () => {
        const profile = profileFor(broken)
        let found: number | null = null
        for (let seed = 1; seed <= MOST_SEEDS && found === null; seed += 1) {
          const violations = await judge(await simulate(seed, { profile, seams: broken.seams() }))
          if (violations.some(({ invariant }) => broken.found.includes(invariant))) found = seed
        }
        console.info(`${broken.rule}: found by seed ${found}`)
        expect(found).not.toBeNull()
        expect(await judge(await simulate(found ?? 0, { profile })), 'the same seed with the rule kept').toEqual([])
      },
      TIMEOUT_MS,
    )
  }
})

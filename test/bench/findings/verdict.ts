import type { MeteredStorm } from './metered-storm.ts'
import type { Results } from './results.ts'
import { STORES } from './store.ts'
import { type StormRatios, stormRatios } from './storm-ratios.ts'
import { groupsOf } from './storms.ts'

/** One limit, and what was measured. */
export interface Limit {
  readonly name: string
  readonly measured: number
  /** What `--check` holds it to. */
  readonly bound: number
  readonly isLeast: boolean
  /** What it is meant to be on a machine that nobody else uses, where that is more than the bound. */
  readonly aim?: number
}

/** By store and kind, the share of Alertmanager's rate: what it is meant to be, and what a busy machine must still show. */
const RATES = {
  memory: { distinct: { aim: 1, bound: 0.35 }, duplicates: { aim: 1, bound: 0.6 } },
  dynalite: { distinct: { aim: 0.12, bound: 0.04 }, duplicates: { aim: 0.25, bound: 0.25 } },
} as const
/** So for CPU time, by Alertmanager's. */
const CPU = { distinct: { aim: 1, bound: 2 }, duplicates: { aim: 1, bound: 1 } } as const
/** Of the time of a finding with many open ones by that with few, beside the database's own growth. */
const MOST_GROWTH = 1.3
const MOST_FIRST_PAGE_MS = 1000
const MOST_OF_FLOOR = 1.1
/** A commit is written once and then taken off the index of what is due: the one item of which a second write is meant. */
const COMMIT = 'incidents INC C'
const ALONE = 'unchanged repeats, each alone'

export function isMet({ measured, bound, isLeast }: Limit): boolean {
  return isLeast ? measured >= bound : measured <= bound
}

/** Met, and as good as it is meant to be. */
export function isAsMeant({ aim, ...limit }: Limit): boolean {
  return isMet({ ...limit, bound: aim ?? limit.bound })
}

export function limitsOf(results: Results): Limit[] {
  return [
    ...stormRatios(results).flatMap(besideLimits),
    ...pageLimits(results),
    ...STORES.flatMap((store) => results.metered[store].flatMap((storm) => meteredLimits(store, storm))),
    most('first page of a probe in a storm, p99, ms', results.probes.p99Ms, MOST_FIRST_PAGE_MS),
    most('findings of the probes’ storm that failed', results.probes.failed, 0),
    ...growthLimits(results),
    ...results.requestCases.map(({ name, requests, most: bound }) => most(`requests: ${name}`, requests, bound)),
    ...results.costs
      .filter(({ name }) => name === ALONE)
      .map(({ usd, floorUsd }) => most(`cost by its floor: ${ALONE}`, usd / floorUsd, MOST_OF_FLOOR)),
  ]
}

/** A line for each limit that is broken. */
export function breaches(results: Results): string[] {
  const lines = limitsOf(results)
    .filter((limit) => !isMet(limit))
    .map(
      ({ name, measured, bound, isLeast }) =>
        `${name}: ${figure(measured)}, ${isLeast ? 'at least' : 'at most'} ${bound}`,
    )
  return results.alertmanagerVersion === null
    ? ['Alertmanager is not on the PATH: nothing to compare with', ...lines]
    : lines
}

export function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 })
}

function most(name: string, measured: number, bound: number): Limit {
  return { name, measured, bound, isLeast: false }
}

function besideLimits({ store, kind, beside: { whole } }: StormRatios): Limit[] {
  if (whole === null || kind === 'groups') return []
  const rate = { name: `${kind} over ${store}: rate by Alertmanager’s`, measured: whole.rate, isLeast: true }
  const cpu = { name: `${kind}: CPU time by Alertmanager’s`, measured: whole.cpu, isLeast: false, ...CPU[kind] }
  return [{ ...rate, ...RATES[store][kind] }, ...(store === 'memory' ? [cpu] : [])]
}

/** Exactly one incident a group, and in it one page a seat; duplicates page nobody. */
function pageLimits({ rounds, sizes }: Results): Limit[] {
  return STORES.flatMap((store) =>
    rounds.flatMap(({ muster }) =>
      muster[store].flatMap(({ kind, incidents, oncePerSeat, again }) => {
        const size = store === 'memory' ? sizes.storm : sizes.dynaliteStorm
        const expected = kind === 'duplicates' ? 0 : groupsOf(kind, size)
        const off = Math.abs(incidents - expected) + (incidents - oncePerSeat)
        return [
          most(`${kind} over ${store}: incidents too many, too few, or not paged once a seat`, off, 0),
          most(`${kind} over ${store}: records delivered again`, again, 0),
        ]
      }),
    ),
  ).filter((limit, index, all) => all.findIndex(({ name }) => name === limit.name) === index || !isMet(limit))
}

/** Findings of one group: of ten groups in a batch each has an incident of its own, with a commit and a head. */
function meteredLimits(store: string, storm: MeteredStorm): Limit[] {
  if (storm.kind === 'groups') return []
  const twice = Object.entries(storm.writtenTwice).filter(([item]) => item !== COMMIT)
  const writes = Math.max(1, ...twice.map(([, times]) => times))
  return [
    most(
      `${storm.kind} over ${store}: requests for each distinct finding of a batch`,
      storm.mostRequestsPerDistinctFinding,
      1,
    ),
    most(`${storm.kind} over ${store}: writes of one item in a batch`, writes, 1),
  ]
}

function growthLimits({ growth: [few, many] }: Results): Limit[] {
  const control = Math.max(many.controlUsPerItem / few.controlUsPerItem, 1)
  return (['distinct', 'duplicates'] as const).flatMap((kind) => {
    const grown = many.usPerFinding[kind] / few.usPerFinding[kind] / control
    const requests = many.requestsPerFinding[kind] / few.requestsPerFinding[kind]
    const name = `${kind} with ${many.open.toLocaleString('en-US')} open findings by that with ${few.open.toLocaleString('en-US')}`
    return [most(`requests of ${name}`, requests, 1), most(`time of ${name}, by the control`, grown, MOST_GROWTH)]
  })
}

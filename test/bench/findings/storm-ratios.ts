import { median } from '../cold-start/verdict.ts'
import type { AlertSize } from './alertmanager-storms.ts'
import type { Results, Round } from './results.ts'
import { STORES, type StoreName } from './store.ts'
import { STORM_KINDS, type StormKind } from './storms.ts'

/** One kind of storm over one store, beside Alertmanager: medians over the rounds, of ratios too. */
export interface StormRatios {
  readonly kind: StormKind
  readonly store: StoreName
  readonly findingsPerSecond: number
  readonly cpuUsPerFinding: number
  readonly requestsPerFinding: number
  readonly beside: Readonly<Record<AlertSize, Beside | null>>
}

export interface Beside {
  readonly alertsPerSecond: number
  readonly cpuUsPerAlert: number
  /** Muster's by Alertmanager's, round by round. */
  readonly rate: number
  readonly cpu: number
}

export function stormRatios({ rounds, sizes }: Results): StormRatios[] {
  return STORES.flatMap((store) =>
    STORM_KINDS.flatMap((kind) => {
      const size = store === 'memory' ? sizes.storm : sizes.dynaliteStorm
      const own = rounds.flatMap((round) => musterOf(round, store, kind))
      if (own.length === 0) return []
      return [
        {
          kind,
          store,
          findingsPerSecond: median(own.map(({ ms }) => perSecond(size, ms))),
          cpuUsPerFinding: median(own.map(({ cpuMs }) => perOne(size, cpuMs))),
          requestsPerFinding: median(own.map(({ requests }) => requests / size)),
          beside: {
            whole: besideOf(rounds, { store, kind, alerts: 'whole', size, alertStorm: sizes.storm }),
            lean: besideOf(rounds, { store, kind, alerts: 'lean', size, alertStorm: sizes.storm }),
          },
        },
      ]
    }),
  )
}

interface Pair {
  readonly store: StoreName
  readonly kind: StormKind
  readonly alerts: AlertSize
  readonly size: number
  readonly alertStorm: number
}

function besideOf(rounds: readonly Round[], { store, kind, alerts, size, alertStorm }: Pair): Beside | null {
  const pairs = rounds.flatMap((round) => {
    const own = musterOf(round, store, kind)[0]
    const other = round.alertmanager?.[alerts].find((storm) => storm.kind === kind)
    return own && other ? [{ own, other }] : []
  })
  if (pairs.length === 0) return null
  return {
    alertsPerSecond: median(pairs.map(({ other }) => perSecond(alertStorm, other.ms))),
    cpuUsPerAlert: median(pairs.map(({ other }) => perOne(alertStorm, other.cpuMs))),
    rate: median(pairs.map(({ own, other }) => perSecond(size, own.ms) / perSecond(alertStorm, other.ms))),
    cpu: median(pairs.map(({ own, other }) => perOne(size, own.cpuMs) / perOne(alertStorm, other.cpuMs))),
  }
}

function musterOf(round: Round, store: StoreName, kind: StormKind) {
  return round.muster[store].filter((storm) => storm.kind === kind)
}

function perSecond(count: number, ms: number): number {
  return (1000 * count) / ms
}

function perOne(count: number, ms: number): number {
  return (1000 * ms) / count
}

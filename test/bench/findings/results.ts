import type { AlertmanagerStorm } from './alertmanager-storms.ts'
import type { CostCase } from './cost-floor.ts'
import type { Growth } from './growth.ts'
import type { MeteredStorm } from './metered-storm.ts'
import type { MusterStorm } from './muster-storms.ts'
import type { Probes } from './probes.ts'
import type { RequestCase } from './request-cases.ts'
import type { StoreName } from './store.ts'

export interface Sizes {
  readonly rounds: number
  /** Findings of a storm at Alertmanager and over the memory store. */
  readonly storm: number
  /** Over dynalite, which is slower by far; rates are compared, not times. */
  readonly dynaliteStorm: number
  readonly meteredStorm: number
  readonly open: readonly [few: number, many: number]
  readonly probes: number
  readonly probesStorm: number
}

/** Storms of one turn: each side has had the machine to itself. */
export interface Round {
  /** Null where Alertmanager is not installed. */
  readonly alertmanager: { readonly whole: AlertmanagerStorm[]; readonly lean: AlertmanagerStorm[] } | null
  readonly muster: Readonly<Record<StoreName, readonly MusterStorm[]>>
}

export interface Results {
  readonly alertmanagerVersion: string | null
  readonly sizes: Sizes
  readonly rounds: readonly Round[]
  readonly metered: Readonly<Record<StoreName, readonly MeteredStorm[]>>
  readonly growth: readonly [few: Growth, many: Growth]
  readonly probes: Probes
  readonly requestCases: readonly RequestCase[]
  readonly costs: readonly CostCase[]
}

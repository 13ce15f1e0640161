import { LIST_PRICES, type ListPrice, type PriceName } from '../list-prices.ts'

/** How much of what was used; what is missing was not. */
export type Usage = Readonly<Partial<Record<PriceName, number>>>

export const PRICE_NAMES = Object.keys(LIST_PRICES) as PriceName[]

export function sumOf(...usages: readonly Usage[]): Usage {
  return fromEach((name) => usages.reduce((sum, usage) => sum + (usage[name] ?? 0), 0))
}

export function times(factor: number, usage: Usage): Usage {
  return fromEach((name) => factor * (usage[name] ?? 0))
}

/** What `usage` has beyond `other`. */
export function beyond(usage: Usage, other: Usage): Usage {
  return sumOf(usage, times(-1, other))
}

function fromEach(amountOf: (name: PriceName) => number): Usage {
  const amounts = PRICE_NAMES.map((name) => [name, amountOf(name)] as const)
  return Object.fromEntries(amounts.filter(([, amount]) => amount !== 0))
}

/** In US dollars. */
export function costOf(usage: Usage, prices: Readonly<Record<PriceName, ListPrice>>): number {
  return PRICE_NAMES.reduce((sum, name) => sum + costOfOne(name, usage, prices), 0)
}

export function costOfOne(name: PriceName, usage: Usage, prices: Readonly<Record<PriceName, ListPrice>>): number {
  const { usd, per } = prices[name]
  return ((usage[name] ?? 0) / per) * usd
}

import type { IncidentEvent } from '../core/incident/events.ts'

type Stored = { readonly type: string; readonly v: number; readonly data: Readonly<Record<string, unknown>> }
type Upcaster = (data: Stored['data']) => Stored['data']

/**
 * How an event of an older shape becomes one of the next: `UPCASTERS[type][v]` takes version `v` to `v + 1`. The stored
 * bytes, and with them the hashes, stay as they are.
 */
const UPCASTERS: Readonly<Record<string, Readonly<Record<number, Upcaster>>>> = {}

/** The event in its present shape. A type that this version does not know passes through: the fold tolerates it. */
export function upcast(event: IncidentEvent, upcasters = UPCASTERS): IncidentEvent {
  let current: Stored = event as unknown as Stored
  for (let next = upcasters[current.type]?.[current.v]; next; next = upcasters[current.type]?.[current.v]) {
    current = { type: current.type, v: current.v + 1, data: next(current.data) }
  }
  return current as unknown as IncidentEvent
}

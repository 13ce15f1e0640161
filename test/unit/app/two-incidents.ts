import { loadIncident } from '../../../shared/app/load-incident.ts'
import { askToMerge } from '../../../shared/app/merge-incidents.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import type { Command } from '../../../shared/core/incident/commands.ts'
import { seatOf } from '../../../shared/core/incident/state.ts'
import type { InMemoryMuster } from './in-memory-muster.ts'

export const IC = 'incident-commander'
export const [ANA, BEN] = [`${IC}-1`, `${IC}-2`] as const

/** What a person does on an incident, committed but not dispatched. */
export async function act(muster: InMemoryMuster, incidentId: string, command: Command): Promise<void> {
  const actor = 'responderId' in command ? command.responderId : 'muster'
  const causes = [`act/${muster.deps.random.id()}`]
  const request = { incidentId, now: muster.now, actor, causes, patience: PERSON, command: () => command }
  const outcome = await runCommand(muster.deps, request)
  if (outcome.status !== 'committed') throw new Error(JSON.stringify(outcome))
}

export const acknowledge = (muster: InMemoryMuster, incidentId: string, responderId: string, role = IC) =>
  act(muster, incidentId, { type: 'AcknowledgeSeat', role, responderId, via: 'api' })

/** Incidents of that many groups, lowest id first. */
export async function openSeveral(muster: InMemoryMuster, count = 2, name = 'one'): Promise<string[]> {
  const ids: string[] = []
  for (let place = 0; place < count; place += 1)
    ids.push(await muster.open(`${name}-${place}`, `${name}-user-${place}`))
  return ids.sort()
}

/** By whom and why; the second step is left out where `begin` says so. */
export function merge(muster: InMemoryMuster, from: string, into: string, responderId: string = ANA, key?: string) {
  const request = { incidentId: from, into, responderId, reason: 'one attack' }
  return askToMerge(muster.deps, request, { now: muster.now, idempotencyKey: key ?? null })
}

/** Only the first of a merge's two commits, as if the process had died right after it. */
export async function beginMerge(muster: InMemoryMuster, from: string, into: string): Promise<void> {
  const dying = async (...[name, item, conditions]: Parameters<InMemoryMuster['table']['put']>) => {
    if (item.pk === `INC#${from}`) throw new Error('the process has died')
    return muster.table.put(name, item, conditions)
  }
  const table = new Proxy(muster.table, {
    get: (target, name) => (name === 'put' ? dying : Reflect.get(target, name).bind(target)),
  })
  const request = { incidentId: from, into, responderId: ANA, reason: 'one attack' }
  const died = await askToMerge({ ...muster.deps, table }, request, { now: muster.now, idempotencyKey: null }).then(
    () => false,
    () => true,
  )
  if (!died) throw new Error('the merge was finished')
}

export async function holderOf(muster: InMemoryMuster, incidentId: string, role = IC): Promise<string | null> {
  const { state } = await loadIncident(muster.table, incidentId)
  return (state && seatOf(state, role)?.holder) ?? null
}

import { canonicalJson, NO_HASH } from '../../../shared/app/rows/commit-row.ts'
import { readHead } from '../../../shared/app/rows/head-row.ts'
import { sha256 } from '../../../shared/app/rows/keys.ts'
import { wakeAt } from '../../../shared/core/decide.ts'
import { secondsBetween } from '../../../shared/core/time/instant.ts'
import type { Item } from '../../../shared/ports/table.ts'
import type { Case, Record, Violation } from './violation.ts'

/** What is still on its way at the end may be this old. */
const ON_ITS_WAY_SECONDS = 100

/** The store, read without faults after a quiet quarter of an hour. */
export async function judgeStore(judged: Case): Promise<Violation[]> {
  const perIncident = await Promise.all([...judged.records.values()].map((record) => judgeIncident(judged, record)))
  return [...perIncident.flat(), ...judgeCauses(judged)]
}

async function judgeIncident({ played }: Case, record: Record): Promise<Violation[]> {
  const { incidentId } = record
  const { items } = await played.town.table.base.query('incidents', { pk: `INC#${incidentId}` })
  const now = played.town.world.now()
  const commits = items.filter(({ sk }) => sk.startsWith('C#'))
  const head = items.find(({ sk }) => sk === 'HEAD')
  return [
    ...chain(record, commits),
    ...headIsFold(record, head, commits.length),
    ...marks(record, commits, now),
    ...overdue(record, head, now),
    ...unsettled(record, now),
  ]
}

function chain({ incidentId, commits }: Record, items: readonly Item[]): Violation[] {
  let previous = NO_HASH
  for (const [index, item] of items.entries()) {
    const commit = JSON.parse(String(item.body)) as { sequence: number; previousHash: string; at: string }
    const inOrder = commit.sequence === index + 1 && commit.at >= (commits[index - 1]?.commit.at ?? '')
    const holds = inOrder && commit.previousHash === previous && sha256(String(item.body)) === item.hash
    if (!holds) return [{ invariant: 'hash chains hold', incidentId, detail: `broken at ${item.sk}` }]
    previous = String(item.hash)
  }
  return []
}

function headIsFold({ incidentId, states }: Record, head: Item | undefined, commits: number): Violation[] {
  const wrong = (detail: string): Violation[] => [{ invariant: 'heads equal folds', incidentId, detail }]
  if (head === undefined) return wrong('there is no head')
  const sequence = Number(head.sequence)
  const state = states[sequence - 1]
  if (state === undefined) return wrong(`the head is at ${sequence} of ${commits}`)
  return canonicalJson(state) === canonicalJson(readHead(head)?.state)
    ? []
    : wrong(`the head at ${sequence} is not the fold`)
}

function marks({ incidentId, commits: seen }: Record, commits: readonly Item[], now: string): Violation[] {
  return commits.flatMap((item, index) => {
    const at = seen[index]?.commit.at ?? now
    if (item.duePk === undefined || secondsBetween(at, now) < ON_ITS_WAY_SECONDS) return []
    return [{ invariant: 'no mark left' as const, incidentId, detail: `${item.sk} of ${at} is still marked` }]
  })
}

/** By the head's own row and by the fold: neither may say that something was due a while ago. */
function overdue({ incidentId, states }: Record, head: Item | undefined, now: string): Violation[] {
  const state = states.at(-1)
  const due = [state === undefined ? null : wakeAt(state), typeof head?.dueAt === 'string' ? head.dueAt : null]
  return due.flatMap((at) =>
    at !== null && secondsBetween(at, now) > 20
      ? [{ invariant: 'no overdue wake' as const, incidentId, detail: `due at ${at}` }]
      : [],
  )
}

function unsettled({ incidentId, commits, states }: Record, now: string): Violation[] {
  return Object.keys(states.at(-1)?.unsettled ?? {}).flatMap((effectId) => {
    const sequence = Number(effectId.split('.')[1])
    const at = commits[sequence - 1]?.commit.at ?? now
    if (secondsBetween(at, now) < ON_ITS_WAY_SECONDS) return []
    return [{ invariant: 'no unsettled effect' as const, incidentId, detail: `${effectId} of ${at} has no outcome` }]
  })
}

function judgeCauses({ records }: Case): Violation[] {
  const seen = new Map<string, string>()
  const violations: Violation[] = []
  for (const { incidentId, commits } of records.values()) {
    for (const { commit } of commits) {
      for (const { id } of commit.causes) {
        if (seen.has(id) && !id.startsWith('delivery/')) {
          violations.push({
            invariant: 'a cause is committed once',
            incidentId,
            detail: `${id} at ${commit.sequence}, and ${seen.get(id)}`,
          })
        }
        seen.set(id, `${incidentId} ${commit.sequence}`)
      }
    }
  }
  return violations
}

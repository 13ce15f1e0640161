import type { SenderDependencies } from '../../../shared/app/dependencies.ts'
import type { Commit } from '../../../shared/app/rows/commit-row.ts'
import { canonicalJson } from '../../../shared/app/rows/commit-row.ts'
import { headRow, readHead } from '../../../shared/app/rows/head-row.ts'
import { findingKey } from '../../../shared/app/rows/keys.ts'
import type { QueuedWake } from '../../../shared/ports/queues.ts'
import type { Item, Key, Table } from '../../../shared/ports/table.ts'
import type { Instance } from './instance.ts'
import type { Seams } from './seams.ts'
import type { World } from './world.ts'

type Rule = (world: World, instance: Instance, deps: SenderDependencies) => SenderDependencies

const onTable = (change: (table: Table, world: World, instance: Instance) => Table): Seams => ({
  deps: (world, instance, deps) => ({ ...deps, table: change(deps.table, world, instance) }),
})

/** Intake moves a finding's row first and commits after: a crash in between makes it known and on no record. */
export const rowBeforeCommit = (): Seams =>
  onTable((table, _world, instance) => ({
    ...table,
    put: async (name, item, conditions) => {
      if (instance.kind === 'intake' && item.sk.startsWith('C#')) await moveRows(table, item)
      return table.put(name, item, conditions)
    },
  }))

async function moveRows(table: Table, item: Item): Promise<void> {
  const { incidentId, events } = JSON.parse(String(item.body)) as Commit
  for (const event of events) {
    if (event.type !== 'FindingJoined' && event.type !== 'FindingUpdated') continue
    const { finding, versions, revision } = event.data
    const known = { finding, versions, revision, incidentId, group: null, ignoredReason: null }
    const row = { ...findingKey(finding.key), revision, body: canonicalJson(known) }
    await table.put('findings', row, [{ kind: 'absent-or-lower', attribute: 'revision', value: revision }])
  }
}

/** A receipt's row comes before what it decides: a crash in between makes it known, and nobody moves on. */
export const receiptBeforeDecision = (): Seams =>
  onTable((table, _world, instance) => ({
    ...table,
    get: async (name, key) => {
      const there = await table.get(name, key)
      const isReceipt = instance.kind === 'receiver' && key.sk.startsWith('R#')
      if (isReceipt && there === null) await table.put(name, { ...key }, [{ kind: 'absent' }])
      return there
    },
  }))

/** A wake is remembered like a command: the one that comes again after a crash is not looked at. */
export const wakeWithCause = (): Seams => {
  const seen = new Set<string>()
  const skipWake = ({ incidentId, wakeAt }: QueuedWake) => {
    const cause = `${incidentId} ${wakeAt}`
    if (seen.has(cause)) return true
    seen.add(cause)
    return false
  }
  return { skipWake }
}

/** The head forgets what is on its way: nothing puts a lost message into its queue again. */
export const effectsNotInHead = (): Seams =>
  onTable((table) => ({
    ...table,
    put: (name, item, conditions) => table.put(name, item.sk === 'HEAD' ? withoutEffects(item) : item, conditions),
  }))

function withoutEffects(head: Item): Item {
  const read = readHead(head)
  if (read === null) return head
  const { state, hash } = read
  return { ...head, body: headRow({ ...state, unsettled: {} }, hash).body ?? '' }
}

/** The head goes first, its rows and effects after: a crash in between leaves them behind for good. */
export const headBeforeEffects = (): Seams => {
  const deps: Rule = (_world, instance, real) => {
    if (instance.kind !== 'dispatcher' && instance.kind !== 'ticker') return real
    const waiting: (() => Promise<unknown>)[] = []
    const flush = async () => {
      for (const act of waiting.splice(0)) await act()
    }
    return {
      ...real,
      table: {
        ...real.table,
        put: async (name, item, conditions) => {
          if (item.sk === 'HEAD') {
            const stored = await real.table.put(name, item, conditions)
            await flush()
            return stored
          }
          waiting.push(() => real.table.put(name, item, conditions))
          return true
        },
      },
      queues: {
        ...real.queues,
        sendEffects: async (effects) => void waiting.push(() => real.queues.sendEffects(effects)),
      },
    }
  }
  return { deps }
}

/** Right before sending, only the head is read: what was committed after it is not seen. */
export const senderReadsHeadOnly = (): Seams =>
  onTable((table, _world, instance) => {
    const read = new Set<string>()
    return {
      ...table,
      query: async (name, query) => {
        const beforeSending = instance.kind === 'sender' && query.descending === true && !read.has(query.pk)
        read.add(query.pk)
        const page = await table.query(name, query)
        const [head] = page.items
        return beforeSending && head?.sk === 'HEAD' ? { items: [head], next: null } : page
      },
    }
  })

/** The lease is measured in Muster's time: an advance ends it while its holder still sends. */
export const leaseInMusterTime = (): Seams => ({
  deps: (world, instance, deps) => {
    if (instance.kind !== 'sender') return deps
    return { ...deps, real: { ...deps.real, nowMs: () => world.musterMs() } }
  },
})

/** Senders trust the directory that they began with. */
export const senderKeepsDirectory = (): Seams => {
  let first: ReturnType<SenderDependencies['directory']['current']> | null = null
  const deps: Rule = (_world, instance, real) => {
    if (instance.kind !== 'sender') return real
    const current = () => {
      first ??= real.directory.current().catch((fault) => {
        first = null
        throw fault
      })
      return first
    }
    return { ...real, directory: { ...real.directory, current } }
  }
  return { deps }
}

/** The marks go first: a dispatcher that dies afterwards leaves commits that nobody looks for. */
export const marksBeforeRows = (): Seams =>
  onTable((table, _world, instance) => ({
    ...table,
    query: async (name, query) => {
      const page = await table.query(name, query)
      if (instance.kind !== 'dispatcher' && instance.kind !== 'ticker') return page
      const marked = page.items.filter(({ sk, duePk }) => sk.startsWith('C#') && duePk !== undefined)
      for (const { pk, sk } of marked) await table.update('incidents', { pk, sk }, { remove: ['duePk', 'dueAt'] })
      return page
    },
  }))

/** An act is not looked for on the record before it is done: whoever presses twice does it twice. */
export const causesNotSought = (): Seams =>
  onTable((table, _world, instance) => ({
    ...table,
    get: (name, key) => (isSought(key) ? Promise.resolve(null) : table.get(name, key)),
    query: async (name, query) => {
      const page = await table.query(name, query)
      return instance.kind === 'door' ? { ...page, items: page.items.map(withoutCauses) } : page
    },
  }))

/** Where a request would find that it was carried out: its row, or its own commit. */
function isSought({ pk, sk }: Key): boolean {
  return pk.startsWith('CAUSE#') || sk.startsWith('C#')
}

/** The cause is hidden from whoever looks; the hash that the next commit continues stays. */
function withoutCauses(item: Item): Item {
  if (!item.sk.startsWith('C#')) return item
  return { ...item, body: canonicalJson({ ...(JSON.parse(String(item.body)) as object), causes: [] }) }
}

/** The second step of a merge is taken for done: one incident has absorbed another, which goes on for itself. */
export const mergeNotFinished = (): Seams =>
  onTable((table) => ({
    ...table,
    put: async (name, item, conditions) => {
      const points = item.sk.startsWith('C#') && String(item.body).includes('"IncidentMerged"')
      return points || table.put(name, item, conditions)
    },
  }))

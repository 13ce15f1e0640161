import type { Finding } from '../core/findings/finding.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Item, TableRead } from '../ports/table.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import { loadSurvivor } from './follow-merged.ts'
import { inParallel } from './in-parallel.ts'
import type { Start } from './record-findings.ts'
import { absorberIn, type KnownFinding, readFinding, signalRow } from './rows/finding-row.ts'
import { findingKey, incidentIdOf } from './rows/keys.ts'

type Deps = Pick<Dependencies, 'table' | 'real'>

const WRITTEN_AT_ONCE = 10

/** What is known while a batch is worked off. */
interface Seen {
  readonly findings: readonly Finding[]
  readonly rows: ReadonlyMap<string, Item>
  readonly known: ReadonlyMap<string, KnownFinding>
}

/**
 * Where new findings go that belong to an attack sequence, so that one attack is one incident: a sequence to the open
 * incident of the first of its signals that has one, a signal to its sequence's while that is open.
 * @returns by the finding's key; what is not in it goes where its own group says.
 */
export async function homesOf(deps: Deps, seen: Seen, fresh: readonly Finding[]): Promise<Map<string, Start>> {
  const homes = new Map<string, Start>()
  for (const finding of fresh) {
    const relatives = finding.signals.length > 0 ? finding.signals : absorbersOf(seen, finding)
    const home = relatives.length === 0 ? null : await openHome(deps, seen, relatives)
    if (home !== null) homes.set(finding.key, home)
  }
  return homes
}

/**
 * Leaves word for signals that have not come yet. Before the sequence itself is recorded: what is left behind by a
 * crash names a sequence that nobody knows, and says nothing.
 */
export async function announceSignals(deps: Deps, sequences: readonly Finding[], now: Instant): Promise<void> {
  const rows = sequences.flatMap(({ key, signals }) => signals.map((signal) => signalRow(signal, key, now)))
  await inParallel(WRITTEN_AT_ONCE, rows, async (row) => {
    await deps.table.put('findings', row, [{ kind: 'absent' }])
  })
}

/** The sequences that a finding is a signal of: one in the same batch, or one that left word. */
function absorbersOf({ findings, rows }: Seen, { key }: Finding): string[] {
  const beside = findings.filter(({ signals }) => signals.includes(key)).map((sequence) => sequence.key)
  const word = absorberIn(rows.get(keyText(findingKey(key))))
  return word === null ? beside : [...beside, word]
}

async function openHome(deps: Deps, { known }: Seen, keys: readonly string[]): Promise<Start | null> {
  const unread = keys.filter((key) => !known.has(key))
  const reads = unread.map((key): TableRead => ({ table: 'findings', key: findingKey(key) }))
  const read = [...(await batchRead(deps, reads)).values()].flatMap((row) => readFinding(row) ?? [])
  const groups = [...keys.flatMap((key) => known.get(key) ?? []), ...read].flatMap(({ group }) => group ?? [])
  const starts = new Map(groups.map((group) => [incidentIdOf(group.groupHash, group.episode), group]))
  for (const [incidentId, group] of [...starts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { state } = await loadSurvivor(deps.table, incidentId)
    if (state?.status === 'open') return group
  }
  return null
}

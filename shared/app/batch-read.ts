import { TransientFault } from '../ports/faults.ts'
import type { Item, Table, TableRead } from '../ports/table.ts'
import type { RealTime } from '../ports/time.ts'

const MOST_KEYS = 100
const MOST_TRIES = 6

/**
 * Reads many items by key, asking again for what the service left over. Items are found under `pk|sk`.
 * @throws TransientFault when some are still left over after several tries.
 */
export async function batchRead(
  deps: { table: Table; real: RealTime },
  reads: readonly TableRead[],
): Promise<Map<string, Item>> {
  const distinct = [...new Map(reads.map((read) => [`${read.table}|${keyText(read.key)}`, read])).values()]
  const found = new Map<string, Item>()
  for (let start = 0; start < distinct.length; start += MOST_KEYS) {
    await readPage(deps, distinct.slice(start, start + MOST_KEYS), found)
  }
  return found
}

async function readPage(
  deps: { table: Table; real: RealTime },
  page: readonly TableRead[],
  found: Map<string, Item>,
): Promise<void> {
  let left = page
  for (let tries = 0; left.length > 0; tries += 1) {
    if (tries === MOST_TRIES) throw new TransientFault(`${left.length} items were not answered`)
    if (tries > 0) await deps.real.sleep(20 * 2 ** tries)
    const { items, leftOver } = await deps.table.batchGet(left)
    for (const { item } of items) found.set(keyText(item), item)
    left = leftOver
  }
}

export function keyText({ pk, sk }: { readonly pk: string; readonly sk: string }): string {
  return `${pk}|${sk}`
}

import { TransientFault } from '../ports/faults.ts'
import type { Item, Table, TableName } from '../ports/table.ts'
import type { RealTime } from '../ports/time.ts'

/** What one bulk write takes. */
const MOST_ITEMS = 25
const MOST_TRIES = 5

/**
 * Writes rows in bulk, over whatever is there; rows that the database left over are tried again.
 * @throws TransientFault when some are left over again and again.
 */
export async function putAll(
  { table, real }: { readonly table: Table; readonly real: RealTime },
  name: TableName,
  items: readonly Item[],
): Promise<void> {
  for (let start = 0; start < items.length; start += MOST_ITEMS) {
    let left: readonly Item[] = items.slice(start, start + MOST_ITEMS)
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === MOST_TRIES) throw new TransientFault(`${left.length} items were not written`)
      if (tries > 0) await real.sleep(20 * 2 ** tries)
      left = await table.putMany(name, left)
    }
  }
}

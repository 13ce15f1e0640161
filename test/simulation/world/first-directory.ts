import { importDirectory } from '../../../shared/app/directory-versions.ts'
import type { Directory } from '../../../shared/core/directory/directory.ts'
import type { Instant } from '../../../shared/core/time/instant.ts'
import type { Table } from '../../../shared/ports/table.ts'

const real = { nowMs: () => 0, sleep: async () => {} }
const random = { unit: () => 0, id: () => 'first-directory' }

/** Stores the directory before anything happens: nothing fails, nobody else is there. */
export async function importFirst(table: Table, directory: Directory, now: Instant): Promise<void> {
  await importDirectory({ table, real, random }, directory, now)
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabase } from '../../../infra/local/database.ts'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import type { Table } from '../../../shared/ports/table.ts'
import { cpuMsOf } from './process-cpu.ts'

/** `memory` in this process, `dynalite` in another one, over files. */
export const STORES = ['memory', 'dynalite'] as const
export type StoreName = (typeof STORES)[number]

export interface Store {
  readonly table: Table
  /** What another process has used for it so far; 0 where there is none. */
  cpuMs(): number
  stop(): Promise<void>
}

export async function openStore(name: StoreName): Promise<Store> {
  if (name === 'memory') return { table: new MemoryTable(), cpuMs: () => 0, stop: async () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'bench-findings-'))
  const database = await startDatabase({ folder })
  const stop = async () => {
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { table: database.table, cpuMs: () => cpuMsOf(database.pid), stop }
}

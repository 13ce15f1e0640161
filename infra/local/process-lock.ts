import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type LockAnswer =
  | { readonly ok: true; release(): void }
  /** `holder` says who has it, as far as known: `process 4711`. */
  | { readonly ok: false; readonly holder: string }

const SQLITE_BUSY = 5

/**
 * Takes the data folder for this process. The lock is the operating system's own, on the file `lock`, held through an
 * open SQLite transaction that writes nothing: it goes with the process however that ends, cannot go stale, and of any
 * number of racing starters one gets it. (A socket file must be deleted after a kill, which two starters can do to each
 * other.) Nothing else may open the file `lock`: closing it would free the lock.
 */
export async function takeLock(folder: string): Promise<LockAnswer> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const holderFile = join(folder, 'lock-holder')
  const lock = heldLock(join(folder, 'lock'))
  if (lock === null) return { ok: false, holder: await readHolder(holderFile) }
  await writeFile(holderFile, `process ${process.pid}\n`, { mode: 0o600 })
  return { ok: true, release: () => lock.close() }
}

function heldLock(path: string): DatabaseSync | null {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    file.exec('BEGIN EXCLUSIVE')
    return file
  } catch (error) {
    file.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return null
    throw error
  }
}

/** Only for the message: right after a start it may still name the last holder, or nobody. */
async function readHolder(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.trim() || 'another process'
}

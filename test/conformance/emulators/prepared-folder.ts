import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where fetched tools are kept: ignored by git, and not taken away by `npm ci`. */
export const TOOLS = fileURLToPath(new URL('../../../.muster-tools', import.meta.url))

/**
 * A folder of tools that is made once and has a name for what is in it: `<name>-<version>`. It is made under another
 * name and then renamed, so that it is there whole or not at all, also when two processes make it at once.
 */
export async function preparedFolder(
  parent: string,
  name: string,
  version: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(parent, `${name}-${version}`)
  if (existsSync(folder)) return folder
  await mkdir(parent, { recursive: true })
  await removeLeftOvers(parent, name)
  const making = join(parent, `${name}.${process.pid}`)
  try {
    await make(making)
    await rename(making, folder)
  } catch (fault) {
    await rm(making, { recursive: true, force: true })
    if (!existsSync(folder)) throw fault
  }
  return folder
}

/** Other versions, and what a process that has ended did not finish. */
async function removeLeftOvers(parent: string, name: string): Promise<void> {
  const entries = await readdir(parent)
  const old = entries.filter((entry) => {
    const [, pid] = entry.startsWith(`${name}.`) ? entry.split('.') : []
    return pid === undefined ? entry.startsWith(`${name}-`) : !isAlive(Number(pid))
  })
  await Promise.all(old.map((entry) => rm(join(parent, entry), { recursive: true, force: true })))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

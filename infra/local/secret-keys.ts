import { randomBytes } from 'node:crypto'
import { link, mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'

const KEY_BYTES = 32
const READABLE_BY_OTHERS = 0o077

/**
 * A secret key of 32 random bytes, kept in `<folder>/<name>`; the first call makes it. The file appears whole or not at
 * all and is never replaced, so that all callers get the same key. Throws when others may read it, or when it is not 32
 * bytes long.
 */
export async function loadOrCreateKey(folder: string, name: string): Promise<Buffer> {
  const path = join(folder, name)
  const known = await loadKey(path)
  if (known !== null) return known
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await createKey(folder, path)
  const created = await loadKey(path)
  if (created === null) throw new Error(`the key file ${path} was removed while it was made`)
  return created
}

async function loadKey(path: string): Promise<Buffer | null> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (file === null) return null
  try {
    checkMode(path, (await file.stat()).mode)
    const key = await file.readFile()
    if (key.length !== KEY_BYTES) throw new Error(`the key file ${path} has ${key.length} bytes, not ${KEY_BYTES}`)
    return key
  } finally {
    await file.close()
  }
}

function checkMode(path: string, mode: number): void {
  // Windows has no such bits: there the folder's own rights count.
  if (process.platform === 'win32' || (mode & READABLE_BY_OTHERS) === 0) return
  const octal = (mode & 0o777).toString(8)
  throw new Error(`the key file ${path} can be read by others (mode ${octal}): chmod 600 ${path}`)
}

async function createKey(folder: string, path: string): Promise<void> {
  // A kill in between leaves this file, which nothing reads.
  const unfinished = `${path}.${randomBytes(8).toString('hex')}.tmp`
  await writeDurably(unfinished, randomBytes(KEY_BYTES))
  try {
    await link(unfinished, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await unlink(unfinished)
  }
  await syncFolder(folder)
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the new name itself survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

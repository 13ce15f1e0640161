import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadOrCreateKey } from '../../../../infra/local/secret-keys.ts'

const onPosix = process.platform !== 'win32'

describe('secret keys', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-keys-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('the first call makes a key of 32 bytes, in a folder that it makes as well; later ones get the same', async () => {
    const inside = join(folder, 'data')
    const key = await loadOrCreateKey(inside, 'link-key')
    expect(key).toHaveLength(32)
    expect(await loadOrCreateKey(inside, 'link-key')).toEqual(key)
    expect(await readdir(inside)).toEqual(['link-key'])
  })

  test.runIf(onPosix)('only its owner can read it', async () => {
    await loadOrCreateKey(folder, 'link-key')
    expect((await stat(join(folder, 'link-key'))).mode & 0o777).toBe(0o600)
  })

  test('keys of different names differ', async () => {
    expect(await loadOrCreateKey(folder, 'one')).not.toEqual(await loadOrCreateKey(folder, 'two'))
  })

  test('twenty callers at once get one key', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateKey(folder, 'link-key')))
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1)
    expect(keys[0]).toEqual(await readFile(join(folder, 'link-key')))
  })

  test.runIf(onPosix).each([0o640, 0o604, 0o660])('a key that others can read is refused (mode %o)', async (mode) => {
    await loadOrCreateKey(folder, 'link-key')
    await chmod(join(folder, 'link-key'), mode)
    const refused = loadOrCreateKey(folder, 'link-key')
    await expect(refused).rejects.toThrow(`: chmod 600 ${join(folder, 'link-key')}`)
    // A new key would leave all that the old one sealed unreadable.
    await expect(refused).rejects.not.toThrow(/remove/)
  })

  test('a file that is no key is refused and left alone', async () => {
    await writeFile(join(folder, 'link-key'), 'short', { mode: 0o600 })
    await expect(loadOrCreateKey(folder, 'link-key')).rejects.toThrow('has 5 bytes, not 32')
    expect(await readFile(join(folder, 'link-key'), 'utf8')).toBe('short')
  })

  test('what an interrupted start has left behind does not matter', async () => {
    await writeFile(join(folder, 'link-key.0123456789abcdef.tmp'), 'half', { mode: 0o600 })
    expect(await loadOrCreateKey(folder, 'link-key')).toHaveLength(32)
  })

  test('a folder that is none is an error', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(loadOrCreateKey(join(folder, 'file'), 'link-key')).rejects.toThrow()
  })
})

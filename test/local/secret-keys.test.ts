import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { loadOrCreateKey } from '../../infra/local/secret-keys.ts'
import { Started } from './started.ts'

test('a kill while keys are made leaves whole keys only, and the next start makes what is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-keys-'))
  for (let round = 0; round < 3; round += 1) {
    const maker = new Started('keys', folder)
    await maker.next()
    await wait(20 + 15 * round)
    await maker.kill()
    const names = (await readdir(folder)).filter((name) => !name.endsWith('.tmp'))
    for (const name of names) expect((await stat(join(folder, name))).size).toBe(32)
    expect(await loadOrCreateKey(folder, `key-${names.length}`)).toHaveLength(32)
  }
  await rm(folder, { recursive: true })
})

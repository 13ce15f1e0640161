import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { takeLock } from '../../infra/local/process-lock.ts'
import { Started } from './started.ts'

interface Said {
  readonly ok: boolean
  readonly holder: string | null
}

describe('the process lock', () => {
  let folder: string
  let started: Started[]
  const start = (): Started => {
    const one = new Started('lock', folder)
    started.push(one)
    return one
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-lock-'))
    started = []
  })
  afterEach(async () => {
    for (const one of started) await one.kill()
    await rm(folder, { recursive: true })
  })

  test('the second is refused, with the holder, also in the same process', async () => {
    const first = await takeLock(folder)
    expect(await takeLock(folder)).toEqual({ ok: false, holder: `process ${process.pid}` })
    expect(await start().next<Said>()).toEqual({ ok: false, holder: `process ${process.pid}` })
    if (first.ok) first.release()
  })

  test('it is free after a release', async () => {
    const first = await takeLock(folder)
    if (first.ok) first.release()
    const second = await takeLock(folder)
    expect([first.ok, second.ok]).toEqual([true, true])
    if (second.ok) second.release()
  })

  test('folders are apart, and a missing one is made', async () => {
    const locks = [await takeLock(join(folder, 'a', 'b')), await takeLock(join(folder, 'c'))]
    expect(locks.map((lock) => lock.ok)).toEqual([true, true])
    for (const lock of locks) if (lock.ok) lock.release()
  })

  test('a very long folder name is no matter', async () => {
    const lock = await takeLock(join(folder, 'x'.repeat(200)))
    expect(lock.ok).toBe(true)
    if (lock.ok) lock.release()
  })

  test('after a kill the next one gets it at once', async () => {
    const holder = start()
    expect(await holder.next<Said>()).toEqual({ ok: true, holder: null })
    expect(await takeLock(folder)).toEqual({ ok: false, holder: `process ${holder.pid}` })
    await holder.kill()
    const next = await takeLock(folder)
    expect(next.ok).toBe(true)
    if (next.ok) next.release()
  })

  test('of ten racing starters exactly one gets it, at first and after a kill', async () => {
    for (let round = 0; round < 2; round += 1) {
      const racing = Array.from({ length: 10 }, start)
      const said = await Promise.all(racing.map((one) => one.next<Said>()))
      const winner = said.findIndex((one) => one?.ok)
      expect(said.filter((one) => one?.ok)).toHaveLength(1)
      expect(said.filter((one) => one?.ok === false)).toHaveLength(9)
      await racing[winner]?.kill()
    }
  })
})

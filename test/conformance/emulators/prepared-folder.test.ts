import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { preparedFolder } from './prepared-folder.ts'

let parent: string
let made: number

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'muster-tools-'))
  made = 0
})

afterEach(() => rm(parent, { recursive: true, force: true }))

async function make(folder: string): Promise<void> {
  made += 1
  await mkdir(folder)
  await writeFile(join(folder, 'tool'), 'whole')
}

test('it is made once for each version, and the old one goes', async () => {
  const first = await preparedFolder(parent, 'tool', '1', make)
  expect(first).toBe(join(parent, 'tool-1'))
  expect(await readFile(join(first, 'tool'), 'utf8')).toBe('whole')
  expect(await preparedFolder(parent, 'tool', '1', make)).toBe(first)
  expect(made).toBe(1)
  await preparedFolder(parent, 'other', '1', make)
  await preparedFolder(parent, 'tool', '2', make)
  expect(await readdir(parent)).toEqual(['other-1', 'tool-2'])
})

test('nothing is left of one that could not be made, nor of one that a killed process was making', async () => {
  await mkdir(join(parent, `tool.${2 ** 30}`))
  const broken = async (folder: string) => {
    await mkdir(folder)
    throw new Error('no network')
  }
  await expect(preparedFolder(parent, 'tool', '1', broken)).rejects.toThrow('no network')
  expect(await readdir(parent)).toEqual([])
})

test('when another process is first, its folder is taken', async () => {
  const late = async (folder: string) => {
    await make(folder)
    await mkdir(join(parent, 'tool-1'))
    await writeFile(join(parent, 'tool-1', 'tool'), 'of the other')
  }
  const folder = await preparedFolder(parent, 'tool', '1', late)
  expect(await readFile(join(folder, 'tool'), 'utf8')).toBe('of the other')
  expect(await readdir(parent)).toEqual(['tool-1'])
})

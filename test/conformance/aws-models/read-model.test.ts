import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readModel } from './read-model.ts'

let folder: string

async function put(path: string, content: Buffer): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true })
  await writeFile(join(folder, path), content)
}

const model = (apiVersion: string) => Buffer.from(JSON.stringify({ metadata: { apiVersion } }))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-models-'))
  await put('queues/2019-01-01/service-2.json.gz', gzipSync(model('2019-01-01')))
  await put('queues/2020-01-01/service-2.json.gz', gzipSync(model('2020-01-01')))
  await put('queues/2021-01-01/endpoint-rule-set-1.json', Buffer.from('{}'))
  await put('letters/2020-02-02/service-2.json', model('2020-02-02'))
  await put('empty/2020-01-01/examples-1.json', Buffer.from('{}'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('the newest version that has a model is read, packed or not', async () => {
  expect(await readModel(folder, 'queues')).toEqual({ name: 'queues', metadata: { apiVersion: '2020-01-01' } })
  expect(await readModel(folder, 'letters')).toEqual({ name: 'letters', metadata: { apiVersion: '2020-02-02' } })
})

test('a missing model is named', async () => {
  await expect(readModel(folder, 'topics')).rejects.toThrow('botocore has no model topics')
  await expect(readModel(folder, 'empty')).rejects.toThrow("botocore's empty has no service-2.json")
})

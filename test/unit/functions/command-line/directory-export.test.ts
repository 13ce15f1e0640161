import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDirectory } from '../../../../shared/app/read-directory.ts'
import { run } from './fake-terminal.ts'

const example = readDirectory(readFileSync(new URL('../../../../infra/directory.example.yml', import.meta.url), 'utf8'))
const body = example.ok ? example.directory : null
const answers = { 'GET /v1/directory': { status: 200, body } }

test.each([[[]], [['--json']]])('what is exported %j can be read again, to the same', async (options) => {
  const { exit, out } = await run(['directory', 'export', ...options], { answers })
  expect(exit).toBe(0)
  expect(readDirectory(out.join('\n'))).toMatchObject({ ok: true, directory: body })
})

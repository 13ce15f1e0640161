import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

/** The command as people type it. */
async function muster(words: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const options = { cwd: ROOT, env: { ...process.env, ...env }, shell: process.platform === 'win32' }
  const ran = promisify(execFile)('npx', ['muster', ...words], options)
  return ran.then(
    ({ stdout, stderr }) => ({ exit: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ exit: code, stdout, stderr }),
  )
}

test('npx muster --help', async () => {
  const { exit, stdout } = await muster(['--help'])
  expect(exit).toBe(0)
  expect(stdout).toMatch(/^USAGE muster /m)
})

test('npx muster findings normalize: a line per finding, and exit code 1 for the broken one', async () => {
  const files = ['events/guardduty/leaked-access-key.json', 'events/guardduty/broken-without-id.json']
  const { exit, stdout, stderr } = await muster(['findings', 'normalize', ...files])
  const lines = stdout
    .trim()
    .split('\n')
    .map((line: string) => JSON.parse(line))
  expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' })
  expect(
    lines.map(({ file, severity, error }: Record<string, unknown>) => [file, severity, error !== undefined]),
  ).toEqual([
    [files[0], 'HIGH', false],
    [files[1], undefined, true],
  ])
})

test('npx muster verify asks MUSTER_URL', async () => {
  const server = createServer((request, response) => {
    response.end(JSON.stringify({ incidents: 1, commits: 2, faults: [], path: request.url }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { exit, stdout } = await muster(['verify', '--json'], { MUSTER_URL: `http://127.0.0.1:${port}/` })
  server.close()
  expect({ exit, said: JSON.parse(stdout) }).toMatchObject({ exit: 0, said: { commits: 2, path: '/v1/verify' } })
})

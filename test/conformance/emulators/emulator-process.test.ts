import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type EmulatorProgram, startEmulator } from './emulator-process.ts'

const SERVER = `require('node:http').createServer((_, response) => response.end('here'))
  .listen(0, '127.0.0.1', function () { console.error('at http://127.0.0.1:' + this.address().port) })`
const STARTER = fileURLToPath(new URL('./emulator-starter.ts', import.meta.url))
const GONE_WITHIN_MS = 5000

function program(script: string): EmulatorProgram {
  return {
    name: 'the sample',
    command: process.execPath,
    args: ['-e', script],
    readyWithinMs: 10_000,
    ready: async (said) => /at (http:\S+)/.exec(said)?.[1] ?? null,
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  )
}

async function isGone(url: string): Promise<boolean> {
  const giveUpAt = performance.now() + GONE_WITHIN_MS
  while (performance.now() < giveUpAt) {
    if (!(await answers(url))) return true
    await wait(50)
  }
  return false
}

test('it answers until it is stopped', async () => {
  const emulator = await startEmulator(program(SERVER))
  expect(await answers(emulator.url)).toBe(true)
  await emulator.stop()
  expect(await answers(emulator.url)).toBe(false)
  await emulator.stop()
})

test('one that does not heed is ended all the same', async () => {
  const emulator = await startEmulator(program(`process.on('SIGTERM', () => {}); ${SERVER}`))
  await emulator.stop()
  expect(await answers(emulator.url)).toBe(false)
})

test('why it did not start is told', async () => {
  const broken = program(`console.error('no such port'); process.exitCode = 5`)
  await expect(startEmulator(broken)).rejects.toThrow(/^the sample did not start \(exit code 5\): no such port/)
  const missing = { ...program(''), command: 'no-such-program' }
  await expect(startEmulator(missing)).rejects.toThrow(/exit code 127.*ENOENT/)
  const silent = { ...program(`console.log('thinking'); setInterval(() => {}, 1000)`), readyWithinMs: 1500 }
  await expect(startEmulator(silent)).rejects.toThrow('the sample did not answer within 1500 ms: thinking')
})

test('it ends when the process that has started it is killed', async () => {
  const starter = fork(STARTER, [process.execPath, '-e', SERVER], { execArgv: [] })
  const [url] = (await once(starter, 'message')) as [string]
  expect(await answers(url)).toBe(true)
  starter.kill('SIGKILL')
  expect(await isGone(url)).toBe(true)
})

import { expect, test } from 'vitest'
import { runProgram } from './run-program.ts'

const node = (script: string, fine?: number[]) =>
  runProgram({ command: process.execPath, args: ['-e', script], hint: 'Install it.', ...(fine && { fine }) })

test('what a program writes is returned', async () => {
  expect(await node('console.log("found"); console.error("noise")')).toBe('found\n')
  expect(await node('console.log("found"); process.exitCode = 4', [0, 4])).toBe('found\n')
})

test('a failure tells what was said and what to do', async () => {
  await expect(node('console.error("no such package"); process.exitCode = 3')).rejects.toThrow(
    /ended with 3: no such package\nInstall it\.$/,
  )
  await expect(node('process.kill(process.pid, "SIGKILL")')).rejects.toThrow('ended with SIGKILL')
  await expect(runProgram({ command: 'no-such-program', args: [], hint: 'Install it.' })).rejects.toThrow(
    'no-such-program was not found. Install it.',
  )
})

import { execFile } from 'node:child_process'

const OUTPUT_BYTES = 64 * 1024 * 1024
const SAID_CHARACTERS = 2000

export interface Program {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** What to do when the program is missing or fails. */
  readonly hint: string
  /** Exit codes that are no failure, 0 if not given. */
  readonly fine?: readonly number[]
}

/** Runs a program to its end; what it wrote to stdout. Throws with the end of what it said, and the hint. */
export function runProgram({ command, args, cwd, env, hint, fine = [0] }: Program): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: OUTPUT_BYTES }
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : (error.code ?? error.signal)
      if (typeof code === 'number' && fine.includes(code)) resolve(stdout)
      else if (code === 'ENOENT') reject(new Error(`${command} was not found. ${hint}`))
      else reject(new Error(`${command} ended with ${code}: ${said(stdout, stderr)}\n${hint}`))
    })
  })
}

function said(stdout: string, stderr: string): string {
  return `${stdout}\n${stderr}`.trim().slice(-SAID_CHARACTERS)
}

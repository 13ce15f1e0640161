import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const GUARD = fileURLToPath(new URL('./emulator-guard.ts', import.meta.url))
const LOOK_AGAIN_MS = 50
const STOP_MS = 5000
const SAID_CHARACTERS = 4000

export interface EmulatorProgram {
  /** For messages. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly readyWithinMs: number
  /** Its address once it answers, from what it has said so far; null until then. Rejects when it never will. */
  readonly ready: (said: string) => Promise<string | null>
}

/** Something on this machine that stands in for services of AWS. It ends with this process. */
export interface Emulator {
  /** On loopback. */
  readonly url: string
  stop(): Promise<void>
}

/** Starts a program and waits until it answers. Rejects with what it said when it does not get there. */
export async function startEmulator(program: EmulatorProgram): Promise<Emulator> {
  const running = new EmulatorProcess(program)
  try {
    const url = await running.url(program)
    return { url, stop: () => running.stop() }
  } catch (fault) {
    await running.stop()
    throw fault
  }
}

class EmulatorProcess {
  readonly #guard: ChildProcess
  readonly #ended: Promise<void>
  #exit: string | null = null
  #said = ''

  constructor({ command, args, cwd }: EmulatorProgram) {
    // The parent's own flags (a debugger's port, a test runner's loader) are not for the guard.
    this.#guard = fork(GUARD, [command, ...args], { cwd, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    for (const stream of [this.#guard.stdout, this.#guard.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-SAID_CHARACTERS)
      })
    }
    this.#ended = new Promise((resolve) => {
      this.#guard.once('close', (code, signal) => {
        this.#exit = signal ?? `exit code ${code}`
        resolve()
      })
    })
  }

  async url({ name, ready, readyWithinMs }: EmulatorProgram): Promise<string> {
    const giveUpAt = performance.now() + readyWithinMs
    while (performance.now() < giveUpAt) {
      if (this.#exit !== null) throw new Error(`${name} did not start (${this.#exit}): ${this.#said}`)
      const url = await ready(this.#said)
      if (url !== null) return url
      await wait(LOOK_AGAIN_MS)
    }
    throw new Error(`${name} did not answer within ${readyWithinMs} ms: ${this.#said}`)
  }

  async stop(): Promise<void> {
    if (this.#guard.connected) this.#guard.send('stop', () => {})
    const deadline = setTimeout(() => this.#guard.kill('SIGKILL'), STOP_MS)
    await this.#ended
    clearTimeout(deadline)
  }
}

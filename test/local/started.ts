import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const STARTER = fileURLToPath(new URL('./starter.ts', import.meta.url))

/** A process started for a test; it says one JSON object a line. */
export class Started {
  readonly #child: ChildProcess
  readonly #said: AsyncIterator<string>

  constructor(what: 'lock' | 'database' | 'keys', folder: string) {
    this.#child = spawn(process.execPath, [STARTER, what, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const { stdout } = this.#child
    if (stdout === null) throw new Error('no output')
    this.#said = createInterface({ input: stdout })[Symbol.asyncIterator]()
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** What it says next; null when it has ended. */
  async next<Said>(): Promise<Said | null> {
    const { value, done } = await this.#said.next()
    return done === true ? null : (JSON.parse(value) as Said)
  }

  /** Ends it as the power would, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }
}
